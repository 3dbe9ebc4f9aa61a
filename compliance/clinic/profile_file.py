"""`clinic.yaml`: what the clinic carries from one audit to the next, also edited by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from compliance.checklist.fact import UNKNOWN, Fact, FactSheet
from compliance.checklist.reading import read_document
from compliance.clinic.profile import Facts, Profile, Thing
from compliance.clinic.profile_reading import ProfileReading
from compliance.errors import InputError
from compliance.text.diagnostic import Diagnostic
from compliance.text.yaml_patch import patch
from compliance.text.yaml_text import decode
from compliance.text.yaml_writing import Leaf, Tree, write_tree

_TOP = """\
# The clinic, from one audit to the next. It may be edited by hand: comments and order stay.
# A fact that is left out is asked; “unknown” was asked, and nobody knew.
"""


@dataclass(frozen=True, slots=True)
class ProfileFile:
    """What the file says: the profile, and the time zone when it names one."""

    profile: Profile
    time_zone: str | None


def read_profile(
    raw: bytes, file: str, sheet: FactSheet
) -> tuple[ProfileFile | None, list[Diagnostic]]:
    """Return the profile in a file's bytes, or everything that is wrong with it.

    An empty file, or an empty section, says nothing; a section that is left out was not asked,
    `{}` says that there are none.
    """
    document, diagnostics = read_document(raw, file)
    if document is None:
        return None, diagnostics
    reading = ProfileReading(document, sheet)
    read = ProfileFile(*reading.read())
    diagnostics = sorted([*diagnostics, *reading.diagnostics], key=lambda one: one.position)
    return (None if diagnostics else read), diagnostics


def write_profile(
    existing: bytes | None, profile: Profile, sheet: FactSheet, time_zone: str
) -> bytes:
    """Return the file with the profile in it: what need not change stays, to the byte.

    The time zone that the file names stays, too. Of a thing that is gone nothing is said any
    more: neither by a list nor by a fact that points at it.

    Raises:
        InputError: somebody edited the file into one that cannot be read.
    """
    now = _draw(without_dangling(profile, sheet), sheet)
    if existing is None:
        return f"{_TOP}{write_tree({'time_zone': time_zone, **now})}\n".encode()
    read, diagnostics = read_profile(existing, "clinic.yaml", sheet)
    if read is None:
        raise InputError(f"The profile was not written back. {diagnostics[0].render()}")
    text, _ = decode(existing, "")
    zone = {"time_zone": read.time_zone or time_zone}
    was = _draw(read.profile, sheet) | ({} if read.time_zone is None else zone)
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    written = patch(plain, was, {**zone, **now})
    return (written.replace("\n", "\r\n") if "\r\n" in text else written).encode()


def without_dangling(profile: Profile, sheet: FactSheet) -> Profile:
    """Return the profile without what points at things that were taken off their list."""
    things = {}
    for group, members in profile.things.items():
        declared = sheet.group(group)
        pointing = [fact for fact in declared.facts if fact.of] if declared else []
        things[group] = tuple(_let_go(thing, pointing, profile) for thing in members)
    return replace(profile, things=things)


def _let_go(thing: Thing, pointing: Sequence[Fact], profile: Profile) -> Thing:
    facts = dict(thing.facts)
    for fact in pointing:
        value = facts.get(fact.id)
        known = {one.id for one in profile.things.get(fact.of or "", ())}
        if isinstance(value, tuple):
            facts[fact.id] = tuple(one for one in value if one in known)
        elif value is not None and value not in known:
            del facts[fact.id]
    return replace(thing, facts=facts)


def _draw(profile: Profile, sheet: FactSheet) -> dict[str, Leaf | Tree]:
    """Return the profile as the file has it, in the order of the facts' declaration."""
    tree: dict[str, Leaf | Tree] = {}
    if profile.facts:
        tree["facts"] = _draw_facts(profile.facts, sheet.clinic)
    for group in sheet.groups:
        if group.plural and group.id in profile.things:
            tree[group.plural] = {
                thing.id: {"name": thing.name, **_draw_facts(thing.facts, group.facts)}
                for thing in profile.things[group.id]
            }
    return tree


def _draw_facts(facts: Facts, known: Sequence[Fact]) -> dict[str, Leaf]:
    said = [(fact.id, facts[fact.id]) for fact in known if fact.id in facts]
    return {name: UNKNOWN if value is None else value for name, value in said}
