"""A checklist with the forms of its requirements filled, so that it says itself what it asks.

It is done on plain data before anything else is read: walk, report, lint and digest see no
difference between a requirement that is like a form and one that is written out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from compliance.checklist.fact import list_words
from compliance.checklist.form import FIELDS, FORMS, Form, Forms, Likeness, Use
from compliance.checklist.model import USE_KEYS
from compliance.checklist.reading import MOST_ERRORS, translate, validate
from compliance.checklist.slot import fill, has_brace
from compliance.checklist.stand_in import REQUIREMENT
from compliance.text.diagnostic import Diagnostic, Position, suggest
from compliance.text.yaml_text import MAX_BYTES, Document, Lent, Path

_USE_KEYS = frozenset(USE_KEYS)
_OWN = ("id", "cite")  # what no form says


@dataclass(frozen=True, slots=True)
class Filled:
    """A checklist's document, filled; `mended` are the paths of what could not be."""

    document: Document
    mended: frozenset[Path] = frozenset()
    uses: Mapping[Path, Use] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


def fill_checklist(written: Document, forms: Forms) -> Filled:
    """Return what a checklist says once its forms are filled, and what keeps some from being so.

    A part that comes from a form stands at the requirement's `like`.
    """
    places = list(_find_uses(written.data))
    if not places:
        return Filled(written)
    positions = dict(written.keys), dict(written.values)
    filling = _Filling(written, forms, *positions, size=len(written.text))
    filled = {place: filling.take(_path(*place), raw) for place, raw in places}
    document = replace(
        written,
        data=_put(written.data, filled),
        keys=filling.keys,
        values=filling.values,
        lent=filling.lent,
    )
    return Filled(document, frozenset(filling.mended), filling.uses, filling.list_first())


def _find_uses(data: dict[str, Any]) -> Iterator[tuple[tuple[int, int], dict[str, Any]]]:
    """Yield each requirement that says something of a form, by the number of its section and its own."""
    for s, section in enumerate(_entries(data, "sections")):
        for r, raw in enumerate(_entries(section, "requirements")):
            if isinstance(raw, dict) and not _USE_KEYS.isdisjoint(raw):
                yield (s, r), raw


def _entries(part: Any, key: str) -> list[Any]:  # noqa: ANN401 - data of any shape
    entries = part.get(key) if isinstance(part, dict) else None
    return entries if isinstance(entries, list) else []


def _path(section: int, requirement: int) -> Path:
    return ("sections", section, "requirements", requirement)


def _put(data: dict[str, Any], filled: Mapping[tuple[int, int], object]) -> dict[str, Any]:
    """Return the data with requirements put in their places; what was there is left as it is."""
    sections = list(data["sections"])
    for s in {s for s, _ in filled}:
        sections[s] = {**sections[s], "requirements": list(sections[s]["requirements"])}
    for (s, r), requirement in filled.items():
        sections[s]["requirements"][r] = requirement
    return {**data, "sections": sections}


