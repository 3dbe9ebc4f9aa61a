"""How a report looks: which view of the data, on which paper, in which letters and colours.

Data only: nothing here is executed, fetched, or taken from another file of the machine.
"""

import json
import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError

from compliance.checklist.frozen import Frozen, Text
from compliance.checklist.reading import read_document, read_model
from compliance.text.diagnostic import Diagnostic

View = Literal["full", "owner", "actions", "binder"]
PaperSize = Literal["letter", "a4"]

SCHEMA = "clinic-compliance/look/1"
LEAST_CONTRAST = 4.5
"""Of text on white, WCAG 2.2, 1.4.3."""

_COLOR = re.compile(r"#[0-9a-f]{6}\Z")
_LOGO = re.compile(r"(data:image/png;base64,[A-Za-z0-9+/]+=*)?\Z")
_LONGEST_FIRM = 60


def contrast_with_white(color: str) -> float:
    """Return the contrast of `#1f5f74` with white, from 1 to 21 (WCAG 2.2, relative luminance)."""
    channels = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004 - of the definition
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


def _check_color(text: str) -> str:
    color = text.lower()
    if not _COLOR.match(color):
        raise ValueError(f"“{text}” is no color; write six hex digits, such as #1f5f74")
    contrast = contrast_with_white(color)
    if contrast < LEAST_CONTRAST:
        raise ValueError(
            f"{color} is too light to be read on white: its contrast is {contrast:.1f} to 1, "
            f"and {LEAST_CONTRAST} is the least; choose a darker one"
        )
    return color


def _check_firm(text: str) -> str:
    if len(text) > _LONGEST_FIRM or not text.isprintable():
        raise ValueError(f"this must be printable, and at most {_LONGEST_FIRM} characters long")
    return text


def _check_logo(text: str) -> str:
    if not _LOGO.match(text):
        raise ValueError("a logo is a PNG held in the data itself")
    return text


Color = Annotated[str, AfterValidator(_check_color)]
Firm = Annotated[Text, AfterValidator(_check_firm)]


class ThemeFile(Frozen):
    """What a firm says of its look, in a file of its own; `logo` names a PNG or JPEG beside it."""

    firm: Firm | None = None
    accent: Color | None = None
    logo: Text | None = None


class Theme(Frozen):
    """The look of a firm: its name, its one color, and its logo as a `data:` address of a PNG."""

    firm: Annotated[str, Field(max_length=_LONGEST_FIRM)] = ""
    accent: Color = "#1f5f74"
    logo: Annotated[str, AfterValidator(_check_logo)] = ""


class Look(Frozen):
    """Everything that decides how the same data is shown."""

    view: View = "full"
    paper: PaperSize = "letter"
    large_print: bool = False
    theme: Theme = Theme()

    @property
    def letters(self) -> float:
        """How large the letters are; 1 is the usual size."""
        return 1.5 if self.large_print else 1


USUAL = Look()


def read_theme(raw: bytes, file: str) -> tuple[ThemeFile | None, list[Diagnostic]]:
    """Return what a theme file says, or everything that is wrong with it."""
    document, diagnostics = read_document(raw, file)
    if document is None or diagnostics:
        return None, diagnostics
    return read_model(document, ThemeFile)


def look_data(look: Look) -> Mapping[str, object]:
    """Return a look as the plain data that a report carries."""
    return {"schema": SCHEMA, **look.model_dump(mode="json", exclude={"view"})}


def read_look(raw: bytes) -> Look | None:
    """Return the look in a report's data; None where it is none of ours."""
    try:
        data = json.loads(raw)
        if data.pop("schema") != SCHEMA:
            return None
        return Look.model_validate_json(json.dumps(data))
    except (ValueError, AttributeError, KeyError, TypeError, RecursionError, ValidationError):
        return None
