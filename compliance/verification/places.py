"""Who is to sign a report, in which order and as what: as its audit says, else auditor and owner."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from compliance.errors import InputError

_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")
_MEANINGS = {
    "prepared": "Prepared this report and attests to it",
    "reviewed": "Reviewed this report",
    "approved": "Received and approved this report",
}
_MOST = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A place for a signature: what it is called, and who is to sign there, as what.

    `who` may be empty: then the report names nobody for it.
    `meaning` is one word: prepared, reviewed or approved.
    """

    name: str
    who: str
    role: str
    meaning: str

    @property
    def field(self) -> str:
        """The name of the signature field in the PDF."""
        return f"sig_{self.name}"

    @property
    def title(self) -> str:
        """What the place is called in a sentence."""
        return self.name.replace("-", " ")

    @property
    def attests(self) -> str:
        """What the signature says, as it is printed in it."""
        return _MEANINGS[self.meaning]


def read_places(data: Mapping[str, Any] | None) -> tuple[Place, ...]:
    """Return the places in signing order, from an audit's result.

    A result that does not say, or says it in no way that can be read, has auditor and owner.
    """
    found = data.get("signatories") if data else None
    if isinstance(found, Sequence) and 0 < len(found) <= _MOST:
        places = tuple(place for place in map(_read, found) if place)
        if len({place.name for place in places}) == len(found):
            return places
    auditor = data.get("auditor") if data else None
    known = auditor if isinstance(auditor, Mapping) else {}
    who, role = known.get("name"), known.get("role")
    return (
        Place("auditor", str(who or ""), str(role or "Auditor"), "prepared"),
        Place("owner", "", "Owner", "approved"),
    )


def find_place(places: Sequence[Place], name: str) -> Place:
    """Return the place of that name.

    Raises:
        InputError: there is none; those there are, are named.
    """
    for place in places:
        if place.name == name:
            return place
    known = [place.name for place in places]
    listed = " or ".join((", ".join(known[:-1]), known[-1])) if len(known) > 1 else known[0]
    raise InputError(f"“{name}” is no place for a signature; use {listed}.")


def next_place(places: Sequence[Place], signed: Iterable[str]) -> Place | None:
    """Return the first place whose field is not among the signed ones; None when all are."""
    taken = set(signed)
    return next((place for place in places if place.field not in taken), None)


def check_turn(places: Sequence[Place], place: Place, signed: Iterable[str]) -> None:
    """Make sure that a place is empty, and that all before it are signed.

    Raises:
        InputError: it is signed already, or an earlier one signs first.
    """
    taken = set(signed)
    following = next_place(places, taken)
    if place.field in taken:
        rest = (
            f"the next is the {following.title}'s: --as {following.name}"
            if following
            else "nobody else is to sign"
        )
        raise InputError(f"The {place.title}'s place is signed already; {rest}.")
    if following and following != place:
        raise InputError(f"The {following.title} signs first.")


def _read(data: object) -> Place | None:
    """Return a place from plain data; None when it is none that we write."""
    if not isinstance(data, Mapping):
        return None
    name, meaning = data.get("place"), data.get("meaning")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        return None
    if not isinstance(meaning, str) or meaning not in _MEANINGS:
        return None
    return Place(name, str(data.get("name") or ""), str(data.get("role") or ""), meaning)
