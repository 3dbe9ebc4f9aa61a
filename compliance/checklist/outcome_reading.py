"""What a condition wants of an earlier answer, checked against the answers there can be."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from compliance.checklist.answer import (
    ChoiceAnswer,
    DateAnswer,
    NumberAnswer,
    TypedAnswer,
    YesNoAnswer,
)
from compliance.checklist.condition import AllOf, AnswerIs, AnyOf, Condition, Subject
from compliance.checklist.operand_reading import (
    MisfitError,
    list_scalars,
    read_operator,
    refuse_unknown,
    use,
)
from compliance.text.diagnostic import suggest

OUTCOMES = ("yes", "partly", "no", "not-applicable")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a condition needs to know of a requirement that it refers to.

    `key` is its name in the whole library. `answer` is None when the file says it wrongly, so
    that nothing more is said of what refers to it.
    """

    key: str
    ask: str
    for_each: str | None
    answer: YesNoAnswer | TypedAnswer | None


@dataclass(frozen=True, slots=True)
class Names:
    """The requirements that a condition may meet: earlier ones, by the names they go by here.

    `later` are those that come after or are the one itself; `unreadable` are checklists whose
    requirements are not known because their file could not be read.
    """

    asked: Mapping[str, Asked] = field(default_factory=dict)
    later: frozenset[str] = frozenset()
    unreadable: frozenset[str] = frozenset()


def read_outcome(asked: Asked, wanted: object) -> Condition:
    """Return the condition that an earlier answer is as `wanted`.

    Raises:
        MisfitError: the earlier requirement has no such answer.
    """
    subject = Subject("answer", (asked.key,), asked.for_each, None, asked.ask)
    answer = asked.answer
    if answer is None:
        return AllOf()
    if isinstance(wanted, dict):
        kind = {DateAnswer: "date", NumberAnswer: "number"}.get(type(answer), "")
        if not wanted:
            raise MisfitError("A value is missing here.", "Name the answer that is meant.")
        read = [read_operator(name, raw, kind, None) for name, raw in wanted.items()]
        return AllOf(tuple(AnswerIs(subject, (), *one) for one in read))
    known = (*OUTCOMES, *(answer.choices if isinstance(answer, ChoiceAnswer) else ()))
    words = []
    for steps, raw in list_scalars(wanted):
        word = str(raw)
        refuse_unknown(word, steps)
        if word not in known:
            message = f"“{word}” is no answer to this requirement."
            hint = suggest(word, known) or use(known)
            raise MisfitError(message, hint, steps, rule="unknown-value")
        words.append(word)
    return _any_answer(subject, words)


def _any_answer(subject: Subject, words: list[str]) -> Condition:
    """Some words may be outcomes, others choices; any of them fits."""
    outcomes = tuple(word for word in words if word in OUTCOMES)
    choices = tuple(word for word in words if word not in OUTCOMES)
    parts = [AnswerIs(subject, outcomes)] if outcomes else []
    parts += [AnswerIs(subject, (), "any_of", choices)] if choices else []
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))
