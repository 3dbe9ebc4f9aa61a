"""Where a step stands in the walk: what is before it, and which run of its section it is in."""

from compliance.checklist.fact import Fact, Group
from compliance.clinic.applicability import Item
from compliance.clinic.needs import Need, NeedFact, NeedThings
from compliance.clinic.profile import Facts, Thing
from compliance.walk.session import Session, Step
from compliance.walk.state import AuditState

Rank = tuple[int, int, int]


def list_said(state: AuditState) -> list[Need]:
    """Return the facts and lists that stand, in the order in which they are asked."""
    said: list[Need] = [
        NeedFact(fact) for fact in state.sheet.clinic if _is_said(fact, state.profile.facts)
    ]
    for group in state.sheet.groups:
        things = state.profile.things.get(group.id)
        if group.declared and things is not None:
            said.append(NeedThings(group))
            said += [
                NeedFact(fact, group, thing.id, thing.name)
                for thing in things
                for fact in group.facts
                if _is_said(fact, thing.facts)
            ]
    return said


def _is_said(fact: Fact, facts: Facts) -> bool:
    return fact.asked != "never" and fact.id in facts


def list_choices(state: AuditState, fact: Fact) -> tuple[Thing, ...]:
    """Return the things that a `thing` or `things` fact can name."""
    return state.profile.things.get(fact.of or "", ())


def is_settled_alone(state: AuditState, need: Need) -> bool:
    """Whether a fact names things of a group with at most one member, so that nothing is asked."""
    return (
        isinstance(need, NeedFact)
        and need.fact.of is not None
        and len(list_choices(state, need.fact)) < 2  # noqa: PLR2004 - nothing to choose
    )


def find_previous(session: Session, at: Step | None) -> Step | None:
    """Return what was asked before a step; None when it is the first."""
    if at is None or isinstance(at, Item):
        done = session.state.answers.keys() | session.state.skipped
        before = _items_before(session, at)
        found = next((item for item in reversed(before) if item.key in done), None)
        return found or _last_said(session, None)
    return _last_said(session, _rank(session.state, at))


def _items_before(session: Session, at: Item | None) -> list[Item]:
    keys = [item.key for item in session.queue]
    place = keys.index(at.key) if at is not None and at.key in keys else len(keys)
    return list(session.queue[:place])


def _last_said(session: Session, before: Rank | None) -> Need | None:
    state = session.state
    said = [
        need
        for need in list_said(state)
        if not is_settled_alone(state, need) and (before is None or _rank(state, need) < before)
    ]
    return said[-1] if said else None


def _rank(state: AuditState, need: Need) -> Rank:
    """Return where a fact or list stands: the clinic's own first, then group by group."""
    if need.group is None:
        return 0, 0, state.sheet.clinic.index(need.fact)
    group = 1 + [one.id for one in state.sheet.groups].index(need.group.id)
    if isinstance(need, NeedThings):
        return group, -1, 0
    things = [thing.id for thing in state.profile.things.get(need.group.id, ())]
    return group, things.index(need.thing), need.group.facts.index(need.fact)


def find_need(session: Session, words: str) -> Need | None:
    """Return the fact or list that `go WORDS` means, among those that were asked."""
    wanted = words.lower().split()
    for need in list_said(session.state):
        if is_settled_alone(session.state, need):
            continue
        if wanted and all(word in _words_of(need) for word in wanted):
            return need
    return None


def _words_of(need: Need) -> str:
    if isinstance(need, NeedFact):
        return f"{need.fact.id} {need.fact.ask} {need.title}".lower()
    return _words_of_group(need.group)


def _words_of_group(group: Group) -> str:
    return f"{group.plural} {group.title} {group.ask}".lower()


def find_run(session: Session, item: Item) -> tuple[Item, ...]:
    """Return the unbroken run of questions of one section that an item is walked in."""
    queue = session.queue
    keys = [one.key for one in queue]
    first = last = keys.index(item.key)
    while first > 0 and _is_same_section(queue[first - 1], item):
        first -= 1
    while last + 1 < len(queue) and _is_same_section(queue[last + 1], item):
        last += 1
    return queue[first : last + 1]


def _is_same_section(one: Item, other: Item) -> bool:
    return (one.entry.checklist_key, one.entry.section.title) == (
        other.entry.checklist_key,
        other.entry.section.title,
    )


def say_place(session: Session, item: Item) -> str:
    """Return `Storage and security · 2 of 6 · Main Street`, as a question's header says it."""
    parts = [item.entry.section.title]
    if item.key in {one.key for one in session.queue}:
        run = find_run(session, item)
        parts.append(f"{[one.key for one in run].index(item.key) + 1} of {len(run)}")
    return " · ".join([*parts, *([item.title] if item.title else [])])
