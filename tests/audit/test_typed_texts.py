"""Every text that is typed in a random audit is in its result, unless it was withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.walk.event import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from conftest import Audit

ALPHABET = "aZ 7\n\t'\"<&{%\\é漢😀\u202e"


def strings(value: object) -> Iterator[str]:
    """Yield every string in plain data."""
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else ():
        yield from strings(part)
    for part in value if isinstance(value, list | tuple) else ():
        yield from strings(part)


def draw_text(dice: Random) -> str:
    """Return a text that occurs nowhere else."""
    tail = "".join(dice.choice(ALPHABET) for _ in range(dice.randint(0, 8)))
    return f"«{dice.getrandbits(48):x}» {tail}".strip()


def draw_key(dice: Random, audit: Audit) -> str:
    """Return the key of an item, asked or not, of something removed, or of a whole requirement."""
    known = [item.key for item in audit.session.applicability.items]
    return dice.choice([*known, *audit.session.state.answers, "rooms/locked@gone", "rooms/locked"])


def say_fact(dice: Random, audit: Audit) -> None:
    things = audit.session.state.profile.things.get("site", ())
    if things and dice.random() < 0.5:
        audit.say("address", draw_text(dice), "site", dice.choice(things).id)
    else:
        audit.say(dice.choice(["name", "motto"]), draw_text(dice))


def change_thing(dice: Random, audit: Audit) -> None:
    group = dice.choice(["site", "staff"])
    known = audit.session.state.profile.things.get(group, ())
    match dice.choice(["new", "rename", "remove"]):
        case "rename" if known:
            data = {"group": group, "id": dice.choice(known).id}
            audit.record(Event("thing", data, {"name": draw_text(dice)}))
        case "remove" if known:
            audit.record(Event("thing-removed", {"group": group, "id": dice.choice(known).id}))
        case _:
            audit.declare(group, draw_text(dice))


def restore_thing(dice: Random, audit: Audit) -> None:
    """List something again under the id that it had."""
    gone = [e for e in audit.session.state.thing_history if e.kind == "thing-removed"]
    if gone:
        audit.record(Event("thing", dice.choice(gone).data, {"name": draw_text(dice)}))


def give_answer(dice: Random, audit: Audit) -> None:
    items = [item for item in audit.session.applicability.items if not item.empty]
    item = dice.choice(items)
    typed = {"number": ["AB1234563", "AB1234564"], "watching": ["1", "2"], "trained": ["course"]}
    typed |= {"inventory": ["2026-01-01"]}
    values = typed.get(item.entry.requirement.id, ["yes", "partly"])
    said = dice.choice([*values, "no", "unknown", "not-applicable"])
    basis = dice.choice(["", "seen", "told"])
    audit.answer(item.key, said, basis=basis, reason=draw_text(dice))


def add_remark(dice: Random, audit: Audit) -> None:
    names = {"note": ["note"], "correction": ["correction"], "action": ["action", "owner"]}
    names |= {"evidence": ["kept_at"]}
    kind = dice.choice(list(names))
    data: dict[str, Any] = {"key": draw_key(dice, audit)}
    if kind == "note" and dice.random() < 0.3:
        data = {}
    audit.record(Event(kind, data, {name: draw_text(dice) for name in names[kind]}))


def withdraw_one(dice: Random, audit: Audit) -> None:
    numbers = [e.number for e in audit.events() if any(says for says in e.texts.values())]
    audit.withdraw(dice.choice(numbers), draw_text(dice))


def draw_events(dice: Random, audit: Audit, *, withdrawing: bool) -> None:
    steps = [say_fact, change_thing, restore_thing, give_answer, give_answer, add_remark]
    steps += [withdraw_one] if withdrawing else []
    for _ in range(dice.randint(5, 30)):
        dice.choice(steps)(dice, audit)


random_events = settings(max_examples=60)
dice_thrown = given(dice=st.randoms(use_true_random=True))


@random_events
@dice_thrown
def test_every_text_in_the_journal_is_in_the_result(
    begin: Callable[..., Audit], dice: Random
) -> None:
    audit = begin()
    draw_events(dice, audit, withdrawing=True)
    told = list(strings(audit.judge().as_data()))
    typed = [says for event in audit.events() for says in event.texts.values() if says]
    assert typed
    assert not [says for says in typed if not any(says in one for one in told)]


@random_events
@dice_thrown
def test_a_text_that_was_withdrawn_is_nowhere(begin: Callable[..., Audit], dice: Random) -> None:
    audit = begin()
    draw_events(dice, audit, withdrawing=False)
    event = dice.choice([e for e in audit.events() if any(says for says in e.texts.values())])
    gone = {says for says in event.texts.values() if says and says.startswith("«")}
    audit.withdraw(event.number, "why")
    told = list(strings(audit.judge().as_data()))
    assert not [says for says in gone if any(says in one for one in told)]
    assert not [says for says in gone if says.encode() in audit.journal]
