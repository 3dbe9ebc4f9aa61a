"""A checklist with errors of form, mended just so far that its other errors can be seen, too.

The names, conditions and citations of a file are checked on a whole checklist. So what is wrong
in its form is reported, then left out or replaced by a stand-in, and the rest is looked at.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pydantic_core import ErrorDetails

from compliance.checklist.filling import fill_checklist
from compliance.checklist.form import Forms, Use
from compliance.checklist.model import Checklist
from compliance.checklist.reading import MOST_ERRORS, read_model, translate, validate
from compliance.checklist.stand_in import CHECKLIST, REQUIREMENT, make_requirement, make_section
from compliance.text.diagnostic import Diagnostic
from compliance.text.yaml_text import Document, Path

_DEPTH_OF_SECTION, _DEPTH_OF_REQUIREMENT = 2, 4


@dataclass(frozen=True, slots=True)
class ChecklistRead:
    """A checklist with its document; `mended` are the paths of what is not as the file says it.

    `document` says what `checklist` says, its forms filled; `written` is what stands in the file.
    `uses` are the requirements that are like a form, by their paths.
    """

    document: Document
    relative: str
    checklist: Checklist
    written: Document
    mended: frozenset[Path]
    uses: Mapping[Path, Use]

    def is_mended(self, path: Path) -> bool:
        """Whether the part at `path`, or one that it belongs to, is a stand-in or was left out."""
        return any(path[:end] in self.mended for end in range(len(path) + 1))


def read_checklist(
    written: Document, relative: str, forms: Forms
) -> tuple[ChecklistRead | None, list[Diagnostic]]:
    """Return the checklist, mended where it must be, and every error of its form."""
    if not isinstance(written.data, dict):
        return None, read_model(written, Checklist)[1]
    filled = fill_checklist(written, forms)
    document, mended = filled.document, set(filled.mended)
    checklist, errors = validate(document.data, Checklist)
    diagnostics = [*filled.diagnostics, *translate(errors, document, Checklist)]
    if len(errors) > MOST_ERRORS:
        return None, diagnostics
    if errors:
        data = deepcopy(document.data)
        for error in errors:
            _mend(data, error, mended)
        checklist, _ = validate(data, Checklist)
    if checklist is None:
        return None, diagnostics
    made = (checklist, written, frozenset(mended), filled.uses)
    return ChecklistRead(document, relative, *made), diagnostics


def _mend(data: dict[str, Any], error: ErrorDetails, mended: set[Path]) -> None:
    """Leave out or replace the field of checklist, section or requirement that the error is in."""
    path = _find_field(error["loc"])
    if not path or any(path[:end] in mended for end in range(len(path) + 1)):
        return
    mended.add(path)
    holder: Any = data
    for step in path[:-1]:
        holder = holder[step]
    field = path[-1]
    stand_in = _make_stand_in(field, path, len(mended))
    if len(path) == _DEPTH_OF_REQUIREMENT and isinstance(holder[field], dict):
        stand_in["id"] = holder[field].get("id", stand_in["id"])
    if stand_in is None:
        holder.pop(field, None)
    else:
        holder[field] = stand_in


def _find_field(loc: tuple[int | str, ...]) -> Path:
    """Return the path of the field, or of the whole section or requirement when it is no mapping."""
    if loc[:1] != ("sections",) or len(loc) == 1:
        return loc[:1]
    if loc[2:3] != ("requirements",) or len(loc) <= _DEPTH_OF_SECTION + 1:
        return loc[: _DEPTH_OF_SECTION + 1]
    return loc[: _DEPTH_OF_REQUIREMENT + 1]


def _make_stand_in(field: str | int, path: Path, number: int) -> Any:  # noqa: ANN401 - plain data
    """Return what the field needs; None when it can be left out. Every id is one of its own."""
    name = f"stand-in-{number}"
    section = make_section(name)
    if isinstance(field, int):
        return section if len(path) == _DEPTH_OF_SECTION else make_requirement(name)
    made = {"id": name, "sections": [section], "requirements": section["requirements"]}
    return {**REQUIREMENT, **CHECKLIST, **made}.get(field)
