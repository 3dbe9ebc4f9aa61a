"""Where each paper is, as an audit's evidence says. Answers, notes and findings are not looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from compliance.audit.paper import Paper
from compliance.checklist.fact import FactSheet
from compliance.clinic.applicability import Item
from compliance.clinic.membership import Member
from compliance.clinic.profile import Thing
from compliance.text.hidden import drop_hidden
from compliance.walk.event import Event
from compliance.walk.session import Session
from compliance.walk.state import AuditState


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paper is said to be, and the files that were taken in as copies of it.

    `whose` is the person or thing that the paper is about; empty for the site's or clinic's own.
    """

    whose: str
    kept_at: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether anything was said of it."""
        return bool(self.kept_at or self.copies)


Places = Mapping[str, tuple[Place, ...]]
"""The places of each paper, by its title."""


def find_places(papers: Sequence[Paper], session: Session, site: Thing | None) -> Places:
    """Return what an audit says of each paper at a site; one it says nothing of has no place.

    Where a requirement that asks for evidence has none, a place that says nothing stands in for it.
    """
    index = {name: paper.title for paper in papers for name in paper.named_by}
    found: dict[str, dict[str, Place]] = {paper.title: {} for paper in papers}
    for item in session.applicability.items:
        title = index.get(item.entry.key)
        if title and _concerns(item, site, session.library.sheet):
            place = _place_of(item, session.state)
            if place.known or item.entry.requirement.evidence != "none":
                held = found[title].get(place.whose, Place(place.whose))
                found[title][place.whose] = _join(held, place)
    return {title: tuple(places.values()) for title, places in found.items()}


def _concerns(item: Item, site: Thing | None, sheet: FactSheet) -> bool:
    if item.empty or item.standing == "out of scope":
        return False
    return site is None or item.member is None or _is_at(item.member, site, sheet)


def _is_at(member: Member, site: Thing, sheet: FactSheet) -> bool:
    """Whether a thing is, works or stands at a site; if nobody said where, it may."""
    if own := member.part("site"):
        return own.id == site.id
    group, thing = member.parts[0]
    declared = sheet.group(group)
    ties = [fact.id for fact in declared.facts if fact.of == "site"] if declared else []
    named = [thing.facts.get(tie) for tie in ties]
    return not named or any(
        one is None or site.id in (one if isinstance(one, tuple) else (one,)) for one in named
    )


def _place_of(item: Item, state: AuditState) -> Place:
    held = state.attached_to(item.key).evidence
    return Place(_owner(item.member), _texts(held, "kept_at"), _texts(held, "name"))


def _owner(member: Member | None) -> str:
    """Return whom a paper is about; a sheet is about one site, so the site is not named again."""
    if member is None:
        return ""
    group, thing = member.parts[0]
    return "" if group == "site" else thing.name


def _texts(events: Sequence[Event], name: str) -> tuple[str, ...]:
    """Return what was typed, each text once; one that was withdrawn says nothing."""
    texts = (drop_hidden(event.texts.get(name) or "") for event in events)
    return tuple(dict.fromkeys(text for text in texts if text))


def _join(one: Place, other: Place) -> Place:
    return Place(
        one.whose,
        tuple(dict.fromkeys((*one.kept_at, *other.kept_at))),
        tuple(dict.fromkeys((*one.copies, *other.copies))),
    )
