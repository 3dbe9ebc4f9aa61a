"""The heart of the walk: answers in, next question out. No clock, disk or screen of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from compliance.checklist.answer import BASES, YesNoAnswer, read_answer
from compliance.checklist.fact import Fact, list_words
from compliance.checklist.frozen import DEPTHS, Depth
from compliance.checklist.library import Library
from compliance.clinic.applicability import Applicability, Item, decide, key_of
from compliance.clinic.needs import Need, list_needs
from compliance.clinic.profile import make_id
from compliance.walk.event import Event
from compliance.walk.outcome import list_given
from compliance.walk.state import AuditState

Step = Need | Item


@dataclass(frozen=True, slots=True)
class Progress:
    """How many questions there are, how many are answered, and the minutes the rest will take."""

    answered: int
    total: int
    minutes_left: int
    quick_left: int
    quick_minutes: int


@dataclass(frozen=True, slots=True)
class Change:
    """Items that an event would make appear or vanish."""

    appearing: tuple[Item, ...]
    vanishing: tuple[Item, ...]


class Session:
    """What is asked next, given everything that was recorded.

    The session reads `state` and never changes it: it makes events, which somebody records,
    and `refresh` is called after.
    """

    def __init__(self, library: Library, state: AuditState) -> None:
        """Begin from a state."""
        self.library, self.state = library, state
        self.applicability = Applicability(())
        self.queue: tuple[Item, ...] = ()
        self.refresh()

    def refresh(self) -> None:
        """Decide anew what applies."""
        self.applicability = _decide(self.library, self.state)
        self.queue = tuple(_in_order(self.applicability, self.state))

    def needs(self) -> tuple[Need, ...]:
        """Return the facts that are still to be asked."""
        state = self.state
        return list_needs(self.library, state.profile, state.chosen, state.as_of)

    def open_items(self) -> list[Item]:
        """Return the items that have no answer yet, skipped ones included, in walking order."""
        return [item for item in self.queue if item.key not in self.state.answers]

    def next_step(self) -> Step | None:
        """Return what to ask next; None when only skipped questions are left, or nothing.

        Facts come first. A follow-up waits until its parent was answered or skipped.
        """
        needs = self.needs()
        if needs:
            return needs[0]
        skipped = self.state.skipped
        waiting = [item for item in self.open_items() if item.key not in skipped]
        return next((item for item in waiting if not self._waits(item, waiting)), None)

    def _waits(self, item: Item, waiting: Sequence[Item]) -> bool:
        """Whether an answer that decides about this item is still to come."""
        facts = list(item.entry.condition.facts())
        counted = {one.path[0] for one in facts if one.kind == "member-answer"}
        names = [one.path[0] for one in facts if one.kind == "answer"]
        thing = item.member.id if item.member else None
        parents = {key for name in names for key in (name, key_of(name, thing))}
        return any(one.key in parents or one.entry.key in counted for one in waiting)

    def progress(self) -> Progress:
        """Return how far the walk has come."""
        left = self.open_items()
        quick = [item for item in left if item.entry.requirement.depth == "quick"]
        return Progress(
            len(self.queue) - len(left),
            len(self.queue),
            sum(item.entry.requirement.minutes for item in left),
            len(quick),
            sum(item.entry.requirement.minutes for item in quick),
        )

    def preview(self, *events: Event) -> Change:
        """Return which questions the events would make appear or vanish."""
        fork = self.state.fork()
        for event in events:
            fork.take(event)
        after = _decide(self.library, fork)
        before = {item.key for item in self.applicability.asked}
        then = {item.key for item in after.asked}
        return Change(
            tuple(item for item in after.asked if item.key not in before),
            tuple(item for item in self.applicability.asked if item.key not in then),
        )

    def find(self, words: str) -> Item | None:
        """Return the item that `go WORDS` means: by key, requirement id, or words of its texts."""
        wanted = words.lower().split()
        exact = [i for i in self.queue if words in {i.key, i.entry.key, i.entry.requirement.id}]
        if exact or not wanted:
            return exact[0] if exact else None
        for texts in (_titles, _wording):
            for item in self.queue:
                if all(word in texts(item).lower() for word in wanted):
                    return item
        return None


def answer_event(
    session: Session,
    item: Item,
    raw: Any,  # noqa: ANN401 - whatever was typed
    *,
    basis: str = "",
    reason: str = "",
) -> Event:
    """Return the event of an answer.

    Raises:
        ValueError: the question cannot be answered so; the sentence says how it can.
    """
    if item.empty:
        raise ValueError(f"{item.because} Add one to the clinic's profile first")
    requirement = item.entry.requirement
    value = read_answer(requirement.answer, raw, session.state.as_of)
    said = f"{value:f}" if isinstance(value, Decimal) else str(value)
    if basis and basis not in BASES:
        raise ValueError(f"“{basis}” is not among {list_words(BASES)}")
    if said == "not-applicable" and not reason.strip():
        raise ValueError("“not-applicable” needs a reason")
    if basis and said in {"no", "unknown", "not-applicable"}:
        basis = ""
    data: dict[str, Any] = {"key": item.key, "digest": item.entry.digest}
    texts: dict[str, str | None] = {}
    typed = not isinstance(requirement.answer, YesNoAnswer) and requirement.answer.type == "text"
    if typed and said not in {"no", "not-applicable", "unknown"}:
        texts["value"] = said
    else:
        data["answer"] = said
    if basis:
        data["basis"] = basis
    if reason.strip():
        texts["reason"] = reason.strip()
    return Event("answer", data, texts)


def needs_basis(item: Item, said: str) -> bool:
    """Whether a `yes` must say how it is known: where the grade is critical or major."""
    requirement = item.entry.requirement
    if requirement.grade == "minor":
        return False
    if isinstance(requirement.answer, YesNoAnswer):
        return said == "yes"
    return said not in {"no", "not-applicable", "unknown"}


def fact_event(fact: Fact, raw: Any, *, group: str = "", thing: str = "") -> Event:  # noqa: ANN401 - whatever was typed
    """Return the event of a fact; `unknown` is “I don't know”.

    Raises:
        ValueError: the fact cannot be so, or may not stay unknown.
    """
    data: dict[str, Any] = {"fact": fact.id}
    if group:
        data |= {"group": group, "thing": thing}
    if raw is None or raw == "unknown":
        if fact.required == "yes":
            raise ValueError("the audit cannot go on without this")
        return Event("fact", {**data, "value": None})
    value = fact.write(fact.read(raw))
    if fact.type == "text":
        return Event("fact", data, {"value": value})
    return Event("fact", {**data, "value": value})


def thing_events(state: AuditState, group: str, names: Sequence[str]) -> Iterator[Event]:
    """Yield the events that declare things by name; ids are made once and never change."""
    yield Event("group", {"group": group})
    taken = {thing.id for thing in state.profile.things.get(group, ())}
    for name in names:
        thing_id = make_id(name, taken)
        taken.add(thing_id)
        yield Event("thing", {"group": group, "id": thing_id}, {"name": " ".join(name.split())})


def _decide(library: Library, state: AuditState) -> Applicability:
    given = list_given(library, state)
    return decide(library, state.profile, given, state.chosen, state.as_of)


def _in_order(applicability: Applicability, state: AuditState) -> list[Item]:
    """Law order asks what an inspector asks first, first; building order goes site by site."""
    items = [item for item in applicability.asked if not item.empty]
    if state.order == "law":
        return sorted(items, key=lambda item: DEPTHS.index(_depth(item)))
    sites = {thing.id: n for n, thing in enumerate(state.profile.things.get("site", ()), start=1)}
    return sorted(items, key=lambda item: (_site_rank(item, sites), item.entry.section.where or ""))


def _depth(item: Item) -> Depth:
    return item.entry.requirement.depth


def _site_rank(item: Item, sites: dict[str, int]) -> int:
    """Return where in the building an item is asked; 0 for what belongs to no one site."""
    if item.member is None:
        return 0
    own = item.member.part("site")
    named = own.id if own else item.member.parts[0][1].facts.get("site")
    return sites.get(named, 0) if isinstance(named, str) else 0


def _titles(item: Item) -> str:
    return f"{item.entry.section.title} {item.entry.checklist.title} {item.title}"


def _wording(item: Item) -> str:
    requirement = item.entry.requirement
    return f"{item.key} {requirement.ask} {_titles(item)}"
