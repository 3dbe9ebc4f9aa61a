"""Facts and names that were said, and no longer stand: changed, or their thing was removed."""

from collections.abc import Iterator, Sequence

from compliance.audit.result import Superseded
from compliance.walk.event import Event
from compliance.walk.state import AuditState

_Place = tuple[str, str, str]
"""Group, thing and fact; the name of a thing has no fact, a fact of the clinic no group."""


def list_replaced(state: AuditState) -> Iterator[Superseded]:
    """Yield every fact and name that no longer stands, and every removal, as they came."""
    said = sorted((*state.fact_history, *state.thing_history), key=lambda event: event.number)
    standing = _find_standing(said)
    names = {_place(event)[:2]: event.text("name") for event in said if event.kind == "thing"}
    for event in said:
        if event.number not in standing:
            group, thing, _ = _place(event)
            key, ask, words = _tell(state, event)
            yield Superseded(key, ask, names.get((group, thing), ""), words, "", event.by, event.at)


def _tell(state: AuditState, event: Event) -> tuple[str, str, str]:
    """Return key, question and what was said."""
    group, thing, name = _place(event)
    if event.kind != "fact":
        declared = state.sheet.group(group)
        said = event.text("name") if event.kind == "thing" else "taken off the list"
        return f"{group}/{thing}", declared.title if declared else group, said
    key = f"{group}/{thing}/{name}" if group else name
    fact = state.find_fact(name, group)
    raw = event.text("value") if "value" in event.texts else event.data.get("value")
    if fact is None or raw is None:
        return key, fact.ask if fact else name, "not known" if raw is None else str(raw)
    return key, fact.ask, fact.show(fact.read(raw))


def _find_standing(said: Sequence[Event]) -> set[int]:
    """Return the numbers of the events that nothing replaced; a removed thing takes its facts along."""
    standing: dict[_Place, int] = {}
    for event in said:
        group, thing, fact = _place(event)
        if event.kind == "thing-removed":
            standing = {p: n for p, n in standing.items() if p[:2] != (group, thing)}
        else:
            standing[group, thing, fact] = event.number
    return set(standing.values())


def _place(event: Event) -> _Place:
    data = event.data
    thing = data.get("thing", "") if event.kind == "fact" else data["id"]
    return data.get("group", ""), thing, data.get("fact", "")
