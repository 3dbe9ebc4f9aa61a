"""A fact's question on the screen, and what a typed line says of it."""

import re
from collections.abc import Sequence
from typing import Any

from compliance.checklist.fact import Fact
from compliance.clinic.profile import Thing
from compliance.terminal.menu import Choice, Menu
from compliance.terminal.prompts import Screen
from compliance.terminal.typed import is_unknown

_UNKNOWN = Choice("don't know", "unknown")
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")
_SEVERAL = {"choices", "things"}


def make_menu(fact: Fact, things: Sequence[Thing] = ()) -> Menu | None:
    """Return the choices of a fact; None where a value is typed."""
    if fact.of:
        listed = [Choice(one.name, one.id) for one in things]
    elif fact.type == "yes_no":
        listed = [Choice("yes", "yes"), Choice("no", "no")]
    elif fact.choices:
        listed = [Choice(label, word) for word, label in fact.choices.items()]
    else:
        return None
    if fact.type not in _SEVERAL and fact.required == "no":
        listed.append(_UNKNOWN)
    return Menu(tuple(listed))


def show_ways(fact: Fact, menu: Menu | None, screen: Screen) -> None:
    """Print how the fact can be answered."""
    if menu:
        menu.show(screen)
        if fact.type in _SEVERAL:
            word = "Codes" if menu.coded else "Numbers"
            screen.say(f"{word} with commas, 0 for none of these{_or_unknown(fact)}:")
        elif menu.coded:
            screen.say(f"Type the code or the name; “?” lists them{_or_unknown(fact)}.")
        return
    if fact.type == "text":
        if fact.required == "no":
            screen.say("Type it, or “don't know”:")
        return
    number = f"A number of {fact.unit}, such as 30" if fact.unit else "A number, such as 30"
    form = "A date, such as 2026-03-31" if fact.type == "date" else number
    screen.say(f"{form}{_or_unknown(fact)}:")


def _or_unknown(fact: Fact) -> str:
    return "" if fact.required == "yes" else ", or “don't know”"


def read_fact_line(fact: Fact, menu: Menu | None, line: str) -> Any:  # noqa: ANN401 - as Fact.read takes it
    """Return the plain value of a typed line; None for “I don't know”.

    Raises:
        ValueError: the fact cannot be so; the sentence says how it can.
    """
    if not line:
        raise ValueError("nothing was typed")
    if is_unknown(line):
        return None
    if menu is None:
        return _read_value(fact, line)
    if fact.type in _SEVERAL:
        return menu.pick_several(line)
    word = menu.pick(line)
    return None if word == "unknown" else word


def _read_value(fact: Fact, line: str) -> str:
    if fact.type != "number":
        return line
    if fact.unit and line.lower().endswith(fact.unit.lower()):
        line = line[: -len(fact.unit)].rstrip()
    return line.replace(",", "") if _THOUSANDS.fullmatch(line) else line
