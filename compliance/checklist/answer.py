"""What can be answered, and when an answer conforms."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from compliance.checklist.fact import list_words, read_number
from compliance.checklist.frozen import Frozen, Text, read_iso_date
from compliance.checklist.pattern import PATTERNS
from compliance.checklist.period import Period, read_period

Word = Literal["yes", "partly", "no", "not-applicable", "unknown"]
WORDS: tuple[Word, ...] = ("yes", "partly", "no", "not-applicable", "unknown")
TYPED_WORDS: tuple[Word, ...] = ("no", "not-applicable", "unknown")
BASES: tuple[str, ...] = ("seen", "record", "told")

AnswerValue = date | Decimal | str


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a typed value conforms, what to be warned of, and when it lapses."""

    conforms: bool
    warning: str = ""
    lapses_on: date | None = None


def _check_date_or_today(text: str) -> str:
    if text != "today":
        read_iso_date(text)
    return text


def _check_period(text: str) -> str:
    read_period(text)
    return text


def _check_bound(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"“{value}” is not a number")  # noqa: TRY004 - a wrong value in a file
    return value


Bound = Annotated[int | float, BeforeValidator(_check_bound)]
DateOrToday = Annotated[str, AfterValidator(_check_date_or_today)]
PeriodText = Annotated[str, AfterValidator(_check_period)]


class DateRule(Frozen):
    """When a date conforms; all that is given must hold."""

    not_before: DateOrToday | None = None
    not_after: DateOrToday | None = None
    within_last: PeriodText | None = None

    @model_validator(mode="after")
    def _check_any(self) -> Self:
        if not (self.not_before or self.not_after or self.within_last):
            sentence = "Say “not_before”, “not_after” or “within_last”"
            raise PydanticCustomError("date-without-rule", sentence)
        bounds = (self.not_before, self.not_after)
        if "today" not in bounds and all(bounds) and bounds[0] > bounds[1]:  # type: ignore[operator]  # both are texts here, and ISO dates sort
            sentence = "“not_before” is later than “not_after”, so nothing can conform"
            raise PydanticCustomError("impossible-range", sentence)
        return self

    @property
    def lapses(self) -> bool:
        """Whether a date that conforms today stops doing so one day."""
        return self.not_before == "today" or self.within_last is not None


class NumberRule(Frozen):
    """When a number conforms; both bounds are inclusive."""

    at_least: Bound | None = None
    at_most: Bound | None = None

    @model_validator(mode="after")
    def _check_bounds(self) -> Self:
        if self.at_least is None and self.at_most is None:
            raise ValueError("say “at_least” or “at_most”")
        if None not in (self.at_least, self.at_most) and self.at_least > self.at_most:  # type: ignore[operator]  # both are numbers here
            sentence = "“at_least” is larger than “at_most”, so nothing can conform"
            raise PydanticCustomError("impossible-range", sentence)
        return self


class ChoiceRule(Frozen):
    """The choices that conform."""

    one_of: tuple[str, ...] = Field(min_length=1)


class YesNoAnswer(Frozen):
    """The ordinary question: yes conforms, no does not."""

    type: Literal["yes_no"] = "yes_no"


class DateAnswer(Frozen):
    """A date, such as the day on a certificate."""

    type: Literal["date"]
    conforms_when: DateRule
    warn_within: PeriodText | None = None

    @model_validator(mode="after")
    def _check_warning(self) -> Self:
        if self.warn_within and not self.conforms_when.lapses:
            raise ValueError(
                "“warn_within” needs “not_before: today” or “within_last” to count from"
            )
        return self

    def read(self, raw: object, as_of: date) -> date:
        """Return the date; a day in the future cannot be within the last anything.

        Raises:
            ValueError: it is no date, an absurd one, or after `as_of` where it cannot be.
        """
        day = read_iso_date(raw.strip() if isinstance(raw, str) else raw)
        if self.conforms_when.within_last and day > as_of:
            raise ValueError(f"{day} is after the day of the audit, {as_of}")
        return day

    def judge(self, value: AnswerValue, as_of: date) -> Judgement:
        """Judge a date against the day of the audit."""
        if not isinstance(value, date):
            raise TypeError(value)
        rule = self.conforms_when
        last_good = _earliest(
            [
                value if rule.not_before == "today" else None,
                read_period(rule.within_last).after(value) if rule.within_last else None,
            ]
        )
        conforms = (
            (last_good is None or as_of <= last_good)
            and (not rule.not_before or value >= _resolve(rule.not_before, as_of))
            and (not rule.not_after or value <= _resolve(rule.not_after, as_of))
        )
        return Judgement(conforms, self._warn(last_good, as_of) if conforms else "", last_good)

    def _warn(self, last_good: date | None, as_of: date) -> str:
        if not (self.warn_within and last_good):
            return ""
        period: Period = read_period(self.warn_within)
        return f"Good until {last_good}; renew in time." if last_good <= period.after(as_of) else ""


