"""What a recorded answer comes to: its outcome as conditions and findings see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from compliance.checklist.answer import (
    AnswerValue,
    ChoiceAnswer,
    Judgement,
    NumberAnswer,
    Word,
    YesNoAnswer,
    read_answer,
)
from compliance.checklist.condition import Given
from compliance.checklist.library import Entry, Library
from compliance.walk.state import Answer, AuditState


@dataclass(frozen=True, slots=True)
class Outcome:
    """A word, and for a typed value the value and how it was judged.

    A value that conforms is a `yes`, one that does not is a `no`.
    """

    word: Word
    value: AnswerValue | None = None
    judgement: Judgement | None = None


def find_outcome(entry: Entry, answer: Answer | None, as_of: date) -> Outcome:
    """Return what an answer comes to; no answer, or a withdrawn one, is `unknown`."""
    rule = entry.requirement.answer
    if answer is None or answer.said == "[withdrawn]":
        return Outcome("unknown")
    read = read_answer(rule, answer.said, as_of)
    if isinstance(rule, YesNoAnswer) or answer.said in {"no", "not-applicable", "unknown"}:
        return Outcome(read)  # type: ignore[arg-type]  # a word, by the line above
    judgement = rule.judge(read, as_of)
    return Outcome("yes" if judgement.conforms else "no", read, judgement)


def list_given(library: Library, state: AuditState) -> Mapping[str, Given]:
    """Return every answer as conditions see it."""
    given = {}
    for key, answer in state.answers.items():
        entry = library.by_key.get(key.partition("@")[0])
        if entry is not None:
            outcome = find_outcome(entry, answer, state.as_of)
            word = None if outcome.word == "unknown" else outcome.word
            given[key] = Given(word, outcome.value)
    return given


def say_answer(entry: Entry, said: str) -> str:
    """Return an answer as a person reads it."""
    rule = entry.requirement.answer
    words = {"not-applicable": "not applicable", "unknown": "don't know"}
    if said in words:
        return words[said]
    if isinstance(rule, ChoiceAnswer):
        return rule.choices.get(said, said)
    if isinstance(rule, NumberAnswer) and said != "no":
        return f"{said} {rule.unit}"
    return "none" if said == "no" and not isinstance(rule, YesNoAnswer) else said