@dataclass(slots=True)
class _Filling:
    """One checklist's requirements being filled; `size` is what it has come to."""

    written: Document
    forms: Forms
    keys: dict[Path, Position]
    values: dict[Path, Position]
    lent: dict[Path, Lent] = field(default_factory=dict)
    mended: set[Path] = field(default_factory=set)
    uses: dict[Path, Use] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    size: int = 0

    def take(self, path: Path, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Return a requirement as it would be written out."""
        own = {key: one for key, one in raw.items() if key not in _USE_KEYS}
        if len(self.diagnostics) > MOST_ERRORS or self.size > MAX_BYTES:
            return self._leave_open(path, own)
        if "like" not in raw:
            self._refuse_alone(path, raw)
            return own
        said = self._read(path, raw)
        if said is None:
            return self._leave_open(path, own)
        form = self.forms.by_name.get(said.like)
        if form is None:
            self._report_unknown(path, said.like)
            return self._leave_open(path, own)
        self.uses[path] = Use(form, said.reads)
        self._place(path, own, form)
        return {**own, **self._fill(path, own, form, said.slots)}

    def _refuse_alone(self, path: Path, raw: Mapping[str, Any]) -> None:
        for name in USE_KEYS:
            if name in raw:
                message = f"“{name}” says nothing without “like”."
                hint = "Name the form with like, or remove this."
                self._report((*path, name), message, hint, key=True, rule="unknown-key")

    def _read(self, path: Path, raw: Mapping[str, Any]) -> Likeness | None:
        given = {key: raw[key] for key in USE_KEYS if key in raw}
        likeness, errors = validate(given, Likeness)
        for error in errors:
            error["loc"] = (*path, *error["loc"])
        self.diagnostics += translate(errors, self.written, Likeness)
        return likeness

    def _report_unknown(self, path: Path, name: str) -> None:
        if not self.forms.broken:
            hint = suggest(name, self.forms.by_name) or f"Forms are declared in {FORMS}."
            message = f"There is no form “{name}”."
            self._report((*path, "like"), message, hint, rule="unknown-form")

    def _leave_open(self, path: Path, own: dict[str, Any]) -> dict[str, Any]:
        """Let stand-ins be what the form might have said, had it been found."""
        left = FIELDS - own.keys()
        self.mended |= {(*path, name) for name in left}
        return {**{name: REQUIREMENT[name] for name in left if name in REQUIREMENT}, **own}

    def _place(self, path: Path, own: Mapping[str, Any], form: Form) -> None:
        """Let what the form says, and what it could have said, stand at `like`."""
        begin, at = self.values[path], self.values[(*path, "like")]
        self.values[path], self.lent[path] = at, form.whole
        for name, part in form.parts.items():
            if name not in own:
                spot = (*path, name)
                self.keys[spot] = self.values[spot] = at
                self.lent[spot] = part
        for name in _OWN:
            self.values.setdefault((*path, name), begin)

    def _fill(
        self, path: Path, own: Mapping[str, Any], form: Form, slots: Mapping[str, str]
    ) -> dict[str, Any]:
        """Return what the form says here; a field that cannot be filled is left out."""
        taken = {name: one for name, one in form.fields.items() if name not in own}
        good = self._check_slots(path, form, slots, taken)
        sound = {name: one for name, one in taken.items() if good.issuperset(form.slots[name])}
        if not self._has_room(path, form, slots, sound):
            sound = {}
        left = {*taken, *form.broken} - own.keys() - sound.keys()
        self.mended |= {(*path, name) for name in left}
        filled = {
            name: fill(one, slots) if form.slots[name] else one for name, one in sound.items()
        }
        return {**filled, **{name: REQUIREMENT[name] for name in left if name in REQUIREMENT}}

    def _check_slots(
        self, path: Path, form: Form, slots: Mapping[str, str], taken: Iterable[str]
    ) -> set[str]:
        """Return the slots that are filled well; say which are not, or do not exist."""
        for name in [one for one in slots if one not in form.names][:MOST_ERRORS]:
            has = f"It has {list_words(form.names)}." if form.names else "It has none."
            message = f"The form “{form.name}” has no slot “{name}”."
            hint = suggest(name, form.names) or has
            self._report((*path, "with", name), message, hint, key=True, rule="slots")
        braced = [name for name, text in slots.items() if has_brace(text)]
        for name in braced[:MOST_ERRORS]:
            message = "A slot is filled with plain text, so no brace can stand here."
            self._report((*path, "with", name), message, "Leave it out.", rule="slots")
        place = (*path, "with" if slots else "like")
        needed = dict.fromkeys(slot for name in taken for slot in form.slots[name])
        for name in [one for one in needed if one not in slots][:MOST_ERRORS]:
            message = f"The slot “{name}” of the form “{form.name}” is not filled."
            hint = f"Add it: with: {{{name}: …}}."
            self._report(place, message, hint, key=bool(slots), rule="slots")
        return slots.keys() - set(braced)

    def _has_room(
        self, path: Path, form: Form, slots: Mapping[str, str], taken: Iterable[str]
    ) -> bool:
        """Count what a form comes to; it could be far more than what stands in the files."""
        self.size += form.size
        self.size += sum(len(slots[slot]) for name in taken for slot in form.slots[name])
        if self.size > MAX_BYTES:
            message = f"With its forms filled, this file is larger than {MAX_BYTES // 1024**2} MiB."
            self._report((*path, "like"), message, "Split it.", rule="too-large")
        return self.size <= MAX_BYTES

    def _report(self, path: Path, message: str, hint: str, *, key: bool = False, rule: str) -> None:
        self.diagnostics.append(self.written.diagnose(path, message, hint, key=key, rule=rule))

    def list_first(self) -> tuple[Diagnostic, ...]:
        """Return what was reported; the first 200 are enough to begin."""
        first = self.diagnostics[:MOST_ERRORS]
        if len(first) < len(self.diagnostics):
            message, hint = "There are more errors like these.", "Mend them first."
            first.append(self.written.diagnose((), message, hint, rule="slots"))
        return tuple(first)
