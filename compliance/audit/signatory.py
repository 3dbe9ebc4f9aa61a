"""Who is to sign a report, in which order, and what each signature means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from compliance.audit.plain import OneOf, Plain

MEANINGS: Mapping[str, str] = {
    "auditor": "prepared",
    "reviewer": "reviewed",
    "owner": "approved",
}
"""The places for a signature that a report may have, and what signing there means."""

PlaceWord = Annotated[str, OneOf(tuple(MEANINGS))]
MeaningWord = Annotated[str, OneOf(tuple(MEANINGS.values()))]

USUAL = ("auditor", "owner")


@dataclass(frozen=True, slots=True)
class Signatory(Plain):
    """One place for a signature; the name is empty where only the signature will tell it."""

    place: PlaceWord
    name: str
    role: str
    meaning: MeaningWord


def list_signatories(
    places: Sequence[str], auditor: str, role: str, clinic: str
) -> tuple[Signatory, ...]:
    """Return the places of a report in the order in which they are signed."""
    known = {
        "auditor": (auditor, role or "auditor"),
        "reviewer": ("", "reviewer"),
        "owner": ("", f"owner, {clinic}" if clinic else "owner"),
    }
    return tuple(Signatory(place, *known[place], MEANINGS[place]) for place in places)


def find_trouble(places: Sequence[str]) -> str:
    """Return why these places cannot be those of a report; empty when they can.

    The auditor attests to what was seen, so the auditor is always among them, and first.
    """
    strange = [place for place in places if place not in MEANINGS]
    if strange:
        return f"“{strange[0]}” is no place for a signature; there are {', '.join(MEANINGS)}."
    if len(set(places)) < len(places):
        return "A place for a signature is named twice."
    return "" if places and places[0] == "auditor" else "The auditor signs first."
