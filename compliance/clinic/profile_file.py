"""`clinic.yaml`: what the clinic carries from one audit to the next, also edited by hand."""

import io
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from compliance.checklist.fact import UNKNOWN, Fact, FactSheet, Group, Value
from compliance.checklist.reading import read_document
from compliance.clinic.profile import Profile, Thing
from compliance.text.diagnostic import Diagnostic, suggest
from compliance.text.yaml_text import Document, Path

_UNKNOWN_ID = "An id is made of lower-case words joined by hyphens."


@dataclass(frozen=True, slots=True)
class ProfileFile:
    """What the file says: the profile, and the time zone when it names one."""

    profile: Profile
    time_zone: str | None


def read_profile(
    raw: bytes, file: str, sheet: FactSheet
) -> tuple[ProfileFile | None, list[Diagnostic]]:
    """Return the profile in a file's bytes, or everything that is wrong with it."""
    document, diagnostics = read_document(raw, file)
    if document is None or diagnostics:
        return None, diagnostics
    if document.data is None:
        return ProfileFile(Profile(), None), []
    reading = _Reading(document, sheet)
    read = reading.read()
    return (None, reading.diagnostics) if reading.diagnostics else (read, [])


@dataclass(slots=True)
class _Reading:
    """Reads the parts of the file and collects what is wrong with each."""

    document: Document
    sheet: FactSheet
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def read(self) -> ProfileFile:
        whole = self._mapping(self.document.data, ())
        groups = {group.plural: group for group in self.sheet.groups if group.plural}
        known = ["time_zone", "facts", *groups]
        for key in whole:
            if key not in known:
                hint = suggest(key, known) or f"Known here: {', '.join(known)}."
                self._report((key,), f"There is no key “{key}” here.", hint, key=True)
        facts = self._read_facts(whole.get("facts") or {}, ("facts",), self.sheet.clinic, "clinic")
        things = {
            group.id: self._read_things(whole[plural] or {}, plural, group)
            for plural, group in groups.items()
            if plural in whole
        }
        profile = Profile(facts, things)
        self._check_references(profile, groups)
        return ProfileFile(profile, self._read_zone(whole.get("time_zone")))

    def _mapping(self, data: Any, path: Path) -> Mapping[str, Any]:  # noqa: ANN401 - as written
        if isinstance(data, dict):
            return data
        self._report(path, "This must be a mapping of names to values.", "")
        return {}

    def _report(self, path: Path, message: str, hint: str, *, key: bool = False) -> None:
        self.diagnostics.append(self.document.diagnose(path, message, hint, key=key))

    def _read_zone(self, name: Any) -> str | None:  # noqa: ANN401 - as written
        if name is None:
            return None
        try:
            zoneinfo.ZoneInfo(name)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, TypeError, OSError):
            hint = (
                suggest(str(name), zoneinfo.available_timezones()) or "Write it as America/Denver."
            )
            self._report(("time_zone",), f"“{name}” is no time zone.", hint)
            return None
        return str(name)

    def _read_facts(
        self,
        data: Any,  # noqa: ANN401 - as written
        path: Path,
        facts: tuple[Fact, ...],
        owner: str,
    ) -> dict[str, Value | None]:
        known = {fact.id: fact for fact in facts}
        read: dict[str, Value | None] = {}
        for name, raw in self._mapping(data, path).items():
            if name not in known:
                hint = suggest(name, known) or f"Known here: {', '.join(known)}."
                self._report((*path, name), f"A {owner} has no fact “{name}”.", hint, key=True)
                continue
            self._read_fact(known[name], raw, (*path, name), read)
        return read

    def _read_fact(self, fact: Fact, raw: Any, path: Path, read: dict[str, Value | None]) -> None:  # noqa: ANN401 - as written
        if raw is None:
            self._report(
                path, f"“{fact.id}” has no value.", "Write one, unknown, or remove the line."
            )
        elif raw == UNKNOWN and fact.required == "yes":
            self._report(path, f"“{fact.id}” must be known; the audit cannot go on without it.", "")
        elif raw == UNKNOWN:
            read[fact.id] = None
        else:
            try:
                read[fact.id] = fact.read(raw)
            except ValueError as error:
                sentence = str(error)
                hint = suggest(str(raw), fact.words)
                self._report(path, f"{sentence[0].upper()}{sentence[1:]}.", hint)

    def _read_things(self, data: Any, plural: str, group: Group) -> tuple[Thing, ...]:  # noqa: ANN401 - as written
        things = []
        for thing_id, raw in self._mapping(data, (plural,)).items():
            path = (plural, thing_id)
            if not _is_id(thing_id):
                self._report(path, f"“{thing_id}” is no id.", _UNKNOWN_ID, key=True)
            said = dict(self._mapping(raw, path))
            name = said.pop("name", None)
            if not isinstance(name, str) or not name.strip():
                self._report(
                    path,
                    f"“{thing_id}” has no name.",
                    "Add name: and quote it if it is a number.",
                    key=True,
                )
            facts = self._read_facts(said, path, group.facts, group.title.lower())
            things.append(Thing(thing_id, " ".join(str(name).split()), facts))
        return tuple(things)

    def _check_references(self, profile: Profile, groups: Mapping[str, Group]) -> None:
        for plural, group in groups.items():
            for thing in profile.things.get(group.id, ()):
                for fact in group.facts:
                    self._check_reference(profile, (plural, thing.id, fact.id), fact, thing)

    def _check_reference(self, profile: Profile, path: Path, fact: Fact, thing: Thing) -> None:
        named = thing.facts.get(fact.id)
        if not fact.of or named is None:
            return
        known = [one.id for one in profile.things.get(fact.of, ())]
        for name in named if isinstance(named, tuple) else (str(named),):
            if name not in known:
                hint = suggest(name, known) or (f"There are {', '.join(known)}." if known else "")
                self._report(path, f"There is no {fact.of} “{name}”.", hint)


