"""The fixed texts of the sheet: data that a lawyer reviews, in `templates/door/sheet.yaml`."""

from typing import Literal

from pydantic import Field

from compliance.checklist.frozen import Frozen, Id, Text, YesNo
from compliance.checklist.reading import read_document, read_model
from compliance.text.diagnostic import Diagnostic


class Line(Frozen):
    """One thing to do, or never to do: of one force, and resting on sources of the pack."""

    text: Text
    force: Literal["law", "good-practice"]
    cite: tuple[Id, ...] = Field(min_length=1)


class Part(Frozen):
    """Lines under one title; numbered where their order matters."""

    title: Text
    numbered: YesNo = "no"
    lines: tuple[Line, ...] = Field(min_length=1)


class Registrations(Frozen):
    """What stands above the list of those who hold a registration, and before each blank."""

    title: Text
    blank: Text


class Sheet(Frozen):
    """The whole file: what is the same for every clinic."""

    title: Text
    review: Text
    people: tuple[Text, ...] = Field(min_length=1)
    parts: tuple[Part, ...] = Field(min_length=1)
    registrations: Registrations
    papers_title: Text
    sources_title: Text

    @property
    def cited(self) -> tuple[str, ...]:
        """The ids of all sources, each once, in the order they are first cited."""
        lines = (line for part in self.parts for line in part.lines)
        return tuple(dict.fromkeys(name for line in lines for name in line.cite))


def read_sheet(raw: bytes, file: str) -> tuple[Sheet | None, list[Diagnostic]]:
    """Return the texts in a file's bytes, or everything that is wrong with it."""
    document, diagnostics = read_document(raw, file)
    if document is None or diagnostics:
        return None, diagnostics
    return read_model(document, Sheet)
