"""Three-valued conditions: what they say, whether they hold, and which fact decided.

Kleene's logic over an ordered scale: *and* is the least, *or* the greatest, *not* the mirror.
An unknown fact makes a comparison unknown; a requirement whose condition is unknown applies.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Literal, Protocol

from compliance.checklist.fact import Fact, Value


class Truth(IntEnum):
    """no < unknown < yes."""

    NO = 0
    UNKNOWN = 1
    YES = 2

    def negate(self) -> "Truth":
        """Return the mirror: unknown stays unknown."""
        return Truth(2 - self)


@dataclass(frozen=True, slots=True)
class Given:
    """The answer to a requirement as a condition sees it.

    `outcome` is yes, partly, no or not-applicable; None for unanswered and “I don't know”.
    """

    outcome: str | None
    value: Value | None = None
    out_of_scope: bool = False


class World(Protocol):
    """What a condition may look at: the clinic, its own thing, and what was answered."""

    @property
    def as_of(self) -> date:
        """The day of the audit."""

    @property
    def belongs(self) -> Truth:
        """Whether the thing is a member of the group that was asked for: yes, or not known."""

    def clinic_fact(self, name: str) -> Value | None:
        """Return a fact of the clinic; None when it is not known."""

    def own_fact(self, path: tuple[str, ...]) -> Value | None:
        """Return a fact of the thing that the question is asked for; None when not known."""

    def answer_to(self, requirement: str) -> Given:
        """Return the answer for the same thing, or the one given once."""

    def members(self, group: str) -> Sequence["World"] | None:
        """Return the members of a group, each as its own world; None when not yet declared."""

    def works_in(self, state: str) -> Truth:
        """Return whether this thing, or any site of the clinic, belongs to a state."""


class Condition(Protocol):
    """Anything that holds, does not hold, or is not known."""

    def holds(self, world: World) -> Truth:
        """Return whether it holds in `world`."""

    def explain(self, world: World, truth: Truth) -> str:
        """Return, in a sentence part, which fact made it `truth`."""

    def facts(self) -> Iterable["Subject"]:
        """Return every subject it looks at."""


Operator = Literal["any_of", "at_least", "at_most", "before", "after"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a comparison looks at: a clinic's fact, an own fact, an answer, or a group.

    Inside a count, `member` is a fact of every member of a group, `member-answer` an answer
    given for any of them.
    """

    kind: Literal["clinic", "own", "answer", "group", "member", "member-answer"]
    path: tuple[str, ...]
    group: str | None = None
    fact: Fact | None = None
    text: str = ""

    def look(self, world: World) -> Value | None:
        """Return its value in `world`, None when unknown."""
        if self.kind == "clinic":
            return world.clinic_fact(self.path[0])
        return world.own_fact(self.path)


@dataclass(frozen=True, slots=True)
class Compare:
    """A fact against one operator; several values mean any of them."""

    subject: Subject
    operator: Operator
    operand: tuple[str, ...] | Decimal | date | Literal["today"]

    def holds(self, world: World) -> Truth:
        """Unknown when the fact is; a fact with several values needs one in common."""
        value = self.subject.look(world)
        if value is None:
            return Truth.UNKNOWN
        return Truth.YES if compare(value, self.operator, self.operand, world.as_of) else Truth.NO

    def explain(self, world: World, truth: Truth) -> str:  # noqa: ARG002 - one form for all
        """Return the question of the fact and what was said."""
        value = self.subject.look(world)
        if value is None:
            return f"{self.subject.text} Not known yet, so it is asked."
        fact = self.subject.fact
        return f"{self.subject.text} {fact.show(value) if fact else value}."

    def facts(self) -> Iterable[Subject]:
        """Return its subject."""
        return (self.subject,)


@dataclass(frozen=True, slots=True)
class AnswerIs:
    """The outcome of an earlier requirement, or an operator over its typed value."""

    subject: Subject
    outcomes: tuple[str, ...] = ()
    operator: Operator = "any_of"
    operand: tuple[str, ...] | Decimal | date | Literal["today"] = ()

    def holds(self, world: World) -> Truth:
        """Out of scope equals nothing; unanswered and “I don't know” are unknown."""
        given = world.answer_to(self.subject.path[0])
        if given.out_of_scope:
            return Truth.NO
        if given.outcome is None:
            return Truth.UNKNOWN
        if self.outcomes:
            return Truth.YES if given.outcome in self.outcomes else Truth.NO
        if given.value is None:
            return Truth.NO
        hit = compare(given.value, self.operator, self.operand, world.as_of)
        return Truth.YES if hit else Truth.NO

    def explain(self, world: World, truth: Truth) -> str:  # noqa: ARG002 - one form for all
        """Return the earlier question and its answer."""
        given = world.answer_to(self.subject.path[0])
        said = "not asked" if given.out_of_scope else given.outcome or "not answered"
        return f"“{self.subject.text}” came out as: {said}."

    def facts(self) -> Iterable[Subject]:
        """Return the requirement it reads."""
        return (self.subject,)