class NumberAnswer(Frozen):
    """A number with its unit."""

    type: Literal["number"]
    unit: Text
    conforms_when: NumberRule

    def read(self, raw: object, as_of: date) -> Decimal:  # noqa: ARG002 - one form for all types
        """Return the number.

        Raises:
            ValueError: it is none.
        """
        return read_number(raw)

    def judge(self, value: AnswerValue, as_of: date) -> Judgement:  # noqa: ARG002 - as above
        """Judge a number against its bounds."""
        if not isinstance(value, Decimal):
            raise TypeError(value)
        rule = self.conforms_when
        low = rule.at_least is None or value >= Decimal(str(rule.at_least))
        high = rule.at_most is None or value <= Decimal(str(rule.at_most))
        return Judgement(low and high)


class ChoiceAnswer(Frozen):
    """One of several choices."""

    type: Literal["choice"]
    choices: dict[str, Text] = Field(min_length=2)
    conforms_when: ChoiceRule

    @model_validator(mode="after")
    def _check_choices(self) -> Self:
        for word in self.conforms_when.one_of:
            if word not in self.choices:
                sentence = f"“{word}” is not among the choices {list_words(self.choices)}"
                raise PydanticCustomError(
                    "choice-nobody-passes", "{sentence}", {"sentence": sentence}
                )
        taken = set(self.choices) & set(WORDS)
        if taken:
            raise ValueError(f"“{taken.pop()}” is an answer of its own; name the choice otherwise")
        return self

    def read(self, raw: object, as_of: date) -> str:  # noqa: ARG002 - one form for all types
        """Return the choice.

        Raises:
            ValueError: there is no such choice.
        """
        if not isinstance(raw, str) or raw.strip() not in self.choices:
            raise ValueError(f"“{raw}” is not among {list_words(self.choices)}")
        return raw.strip()

    def judge(self, value: AnswerValue, as_of: date) -> Judgement:  # noqa: ARG002 - as above
        """Judge a choice."""
        return Judgement(value in self.conforms_when.one_of)


class TextAnswer(Frozen):
    """A number or name of a known form, with a check digit where the form has one."""

    type: Literal["text"]
    pattern: Literal["dea-number", "npi"]

    def read(self, raw: object, as_of: date) -> str:  # noqa: ARG002 - one form for all types
        """Return the text without the blanks around it, in capitals; an NPI may come as a number.

        Raises:
            ValueError: it is empty, or no text.
        """
        if isinstance(raw, bool) or not isinstance(raw, str | int):
            raise ValueError(f"“{raw}” is not a text")  # noqa: TRY004 - a wrong answer
        text = str(raw).strip().upper()
        if not text:
            raise ValueError("nothing was typed")
        return text

    def judge(self, value: AnswerValue, as_of: date) -> Judgement:  # noqa: ARG002 - as above
        """Judge by the pattern's form and check digit."""
        return Judgement(PATTERNS[self.pattern](str(value)))


TypedAnswer = DateAnswer | NumberAnswer | ChoiceAnswer | TextAnswer
AnswerRule = Annotated[
    YesNoAnswer | DateAnswer | NumberAnswer | ChoiceAnswer | TextAnswer,
    Field(discriminator="type"),
]


def read_answer(rule: YesNoAnswer | TypedAnswer, raw: Any, as_of: date) -> Word | AnswerValue:  # noqa: ANN401 - whatever was typed
    """Return one of the words, or the typed value.

    Raises:
        ValueError: the question cannot be answered so; the sentence says how it can.
    """
    words = WORDS if isinstance(rule, YesNoAnswer) else TYPED_WORDS
    for word in words:
        if raw == word:
            return word
    if isinstance(rule, YesNoAnswer):
        sentence = f"“{raw}” is not among {list_words(WORDS)}"
        raise ValueError(sentence)  # noqa: TRY004 - a wrong answer, not a wrong type
    return rule.read(raw, as_of)


def _resolve(text: str, as_of: date) -> date:
    return as_of if text == "today" else read_iso_date(text)


def _earliest(days: list[date | None]) -> date | None:
    known = [day for day in days if day is not None]
    return min(known) if known else None
