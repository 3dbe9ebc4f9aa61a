"""From the document of a `clinic.yaml` to a profile, with everything that is wrong in it."""

import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from compliance.checklist.fact import UNKNOWN, Fact, FactSheet, Group, Value
from compliance.clinic.profile import Facts, Profile, Thing, make_id
from compliance.text.diagnostic import Diagnostic, suggest
from compliance.text.hidden import find_hidden
from compliance.text.plain_number import as_written
from compliance.text.yaml_text import Document, Path

_THING = "Write main-street: {name: Main Street}."
_RETYPE = "Delete it and type the text anew."


@dataclass(slots=True)
class ProfileReading:
    """Reads the parts of a profile's document; `diagnostics` are everything wrong with them."""

    document: Document
    sheet: FactSheet
    diagnostics: list[Diagnostic] = field(default_factory=list)
    references: list[tuple[str, str, Path]] = field(default_factory=list)
    unread_sections: bool = False

    def read(self) -> tuple[Profile, str | None]:
        """Return the profile and the time zone; of no use when there are diagnostics."""
        data = self.document.data
        if data is not None and not isinstance(data, dict):
            self._report((), "This file must hold a mapping of names to values.")
        whole = data if isinstance(data, dict) else {}
        groups = {group.plural: group for group in self.sheet.groups if group.plural}
        known = ["time_zone", "facts", *groups]
        self._report_unknown(whole, (), known, "There is no key “{}” here.")
        zone = self._read_zone(whole.get("time_zone"))
        facts = self._read_facts(whole.get("facts"), ("facts",), self.sheet.clinic, "The clinic")
        things = {
            group.id: self._read_things(whole[plural], plural, group)
            for plural, group in groups.items()
            if whole.get(plural) is not None
        }
        if not self.unread_sections and set(whole) <= set(known):
            self._check_references(things)
        return Profile(facts, things), zone

    def _report(self, path: Path, message: str, hint: str = "", *, key: bool = False) -> None:
        self.diagnostics.append(self.document.diagnose(path, message, hint, key=key))

    def _report_unknown(
        self, data: Mapping[str, Any], path: Path, known: list[str], message: str
    ) -> None:
        for key in data:
            if key not in known:
                hint = suggest(key, known) or (f"Known here: {', '.join(known)}." if known else "")
                self._report((*path, key), message.format(key), hint, key=True)

    def _mapping(self, data: Any, path: Path, hint: str) -> Mapping[str, Any]:  # noqa: ANN401 - as written
        if data is None or isinstance(data, dict):
            return data or {}
        self._report(path, f"“{path[-1]}” must be a mapping of names to values.", hint)
        return {}

    def _read_zone(self, name: Any) -> str | None:  # noqa: ANN401 - as written
        if name is None:
            return None
        try:
            return zoneinfo.ZoneInfo(name).key
        except (KeyError, ValueError, TypeError, AttributeError, OSError):
            near = suggest(str(name), zoneinfo.available_timezones())
            message = f"“{name}” is no time zone."
            self._report(("time_zone",), message, near or "Write it as America/Denver.")
            return None

    def _read_facts(
        self,
        data: Any,  # noqa: ANN401 - as written
        path: Path,
        facts: Sequence[Fact],
        owner: str,
    ) -> Facts:
        said = self._mapping(data, path, "Write one line for each fact, such as buys_stock: yes.")
        self._report_unknown(said, path, [one.id for one in facts], owner + " has no fact “{}”.")
        return {one.id: self._read_fact(one, (*path, one.id)) for one in facts if one.id in said}

    def _read_fact(self, fact: Fact, path: Path) -> Value | None:
        """Return the value; None when it is not known, or when it was reported to be none."""
        raw = as_written(self.document, path)
        if raw is None:
            hint = "Write one, or “unknown”, or remove the line."
            self._report(path, f"“{fact.id}” has no value.", hint)
        elif raw == UNKNOWN and fact.required == "yes":
            message = f"“{fact.id}” must be known; the audit cannot go on without it."
            self._report(path, message, "Write it, or remove the line to be asked.")
        elif raw == UNKNOWN:
            return None
        elif isinstance(raw, list) and fact.type in {"choices", "things"}:
            places = [(*path, index) for index in range(len(raw))]
            values = [self._read_value(fact, place) for place in places]
            words = [str(as_written(self.document, place)) for place in places]
            return None if None in values else fact.read(words)
        else:
            return self._read_value(fact, path)
        return None

    def _read_value(self, fact: Fact, path: Path) -> Value | None:
        """Return one written value as the fact has it, a list of one for a fact that lists."""
        raw = as_written(self.document, path)
        if not isinstance(raw, str):
            self._report(path, f"“{fact.id}” takes a single value here.", _kinds(fact))
        elif code := find_hidden(raw):
            self._report(path, f"A hidden character ({code}) stands in this text.", _RETYPE)
        else:
            try:
                value = fact.read(raw)
            except ValueError as error:
                sentence = str(error)
                hint = suggest(raw.lower(), fact.words)
                self._report(path, f"{sentence[0].upper()}{sentence[1:]}.", hint)
            else:
                if fact.of:
                    self.references.append((fact.of, raw.strip(), path))
                return value
        return None

    def _read_things(self, data: Any, plural: str, group: Group) -> tuple[Thing, ...]:  # noqa: ANN401 - as written
        entries = self._mapping(data, (plural,), _THING)
        self.unread_sections |= not isinstance(data, dict)
        return tuple(self._read_thing(thing_id, (plural, thing_id), group) for thing_id in entries)

    def _read_thing(self, thing_id: str, path: Path, group: Group) -> Thing:
        made = make_id(thing_id, ())
        if made != thing_id:
            message = f"“{thing_id}” is no id: lower-case words joined by hyphens, and not “none”."
            self._report(path, message, f"Write “{made}”.", key=True)
        said = self._mapping(
            as_written(self.document, path), path, f"Write {thing_id}: {{name: …}}."
        )
        facts = {name: value for name, value in said.items() if name != "name"}
        name = self._read_name(path) if "name" in said else None
        if "name" not in said:
            self._report(path, f"“{thing_id}” has no name.", "Add name: to it.", key=True)
        return Thing(thing_id, name or "", self._read_facts(facts, path, group.facts, group.title))

    def _read_name(self, path: Path) -> str:
        raw = as_written(self.document, (*path, "name"))
        text = " ".join(raw.split()) if isinstance(raw, str) else ""
        if not text:
            self._report((*path, "name"), "A name is a text that is not empty.", "Write it.")
        elif code := find_hidden(text):
            message = f"A hidden character ({code}) stands in this name."
            self._report((*path, "name"), message, _RETYPE)
        return text

    def _check_references(self, things: Mapping[str, tuple[Thing, ...]]) -> None:
        for group, thing_id, path in self.references:
            known = [one.id for one in things.get(group, ())]
            declared = self.sheet.group(group)
            if thing_id not in known:
                title = declared.title.lower() if declared else group
                plural = declared.plural if declared else group
                hint = suggest(thing_id, known) or (
                    f"There are {', '.join(known)}." if known else f"List it under {plural}."
                )
                self._report(path, f"There is no {title} “{thing_id}”.", hint)


def _kinds(fact: Fact) -> str:
    return (
        "Write it as [one, two]."
        if fact.type in {"choices", "things"}
        else "Write one word or text."
    )
