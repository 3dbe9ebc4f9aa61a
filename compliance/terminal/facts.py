"""Asking the facts that decide what applies."""

from collections.abc import Sequence

from compliance.checklist.fact import Fact, Value
from compliance.clinic.needs import Need, NeedFact
from compliance.terminal.changing import agree_to_change
from compliance.terminal.fact_line import make_menu, read_fact_line, show_ways
from compliance.terminal.menu import Menu
from compliance.terminal.places import is_settled_alone, list_choices, list_said
from compliance.terminal.sitting import Prompt, Sitting
from compliance.terminal.wording import listing, sentence
from compliance.walk.event import Event
from compliance.walk.session import fact_event


def ask_fact(sitting: Sitting, need: NeedFact) -> None:
    """Ask one fact and record it; what stands already is shown and kept by an empty line."""
    things = list_choices(sitting.session.state, need.fact)
    if is_settled_alone(sitting.session.state, need):
        _settle(sitting, need)
        return
    screen, fact, menu = sitting.screen, need.fact, make_menu(need.fact, things)
    screen.say()
    screen.say(say_heading(sitting, need))
    prompt = Prompt(need, lambda: show_ways(fact, menu, screen), free=fact.type == "text")
    said = _find_said(sitting, need)
    if said is not None:
        screen.say(f"So far: {said} An empty line keeps it.")
    while True:
        line = sitting.ask(prompt)
        if not line and said is not None:
            return
        try:
            event = _read_event(need, menu, line)
        except ValueError as error:
            screen.say(sentence(error))
            continue
        if said is None or not _stands(sitting, event):
            _record(sitting, need, event)
        return


def say_heading(sitting: Sitting, need: Need) -> str:
    """Return `3 of 12.` and the question, with the name of the thing it is about."""
    ask = need.fact.ask if isinstance(need, NeedFact) else need.group.ask or need.group.title
    whom = f" · {need.title}" if isinstance(need, NeedFact) and need.title else ""
    said, left = list_said(sitting.session.state), sitting.session.needs()
    if need not in left:
        return f"Once more{whom}. {ask}"
    done = len(said) - sitting.needs_before
    return f"{done + 1} of {done + len(left)}{whom}. {ask}"


def say_value(sitting: Sitting, fact: Fact, value: Value | None) -> str:
    """Return what a fact says, as a sentence of its own."""
    if value is None:
        return "Not known."
    if fact.of:
        names = {one.id: one.name for one in list_choices(sitting.session.state, fact)}
        ids = value if isinstance(value, tuple) else (str(value),)
        return f"{listing([names.get(one, one) for one in ids]) or 'None of these'}."
    if isinstance(value, tuple):
        return f"{listing([fact.show_word(one) for one in value]) or 'None of these'}."
    return f"{fact.show(value)}."


def _stands(sitting: Sitting, event: Event) -> bool:
    """Whether the event would leave the profile as it is."""
    fork = sitting.session.state.fork()
    fork.take(event)
    return fork.profile == sitting.session.state.profile


def _find_said(sitting: Sitting, need: NeedFact) -> str | None:
    profile = sitting.session.state.profile
    facts = profile.facts
    if need.group:
        thing = profile.thing(need.group.id, need.thing)
        facts = thing.facts if thing else {}
    if need.fact.id not in facts:
        return None
    return say_value(sitting, need.fact, facts[need.fact.id])


def _settle(sitting: Sitting, need: NeedFact) -> None:
    """Say a fact that has only one possible answer, or none, and record it without asking."""
    things = list_choices(sitting.session.state, need.fact)
    group = sitting.session.state.sheet.group(need.fact.of or "")
    what = group.title.lower() if group else "thing"
    sitting.screen.say()
    heading = say_heading(sitting, need)
    if things:
        sitting.screen.say(f"{heading} {things[0].name}, the only {what}.")
    else:
        sitting.screen.say(f"{heading} Not known, since no {what} is listed.")
    sitting.record(_settled_event(need, [one.id for one in things]))


def _settled_event(need: NeedFact, ids: Sequence[str]) -> Event:
    group = need.group.id if need.group else ""
    if not ids:
        data = {"fact": need.fact.id, "value": None}
        return Event("fact", {**data, "group": group, "thing": need.thing} if group else data)
    raw = list(ids) if need.fact.type == "things" else ids[0]
    return fact_event(need.fact, raw, group=group, thing=need.thing)


def _read_event(need: NeedFact, menu: Menu | None, line: str) -> Event:
    raw = read_fact_line(need.fact, menu, line)
    group = need.group.id if need.group else ""
    return fact_event(need.fact, raw, group=group, thing=need.thing)


def _record(sitting: Sitting, need: NeedFact, event: Event) -> None:
    """Record a fact; once the questions stand, what it would do to them is said first."""
    settled = not sitting.session.needs()
    if settled and not agree_to_change(sitting, need, event):
        return
    sitting.record(event)
    fact = need.fact
    if fact.type != "yes_no" and (fact.choices or fact.of):
        _echo(sitting, need)
    if settled:
        progress = sitting.session.progress()
        sitting.screen.say(f"Saved. {progress.total} questions apply now.")


def _echo(sitting: Sitting, need: NeedFact) -> None:
    said = _find_said(sitting, need)
    if said:
        sitting.screen.say(said)
