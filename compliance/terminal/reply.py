"""What a typed line answers: a word or a value, and how it is known."""

import contextlib
from dataclasses import dataclass
from datetime import date

from compliance.checklist.answer import (
    BASES,
    ChoiceAnswer,
    NumberAnswer,
    TextAnswer,
    YesNoAnswer,
    read_answer,
)
from compliance.checklist.model import Requirement
from compliance.checklist.pattern import PATTERNS
from compliance.terminal.question import make_answer_menu
from compliance.terminal.typed import is_unknown, plain_words


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer as it is recorded, and its basis where it was typed in the same line."""

    said: str
    basis: str = ""


def read_reply(requirement: Requirement, line: str, as_of: date) -> Reply:
    """Return what the line answers; `yes record` says the basis, too.

    Raises:
        ValueError: the question cannot be answered so; the sentence says how it can.
    """
    if is_unknown(line):
        return Reply("unknown")
    head, basis = _split_basis(line)
    if basis:
        with contextlib.suppress(ValueError):
            return Reply(_read(requirement, head, as_of), basis)
    return Reply(_read(requirement, line, as_of))


def _split_basis(line: str) -> tuple[str, str]:
    head, _, last = line.rpartition(" ")
    return (head.rstrip(", "), last.lower()) if last.lower() in BASES else (line, "")


def _read(requirement: Requirement, line: str, as_of: date) -> str:
    rule, menu = requirement.answer, make_answer_menu(requirement)
    if isinstance(rule, YesNoAnswer | ChoiceAnswer):
        return menu.pick("not applicable" if plain_words(line) == "not-applicable" else line)
    if not line.isdecimal():
        with contextlib.suppress(ValueError):
            return menu.pick(line)
    if isinstance(rule, NumberAnswer):
        line = line[: -len(rule.unit)] if line.lower().endswith(rule.unit.lower()) else line
    return str(read_answer(rule, line, as_of))


def is_slip(requirement: Requirement, said: str) -> bool:
    """Whether a typed number fails its own check digit, which is more often a slip than a gap."""
    rule = requirement.answer
    if not isinstance(rule, TextAnswer) or said in {"no", "not-applicable", "unknown"}:
        return False
    return not PATTERNS[rule.pattern](said)
