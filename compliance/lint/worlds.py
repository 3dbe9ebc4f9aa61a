"""Whether a condition can hold, found by trying: every world that its own words can tell apart.

A fact is tried with one value of each kind that the conditions distinguish: one of the words that
are always named together, a number at, between and beyond the bounds. So the answer is exact, and
no two worlds are tried that no condition can tell apart. Worlds are complete: nothing is unknown.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise, product
from math import prod

from compliance.checklist.answer import ChoiceAnswer, DateAnswer, NumberAnswer, YesNoAnswer
from compliance.checklist.condition import (
    AllOf,
    AnswerIs,
    AnyOf,
    Compare,
    Condition,
    Count,
    InState,
    Not,
    Subject,
    compare,
)
from compliance.checklist.fact import Value
from compliance.checklist.frozen import EARLIEST
from compliance.checklist.library import Library

MOST_WORLDS = 20_000
_DAY = timedelta(days=1)
_OTHER = "something else"  # a text that no condition names
_TODAY, _IN = "today", "in"

Variable = tuple[str, ...]
Said = tuple[str, Value | None]
"""An answer: its outcome, and the value of a typed one."""
World = Mapping[Variable, object]


class TooManyWorldsError(Exception):
    """There are more worlds than are tried."""


def find_world(library: Library, wanted: Sequence[Condition], unwanted: Condition | None) -> bool:
    """Return whether some world fulfils all of `wanted` and does not fulfil `unwanted`.

    Raises:
        TooManyWorldsError: there are more than `MOST_WORLDS`.
    """
    conditions = [*wanted, unwanted] if unwanted else list(wanted)
    trial = _Trial(library)
    for condition in conditions:
        trial.collect(condition)
    return any(
        all(trial.holds(one, world) for one in wanted)
        and not (unwanted and trial.holds(unwanted, world))
        for world in trial.worlds()
    )


@dataclass(slots=True)
class _Trial:
    """The leaves of some conditions by what they look at, and the values to try."""

    library: Library
    leaves: dict[Variable, list[Condition]] = field(default_factory=dict)
    subjects: dict[Variable, Subject] = field(default_factory=dict)
    states: list[str] = field(default_factory=list)

    def collect(self, condition: Condition) -> None:
        """Note every leaf; an answer brings the condition under which it is asked."""
        if isinstance(condition, AllOf | AnyOf):
            for part in condition.parts:
                self.collect(part)
        elif isinstance(condition, Not):
            self.collect(condition.part)
        elif isinstance(condition, InState):
            self.states.append(condition.state)
        elif isinstance(condition, Compare | AnswerIs | Count):
            variable = _variable_of(condition)
            new = variable not in self.leaves
            self.leaves.setdefault(variable, []).append(condition)
            self.subjects[variable] = condition.subject
            if new and isinstance(condition, AnswerIs):
                self.collect(self.library.by_key[condition.subject.path[0]].condition)

    def worlds(self) -> Iterator[World]:
        """Yield every world.

        Raises:
            TooManyWorldsError: there are more than are tried.
        """
        days = self._days()
        values = {variable: self._values(variable, days) for variable in self.leaves}
        values |= {(_TODAY,): days} if days else {}
        if not any(_is_own_state(variable) for variable in values):
            values |= {(_IN, state): (True, False) for state in self.states}
        if prod(len(one) for one in values.values()) > MOST_WORLDS:
            raise TooManyWorldsError
        for combination in product(*values.values()):
            yield dict(zip(values, combination, strict=True))

    def _days(self) -> list[date]:
        """Return the days on which the audit may be, as far as a date in a condition tells."""
        fixed = [one for leaves in self.leaves.values() for leaf in leaves for one in _dates(leaf)]
        return _around(fixed or [date(2026, 1, 1)]) if self._looks_at_dates() else []

    def _looks_at_dates(self) -> bool:
        facts = (one.fact for one in self.subjects.values())
        answers = (self._rule(one) for one in self.subjects.values() if one.kind == "answer")
        return any(fact and fact.type == "date" for fact in facts) or any(
            isinstance(rule, DateAnswer) for rule in answers
        )

    def _rule(self, subject: Subject) -> object:
        return self.library.by_key[subject.path[0]].requirement.answer

    def _values(self, variable: Variable, days: Sequence[date]) -> Sequence[object]:
        leaves = self.leaves[variable]
        if isinstance(leaves[0], Count):
            return self._counts([one for one in leaves if isinstance(one, Count)])
        subject = self.subjects[variable]
        if subject.kind == "answer":
            return self._answers(
                subject, [one for one in leaves if isinstance(one, AnswerIs)], days
            )
        compared = [one for one in leaves if isinstance(one, Compare)]
        named = [_words(leaf) for leaf in compared]
        if _is_own_state(variable):
            named += [(state,) for state in self.states]
        return _fact_values(subject, compared, named, days)

    def _counts(self, leaves: Sequence[Count]) -> Sequence[int]:
        """Return numbers of members at and beside the bounds; none if nobody can be counted."""
        if not find_world(self.library, [leaves[0].where], None):
            return (0,)
        bounds = [n for one in leaves for n in (one.at_least, one.at_most) if n is not None]
        return sorted({0, *(max(0, n + step) for n in bounds for step in (-1, 0, 1))})

    def _answers(
        self, subject: Subject, leaves: Sequence[AnswerIs], days: Sequence[date]
    ) -> Sequence[Said]:
        rule = self._rule(subject)
        plain: list[Said] = [("no", None), ("not-applicable", None)]
        if isinstance(rule, YesNoAnswer):
            return [("yes", None), ("partly", None), *plain]
        if isinstance(rule, ChoiceAnswer):
            good = rule.conforms_when.one_of
            return [("yes" if word in good else "no", word) for word in rule.choices] + plain
        if isinstance(rule, NumberAnswer):
            bounds = (rule.conforms_when.at_least, rule.conforms_when.at_most)
            marks = [Decimal(str(one)) for one in bounds if one is not None]
            marks += [one.operand for one in leaves if isinstance(one.operand, Decimal)]
            numbers = _between(marks)
            return [
                ("yes" if rule.judge(n, date.min).conforms else "no", n) for n in numbers
            ] + plain
        if isinstance(rule, DateAnswer):
            marks_of_days = [*days, *(one for leaf in leaves for one in _dates(leaf))]
            return [("", day) for day in (EARLIEST, *_around(marks_of_days))] + plain
        return [("yes", _OTHER), *plain]

    def holds(self, condition: Condition, world: World) -> bool:
        """Return whether a condition holds in a world where everything is known."""
        if isinstance(condition, AllOf):
            return all(self.holds(part, world) for part in condition.parts)
        if isinstance(condition, AnyOf):
            return any(self.holds(part, world) for part in condition.parts)
        if isinstance(condition, Not):
            return not self.holds(condition.part, world)
        if isinstance(condition, InState):
            return _is_in(condition.state, world)
        return self._leaf_holds(condition, world[_variable_of(condition)], world)

    def _leaf_holds(self, leaf: Condition, value: object, world: World) -> bool:
        if isinstance(leaf, Count) and isinstance(value, int):
            low = leaf.at_least is None or value >= leaf.at_least
            return low and (leaf.at_most is None or value <= leaf.at_most)
        if isinstance(leaf, AnswerIs):
            return self._is_answered(leaf, value, world)
        if isinstance(leaf, Compare):
            return compare(value, leaf.operator, leaf.operand, _today(world))  # type: ignore[arg-type]  # a value of this fact
        raise TypeError(leaf)

    def _is_answered(self, condition: AnswerIs, said: object, world: World) -> bool:
        """Whether an earlier answer is as wanted; one whose question was not asked equals nothing."""
        entry = self.library.by_key[condition.subject.path[0]]
        if not isinstance(said, tuple) or not self.holds(entry.condition, world):
            return False
        outcome, value = said
        rule = entry.requirement.answer
        if isinstance(rule, DateAnswer) and isinstance(value, date):
            outcome = "yes" if rule.judge(value, _today(world)).conforms else "no"
        if condition.outcomes:
            return outcome in condition.outcomes
        return value is not None and compare(
            value, condition.operator, condition.operand, _today(world)
        )


def _variable_of(condition: Condition) -> Variable:
    if isinstance(condition, Count):
        return ("count", *condition.subject.path, _spell(condition.where))
    if isinstance(condition, Compare | AnswerIs):
        return (condition.subject.kind, *condition.subject.path)
    raise TypeError(condition)


def _spell(condition: Condition) -> str:
    """Return a condition in a form that two alike share, without the facts behind it."""
    kind = type(condition).__name__
    if isinstance(condition, AllOf | AnyOf):
        return f"{kind}({','.join(map(_spell, condition.parts))})"
    if isinstance(condition, Not):
        return f"{kind}({_spell(condition.part)})"
    if isinstance(condition, Compare):
        return f"{condition.subject.path}{condition.operator}{condition.operand}"
    if isinstance(condition, AnswerIs):
        wanted = f"{condition.outcomes}{condition.operator}{condition.operand}"
        return f"{kind}{condition.subject.path}{wanted}"
    if isinstance(condition, Count):
        bounds = f"{condition.at_least}{condition.at_most}"
        return f"{kind}{condition.subject.path}{_spell(condition.where)}{bounds}"
    return repr(condition)


def _is_own_state(variable: Variable) -> bool:
    return variable[0] == "own" and variable[-1] == "state"


def _is_in(state: str, world: World) -> bool:
    """Whether what is asked about lies in a state; its own site's state says so if it is known."""
    own = [value for variable, value in world.items() if _is_own_state(variable)]
    return own[0] == state if own else bool(world[_IN, state])