@dataclass(frozen=True, slots=True)
class Count:
    """How many members of a group fulfil a condition, certain and possible ones apart."""

    subject: Subject
    where: Condition
    at_least: int | None
    at_most: int | None

    def holds(self, world: World) -> Truth:
        """Unknown while the possible members could still decide."""
        members = world.members(self.subject.path[0])
        if members is None:
            return Truth.UNKNOWN
        truths = [min(member.belongs, self.where.holds(member)) for member in members]
        certain = truths.count(Truth.YES)
        possible = certain + truths.count(Truth.UNKNOWN)
        verdicts = [Truth.YES]
        if self.at_least is not None:
            verdicts.append(_between(certain >= self.at_least, possible >= self.at_least))
        if self.at_most is not None:
            verdicts.append(_between(possible <= self.at_most, certain <= self.at_most))
        return min(verdicts)

    def explain(self, world: World, truth: Truth) -> str:  # noqa: ARG002 - one form for all
        """Return how many there are."""
        members = world.members(self.subject.path[0])
        if members is None:
            return f"{self.subject.text}: not known yet, so it is asked."
        truths = [min(member.belongs, self.where.holds(member)) for member in members]
        fit = truths.count(Truth.YES)
        return f"{self.subject.text} Of the {len(members)} listed, {fit} {'counts' if fit == 1 else 'count'}."

    def facts(self) -> Iterable[Subject]:
        """Return the group and everything that is looked at in its members."""
        kinds: dict[str, Literal["member", "member-answer"]]
        kinds = {"own": "member", "answer": "member-answer"}
        inner = self.where.facts()
        return (self.subject, *(replace(one, kind=kinds.get(one.kind, one.kind)) for one in inner))


@dataclass(frozen=True, slots=True)
class InState:
    """A state's jurisdiction, which is itself a condition."""

    state: str
    subjects: tuple[Subject, ...] = ()

    def holds(self, world: World) -> Truth:
        """Whether the thing, or for a question asked once any site, belongs to the state."""
        return world.works_in(self.state)

    def explain(self, world: World, truth: Truth) -> str:  # noqa: ARG002 - one form for all
        """Return the state in question."""
        return f"It is asked only in {self.state}."

    def facts(self) -> Iterable[Subject]:
        """Return the states of the sites."""
        return self.subjects


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must hold; with no parts it always does."""

    parts: tuple[Condition, ...] = ()

    def holds(self, world: World) -> Truth:
        """Return the least of its parts."""
        return min((part.holds(world) for part in self.parts), default=Truth.YES)

    def explain(self, world: World, truth: Truth) -> str:
        """Return what decided: one part for a no, every part for a yes."""
        return _explain_parts(self.parts, world, truth, enough=Truth.NO)

    def facts(self) -> Iterable[Subject]:
        """Return the subjects of all parts."""
        return (subject for part in self.parts for subject in part.facts())


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part must hold."""

    parts: tuple[Condition, ...]

    def holds(self, world: World) -> Truth:
        """Return the greatest of its parts."""
        return max((part.holds(world) for part in self.parts), default=Truth.NO)

    def explain(self, world: World, truth: Truth) -> str:
        """Return what decided: one part for a yes, every part for a no."""
        return _explain_parts(self.parts, world, truth, enough=Truth.YES)

    def facts(self) -> Iterable[Subject]:
        """Return the subjects of all parts."""
        return (subject for part in self.parts for subject in part.facts())


@dataclass(frozen=True, slots=True)
class Not:
    """The mirror of a condition: `unless`."""

    part: Condition

    def holds(self, world: World) -> Truth:
        """Return the mirror of its part."""
        return self.part.holds(world).negate()

    def explain(self, world: World, truth: Truth) -> str:
        """Return what decided its part."""
        return self.part.explain(world, truth.negate())

    def facts(self) -> Iterable[Subject]:
        """Return the subjects of its part."""
        return self.part.facts()


def _explain_parts(
    parts: tuple[Condition, ...], world: World, truth: Truth, *, enough: Truth
) -> str:
    deciding = [part for part in parts if part.holds(world) is truth]
    if truth is enough:
        deciding = deciding[:1]
    sentences = (part.explain(world, truth) for part in deciding)
    return " ".join(dict.fromkeys(sentence for sentence in sentences if sentence))


def _between(certainly: bool, possibly: bool) -> Truth:  # noqa: FBT001 - two verdicts, one scale
    if certainly:
        return Truth.YES
    return Truth.UNKNOWN if possibly else Truth.NO


def compare(
    value: Value, operator: Operator, operand: tuple[str, ...] | Decimal | date | str, as_of: date
) -> bool:
    """Return whether a known value fits an operator; `today` is the day of the audit."""
    if operator == "any_of" and isinstance(operand, tuple):
        return any(_equals(value, one) for one in operand)
    limit = as_of if operand == "today" else operand
    if isinstance(value, date) and isinstance(limit, date):
        return value < limit if operator == "before" else value > limit
    if isinstance(value, Decimal) and isinstance(limit, Decimal):
        return value >= limit if operator == "at_least" else value <= limit
    raise TypeError(f"{operator} over {value!r} and {operand!r}")


def _equals(value: Value, word: str) -> bool:
    if isinstance(value, tuple):
        return word in value
    if isinstance(value, Decimal):
        return value == Decimal(word)
    return str(value) == word
