"""A file of forms, each read as a requirement of which some is left open."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic_core import ErrorDetails

from compliance.checklist import stand_in
from compliance.checklist.form import FIELDS, Form, Forms
from compliance.checklist.model import USE_KEYS, Requirement
from compliance.checklist.reading import MOST_ERRORS, count_rest, translate, validate
from compliance.checklist.slot import (
    each_text,
    has_brace,
    has_stray_brace,
    list_slots,
    may_hold_slots,
)
from compliance.text.diagnostic import Diagnostic
from compliance.text.yaml_text import Document, Lent, Path

_NEEDED = FIELDS & frozenset(stand_in.REQUIREMENT)
_STAND_INS = {**stand_in.REQUIREMENT, "id": "stand-in"}
_ELSEWHERE = {
    "cite": ("A form cites nothing.", "Let each requirement cite its own sources."),
    "like": ("A form cannot be like another.", "Write it out."),
    **dict.fromkeys(
        USE_KEYS[1:],
        ("This stands in a requirement that is like a form, not in the form.", "Remove it."),
    ),
}


def read_forms(document: Document, lent: Forms) -> tuple[Forms, list[Diagnostic]]:
    """Return the forms of a file as far as they can be used, and everything that is wrong.

    `lent` are those of the pack before it, whose names are taken.
    """
    if not isinstance(document.data, list):
        message, hint = "A file of forms is a list.", "Begin each with “- id:”."
        return Forms(broken=True), [document.diagnose((), message, hint, rule="wrong-value")]
    reading = _Reading(document, lent)
    for index, raw in enumerate(document.data):
        reading.take(index, raw)
    errors = reading.errors
    found = [*reading.diagnostics, *translate(errors[:MOST_ERRORS], document, Requirement)]
    rest = count_rest(document, len(reading.diagnostics) + len(errors))
    return Forms(reading.forms, reading.broken), [*found[:MOST_ERRORS], *rest]


@dataclass(slots=True)
class _Reading:
    """The forms read so far; `broken`: one of them has no name by which it could be known."""

    document: Document
    lent: Forms
    forms: dict[str, Form] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    errors: list[ErrorDetails] = field(default_factory=list)
    broken: bool = False

    def take(self, index: int, raw: Any) -> None:  # noqa: ANN401 - an entry of any shape
        """Read one entry; what is wrong in it is reported and left out."""
        entry = raw if isinstance(raw, dict) else {}
        broken = {key for key, one in entry.items() if self._misplaces(index, key, one)}
        sound = {key: one for key, one in entry.items() if key not in broken}
        _, errors = validate({**stand_in.REQUIREMENT, **sound} if entry else raw, Requirement)
        for error in errors:
            error["loc"] = (index, *error["loc"])
        self.errors += errors
        broken |= _list_broken(errors, entry)
        name = entry.get("id")
        if isinstance(name, str):
            fields = {key: one for key, one in entry.items() if key in FIELDS - broken}
            self._add(index, name, fields, broken)
        else:
            self.broken = True

    def _misplaces(self, index: int, key: str, value: object) -> bool:
        """Report what cannot stand in a form: the key itself, or braces where no slot can be."""
        if key in _ELSEWHERE:
            message, hint = _ELSEWHERE[key]
            self._report((index, key), message, hint, key=True, rule="unknown-key")
            return True
        troubles = list(_find_misplaced((key,), value)) if key in FIELDS else []
        for one in troubles:
            self._report((index, *one.path), one.message, one.hint, key=one.at_key, rule="slots")
        return bool(troubles)

    def _report(self, path: Path, message: str, hint: str, *, key: bool, rule: str) -> None:
        self.diagnostics.append(self.document.diagnose(path, message, hint, key=key, rule=rule))

    def _add(self, index: int, name: str, fields: dict[str, Any], broken: set[str]) -> None:
        self._refuse_taken(index, name)
        requirement, _ = validate({**_STAND_INS, **fields}, Requirement)
        if requirement is None:  # each field is sound, and together they are not
            fields, broken = {}, set(FIELDS)
            requirement = Requirement.model_validate_json(json.dumps(_STAND_INS))
        form = _make(self.document, index, fields, frozenset(broken & FIELDS), requirement)
        self.forms.setdefault(name, form)

    def _refuse_taken(self, index: int, name: str) -> None:
        for forms, where in ((self.forms, ""), (self.lent.by_name, " too")):
            if name in forms:
                stands = f"in {forms[name].document.file}{where}" if where else "twice in this file"
                message = f"The form “{name}” stands {stands}."
                hint = "Give one of them another id."
                self._report((index, "id"), message, hint, key=False, rule="duplicate-id")


def _make(
    document: Document,
    index: int,
    fields: dict[str, Any],
    broken: frozenset[str],
    requirement: Requirement,
) -> Form:
    entry = document.data[index]
    said = {key: one for key, one in entry.items() if key in FIELDS}
    slots = {
        key: tuple(slot for text in each_text(one) for slot in list_slots(text))
        for key, one in said.items()
    }
    name = f"the form “{entry['id']}”"
    return Form(
        document=document,
        index=index,
        name=entry["id"],
        fields=fields,
        broken=broken,
        slots=slots,
        names=dict.fromkeys(slot for some in slots.values() for slot in some),
        whole=Lent(name, document, (index,)),
        parts={key: Lent(name, document, (index, key)) for key in {*fields, *broken}},
        size=len(json.dumps(fields)),
        requirement=requirement,
    )


def _list_broken(errors: list[ErrorDetails], entry: dict[str, Any]) -> set[str]:
    """Return the fields that errors are in; a misspelt key may be any of those that are missing."""
    broken: set[str] = set()
    for error in errors:
        if len(error["loc"]) == 1:
            return set(FIELDS)
        if error["type"] == "extra_forbidden":
            broken |= _NEEDED - entry.keys()
        broken.add(str(error["loc"][1]))
    return broken


@dataclass(frozen=True, slots=True)
class _Misplaced:
    """A brace that opens no slot, or one where no slot can be."""

    path: Path
    message: str
    hint: str
    at_key: bool = False


_NO_TEXT = (
    "A slot stands only in a text that people read.",
    "Let each requirement say this itself.",
)
_STRAY = (
    "A brace here belongs to no slot.",
    "Write a slot as {name}, in lower-case words joined by underscores.",
)
_SWALLOWED = (
    "This text begins with a brace, so it is not read as a text.",
    "Put it in quotes.",
)


def _find_misplaced(path: Path, value: Any) -> Iterator[_Misplaced]:  # noqa: ANN401 - plain data
    if isinstance(value, str):
        if has_brace(value) and not may_hold_slots(path):
            yield _Misplaced(path, *_NO_TEXT)
        elif has_stray_brace(value):
            yield _Misplaced(path, *_STRAY)
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _find_misplaced((*path, index), one)
    elif isinstance(value, dict):
        if may_hold_slots(path) and list(value.values()) == [None]:
            yield _Misplaced(path, *_SWALLOWED)
            return
        for key, one in value.items():
            if has_brace(key):
                yield _Misplaced((*path, key), *_NO_TEXT, at_key=True)
            yield from _find_misplaced((*path, key), one)