def _today(world: World) -> date:
    today = world.get((_TODAY,))
    return today if isinstance(today, date) else EARLIEST


def _dates(leaf: Condition) -> Iterator[date]:
    """Yield the fixed days that a leaf compares with."""
    if isinstance(leaf, Compare | AnswerIs):
        if isinstance(leaf.operand, date):
            yield leaf.operand
        elif leaf.subject.fact and leaf.subject.fact.type == "date":
            for one in leaf.operand if isinstance(leaf.operand, tuple) else ():
                yield date.fromisoformat(one)


def _around(days: Sequence[date]) -> list[date]:
    """Return each day with the day before and the day after."""
    return sorted({day + step for day in days for step in (-_DAY, 0 * _DAY, _DAY)})


def _between(marks: Sequence[Decimal]) -> list[Decimal]:
    """Return each mark, a number between every two, and one beyond either end."""
    ordered = sorted(set(marks)) or [Decimal(0)]
    middles = [(a + b) / 2 for a, b in pairwise(ordered)]
    return sorted({*ordered, *middles, ordered[0] - 1, ordered[-1] + 1})


def _fact_values(
    subject: Subject,
    leaves: Sequence[Compare],
    named: Sequence[tuple[str, ...]],
    days: Sequence[date],
) -> Sequence[Value]:
    fact = subject.fact
    if fact is None:
        raise TypeError(subject)
    if fact.type == "number":
        marks = [Decimal(word) for words in named for word in words]
        marks += [one.operand for one in leaves if isinstance(one.operand, Decimal)]
        return _between(marks)
    if fact.type == "date":
        return _around([*days, *(one for leaf in leaves for one in _dates(leaf))])
    kinds = _kinds(fact.words or [*(word for words in named for word in words), _OTHER], named)
    return _subsets(kinds) if fact.type == "choices" else kinds


def _kinds(words: Iterable[str], named: Sequence[tuple[str, ...]]) -> list[str]:
    """Return one word of each kind: words that the same comparisons name are of one kind."""
    kinds: dict[tuple[bool, ...], str] = {}
    for word in words:
        kinds.setdefault(tuple(word in one for one in named), word)
    return list(kinds.values())


def _subsets(kinds: Sequence[str]) -> list[Value]:
    if 2 ** len(kinds) > MOST_WORLDS:
        raise TooManyWorldsError
    return [
        tuple(word for word, there in zip(kinds, which, strict=True) if there)
        for which in product((False, True), repeat=len(kinds))
    ]


def _words(leaf: Compare) -> tuple[str, ...]:
    return leaf.operand if isinstance(leaf.operand, tuple) else ()
