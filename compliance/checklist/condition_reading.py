"""Conditions as a file writes them, into `Condition`s; every name is checked against the facts."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from compliance.checklist.answer import (
    ChoiceAnswer,
    DateAnswer,
    NumberAnswer,
    TypedAnswer,
    YesNoAnswer,
)
from compliance.checklist.condition import (
    AllOf,
    AnswerIs,
    AnyOf,
    Compare,
    Condition,
    Count,
    Operator,
    Subject,
)
from compliance.checklist.fact import (
    UNKNOWN,
    Fact,
    FactSheet,
    Group,
    list_words,
    read_number,
)
from compliance.checklist.frozen import read_iso_date
from compliance.text.diagnostic import suggest
from compliance.text.yaml_text import Path

OUTCOMES = ("yes", "partly", "no", "not-applicable")


class Asked(Protocol):
    """What a condition needs to know of a requirement that it refers to."""

    @property
    def ask(self) -> str:
        """The question."""

    @property
    def for_each(self) -> str | None:
        """The group it is asked for."""

    @property
    def answer(self) -> YesNoAnswer | TypedAnswer:
        """The answers it takes."""


Report = Callable[[Path, str, str], None]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the conditions of one requirement, section, checklist or group.

    `group` is what the question is asked for; `bare` means that keys without `this.` are the
    facts of `group` (inside `count`). `report` takes path, sentence and hint.
    """

    sheet: FactSheet
    report: Report
    group: Group | None = None
    requirements: Mapping[str, Asked] = field(default_factory=dict)
    bare: bool = False

    def read(self, raw: object, path: Path) -> Condition:
        """Return the condition; what is wrong is reported and left out."""
        if not isinstance(raw, dict) or not raw:
            self.report(path, "A condition is a mapping such as “routes: {includes: iv}”.", "")
            return AllOf()
        parts = [part for key, value in raw.items() for part in self._read_key(key, value, path)]
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _read_key(self, key: str, value: Any, path: Path) -> Iterator[Condition]:  # noqa: ANN401 - as written
        place = (*path, key)
        if key == "any_of":
            yield from self._read_any_of(value, place)
        elif key == "answers":
            yield from self._read_answers(value, place)
        elif key == "count":
            yield from self._read_count(value, place)
        elif subject := self._find_subject(key, place):
            yield from self._read_comparison(subject, value, place)

    def _read_any_of(self, value: object, place: Path) -> Iterator[Condition]:
        if not isinstance(value, list) or not value:
            self.report(place, "“any_of” takes a list of conditions.", "")
            return
        yield AnyOf(tuple(self.read(one, (*place, i)) for i, one in enumerate(value)))

    def _find_subject(self, key: str, place: Path) -> Subject | None:
        if key.startswith("this."):
            return self._find_own(tuple(key.split(".")[1:]), key, place)
        if self.bare and self.group:
            return self._find_own(tuple(key.split(".")), key, place)
        if fact := self.sheet.fact(key):
            return Subject("clinic", (key,), None, fact, fact.ask)
        names = [fact.id for fact in self.sheet.clinic] + ["answers", "any_of", "count"]
        hint = suggest(key, names) or "Facts are declared in facts.yaml."
        self.report(place, f"There is no fact “{key}”.", hint)
        return None

    def _find_own(self, path: tuple[str, ...], key: str, place: Path) -> Subject | None:
        if self.group is None:
            message = f"“{key}” needs a “for_each”, so that there is a thing to speak of."
            self.report(place, message, "Add for_each, or name a fact of the clinic.")
            return None
        group = self.group
        for step in path[:-1]:
            following = self._step(group, step)
            if following is None:
                self._report_unknown(step, group, key, place)
                return None
            group = following
        owner = self.sheet.base(group)
        fact = owner.fact(path[-1])
        if fact is None or fact.type in {"thing", "things"}:
            self._report_unknown(path[-1], group, key, place)
            return None
        return Subject("own", path, owner.id, fact, fact.ask)

    def _step(self, group: Group, step: str) -> Group | None:
        if group.pairs and step in group.pairs:
            return self.sheet.group(step)
        fact = self.sheet.base(group).fact(step)
        return self.sheet.group(fact.of) if fact and fact.type == "thing" and fact.of else None

    def _report_unknown(self, step: str, group: Group, key: str, place: Path) -> None:
        names = [fact.id for fact in self.sheet.base(group).facts] + list(group.pairs or ())
        message = f"“{key}”: a {group.title.lower()} has no fact “{step}”."
        self.report(place, message, suggest(step, names) or f"It has {list_words(names)}.")

    def _read_comparison(self, subject: Subject, value: Any, place: Path) -> Iterator[Condition]:  # noqa: ANN401 - as written
        fact = subject.fact
        if fact is None:
            return
        if not isinstance(value, dict):
            words = self._read_words(fact, value, place)
            if words:
                yield Compare(subject, "any_of", words)
            return
        for name, raw in value.items():
            read = self._read_operand(name, raw, fact.type, fact, (*place, name))
            if read:
                yield Compare(subject, *read)

    def _read_words(self, fact: Fact, value: Any, place: Path) -> tuple[str, ...]:  # noqa: ANN401 - as written
        raw_words = value if isinstance(value, list) else [value]
        words = tuple(str(word) for word in raw_words)
        for index, word in enumerate(words):
            spot = (*place, index) if isinstance(value, list) else place
            if word == UNKNOWN:
                message = "A condition cannot ask for “unknown”: an unknown fact already applies."
                self.report(spot, message, "Name the values that are meant.")
                return ()
            if fact.words and word not in fact.words:
                message = f"“{word}” is not a value of “{fact.id}”."
                hint = suggest(word, fact.words) or f"Use {list_words(fact.words)}."
                self.report(spot, message, hint)
                return ()
        return words

    def _read_operand(
        self, name: str, raw: object, kind: str, fact: Fact | None, place: Path
    ) -> tuple[Operator, Any] | None:
        allowed = {
            "choices": ("includes",),
            "number": ("at_least", "at_most"),
            "date": ("before", "after"),
        }.get(kind, ())
        if name not in allowed:
            fits = f"It takes {list_words(allowed)}." if allowed else "It takes a value or a list."
            self.report(place, f"“{name}” does not fit here.", suggest(name, allowed) or fits)
            return None
        try:
            if name == "includes" and fact:
                words = self._read_words(fact, raw, place)
                return ("any_of", words) if words else None
            if name in {"before", "after"}:
                return name, "today" if raw == "today" else read_iso_date(raw)  # type: ignore[return-value]  # name is one of the two
            return name, read_number(raw)  # type: ignore[return-value]  # name is at_least or at_most
        except ValueError as error:
            self.report(place, f"{str(error)[0].upper()}{str(error)[1:]}.", "")
            return None

    def _read_answers(self, value: object, place: Path) -> Iterator[Condition]:
        if not isinstance(value, dict) or not value:
            self.report(place, "“answers” takes a mapping of requirement to answer.", "")
            return
        for key, wanted in value.items():
            spot = (*place, key)
            asked = self.requirements.get(key)
            if asked is None:
                hint = suggest(key, self.requirements) or "Write it as checklist/requirement."
                self.report(spot, f"There is no requirement “{key}”.", hint)
            elif not self._may_see(asked):
                message = f"“{key}” is asked for each {asked.for_each}; its answers are not this one's to read."
                self.report(spot, message, "Refer to one asked once, or for the same thing.")
            else:
                subject = Subject("answer", (key,), asked.for_each, None, asked.ask)
                yield from self._read_outcome(subject, asked.answer, wanted, spot)

    def _may_see(self, asked: Asked) -> bool:
        if asked.for_each is None:
            return True
        other = self.sheet.group(asked.for_each)
        if other is None or self.group is None:
            return False
        return self.sheet.base(other).id == self.sheet.base(self.group).id

    def _read_outcome(
        self,
        subject: Subject,
        answer: YesNoAnswer | TypedAnswer,
        wanted: Any,  # noqa: ANN401 - as written
        spot: Path,
    ) -> Iterator[Condition]:
        if isinstance(wanted, dict):
            kind = {DateAnswer: "date", NumberAnswer: "number"}.get(type(answer), "")
            for name, raw in wanted.items():
                read = self._read_operand(name, raw, kind, None, (*spot, name))
                if read:
                    yield AnswerIs(subject, (), *read)
            return
        words = tuple(str(word) for word in (wanted if isinstance(wanted, list) else [wanted]))
        choices = tuple(answer.choices) if isinstance(answer, ChoiceAnswer) else ()
        for word in words:
            if word not in OUTCOMES and word not in choices:
                known = (*OUTCOMES, *choices)
                hint = suggest(word, known) or f"Use {list_words(known)}."
                self.report(spot, f"“{word}” is no answer to this requirement.", hint)
                return
        if set(words) <= set(OUTCOMES):
            yield AnswerIs(subject, words)
        else:
            yield AnswerIs(subject, (), "any_of", words)

    def _read_count(self, value: object, place: Path) -> Iterator[Condition]:
        if not isinstance(value, dict) or "of" not in value:
            message = "“count” takes of, where, and at_least or at_most."
            self.report(place, message, "Write {of: staff, where: {role: crna}, at_least: 1}.")
            return
        group = self.sheet.group(str(value["of"]))
        if group is None:
            names = [one.id for one in self.sheet.groups]
            hint = suggest(str(value["of"]), names) or f"Use {list_words(names)}."
            self.report((*place, "of"), f"There is no group “{value['of']}”.", hint)
            return
        bounds = self._read_bounds(value, place)
        if bounds is None:
            return
        inner = Reader(self.sheet, self.report, group, {}, bare=True)
        where = inner.read(value["where"], (*place, "where")) if "where" in value else AllOf()
        subject = Subject("group", (group.id,), group.id, None, group.ask or group.title)
        yield Count(subject, where, *bounds)

    def _read_bounds(
        self, value: dict[str, Any], place: Path
    ) -> tuple[int | None, int | None] | None:
        known = ("of", "where", "at_least", "at_most")
        good = True
        for key, raw in value.items():
            if key not in known:
                hint = suggest(key, known) or f"It takes {list_words(known)}."
                self.report((*place, key), f"“{key}” does not fit in “count”.", hint)
                good = False
            elif key in {"at_least", "at_most"} and (not isinstance(raw, int) or raw < 0):
                self.report((*place, key), f"“{raw}” is no whole number.", "Write 1, 2, 3 …")
                good = False
        if good and not {"at_least", "at_most"} & set(value):
            self.report(place, "“count” needs at_least or at_most.", "")
            good = False
        return (value.get("at_least"), value.get("at_most")) if good else None


def operand_text(operand: object) -> str:
    """Return an operand as a person reads it."""
    if isinstance(operand, tuple):
        return list_words([str(one) for one in operand])
    return str(operand.normalize() if isinstance(operand, Decimal) else operand)