def write_profile(
    existing: bytes | None, profile: Profile, sheet: FactSheet, time_zone: str
) -> bytes:
    """Return the file with the profile in it; comments, order and what did not change stay.

    `existing` is the file as it stands, which `read_profile` accepted, or None.
    """
    from ruamel.yaml import YAML  # noqa: PLC0415 - only this one file is written by it
    from ruamel.yaml.comments import CommentedMap  # noqa: PLC0415 - the same

    yaml = YAML()
    yaml.preserve_quotes, yaml.width, yaml.allow_unicode = True, 10_000, True
    whole = (yaml.load(existing.decode("utf-8-sig")) if existing else None) or CommentedMap()
    if not existing:
        whole.yaml_set_start_comment(
            "The clinic, from one audit to the next. May be edited by hand.\n"
        )
    whole.setdefault("time_zone", time_zone)
    _update(whole, "facts", _plain_facts(profile.facts, sheet.clinic))
    for group in sheet.groups:
        if group.plural and group.id in profile.things:
            things = {
                thing.id: {"name": thing.name, **_plain_facts(thing.facts, group.facts)}
                for thing in profile.things[group.id]
            }
            _update(whole, group.plural, things)
    stream = io.BytesIO()
    yaml.dump(whole, stream)
    return stream.getvalue()


def _plain_facts(facts: Mapping[str, Value | None], known: tuple[Fact, ...]) -> dict[str, Any]:
    """Return facts as plain data in the order that they are declared."""
    return {
        fact.id: UNKNOWN if (value := facts[fact.id]) is None else _plain(fact.write(value))
        for fact in known
        if fact.id in facts
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - plain data
    """Quote what another YAML reader would take for something else than a text."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString  # noqa: PLC0415 - used here only

    if isinstance(value, str) and not value.replace("-", "").replace("_", "").isalpha():
        return DoubleQuotedScalarString(value)
    return value


def _update(parent: Any, key: str, wanted: dict[str, Any]) -> None:  # noqa: ANN401 - ruamel's map
    """Make `parent[key]` say what is wanted, touching only what differs."""
    from ruamel.yaml.comments import CommentedMap  # noqa: PLC0415 - used here only

    if not isinstance(parent.get(key), dict):
        parent[key] = CommentedMap()
    mapping = parent[key]
    for name in [one for one in mapping if one not in wanted]:
        del mapping[name]
    for name, value in wanted.items():
        if isinstance(value, dict):
            _update(mapping, name, value)
        elif name not in mapping or _differs(mapping[name], value):
            mapping[name] = value


def _differs(written: Any, wanted: Any) -> bool:  # noqa: ANN401 - plain data
    if isinstance(wanted, list):
        return not isinstance(written, list) or [str(one) for one in written] != wanted
    return str(written) != str(wanted)


def _is_id(text: str) -> bool:
    words = text.split("-")
    return all(
        word and word.isascii() and word.isalnum() and word == word.lower() for word in words
    )
