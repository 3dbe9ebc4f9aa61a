import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from compliance.checklist.answer import AnswerRule, TypedAnswer, YesNoAnswer, read_answer

RULE: TypeAdapter[Any] = TypeAdapter(AnswerRule)
TODAY = date(2026, 11, 23)


def rule(**parts: object) -> Any:  # noqa: ANN401 - any of the answer types
    return RULE.validate_json(json.dumps(parts))


EXPIRY = rule(type="date", conforms_when={"not_before": "today"}, warn_within="90 days")
COUNT = rule(type="date", conforms_when={"within_last": "2 years"}, warn_within="1 month")
MINUTES = rule(type="number", unit="minutes", conforms_when={"at_least": 120})
SCORE = rule(type="number", unit="points", conforms_when={"at_least": 0.1, "at_most": 0.3})
LOCK = rule(type="choice", choices={"a": "Steel", "b": "Wood"}, conforms_when={"one_of": ["a"]})
DEA = rule(type="text", pattern="dea-number")
NPI = rule(type="text", pattern="npi")

JUDGED = [
    (EXPIRY, "2026-11-22", False, None),
    (EXPIRY, "2026-11-23", True, "2026-11-23"),
    (EXPIRY, "2027-02-21", True, "2027-02-21"),
    (EXPIRY, "2027-02-22", True, ""),
    (EXPIRY, "2199-12-31", True, ""),
    (COUNT, "2024-11-22", False, None),
    (COUNT, "2024-11-23", True, "2026-11-23"),
    (COUNT, "2024-12-23", True, "2026-12-23"),
    (COUNT, "2024-12-24", True, ""),
    (COUNT, "2026-11-23", True, ""),
    (MINUTES, "119.99", False, None),
    (MINUTES, "120", True, ""),
    (MINUTES, "-120", False, None),
    (SCORE, "0.1", True, ""),
    (SCORE, "0.3", True, ""),
    (SCORE, "0.30", True, ""),
    (SCORE, "0.31", False, None),
    (LOCK, "a", True, ""),
    (LOCK, "b", False, None),
    (DEA, "AB1234563", True, ""),
    (DEA, " ab1234563 ", True, ""),
    (DEA, "AB1234560", False, None),
    (NPI, "1234567893", True, ""),
    (NPI, 1234567893, True, ""),
    (NPI, "x", False, None),
]


@pytest.mark.parametrize(("answer", "raw", "conforms", "warned_until"), JUDGED)
def test_a_value_is_judged_by_its_rule(
    answer: TypedAnswer, raw: object, conforms: bool, warned_until: str | None
) -> None:
    judgement = answer.judge(read_answer(answer, raw, TODAY), TODAY)
    assert judgement.conforms is conforms
    expected = f"Good until {warned_until}; renew in time." if warned_until else ""
    assert judgement.warning == expected


BOUNDS = [
    ({"not_after": "today"}, "2026-11-23", True),
    ({"not_after": "today"}, "2026-11-24", False),
    ({"not_before": "2026-01-01", "not_after": "2026-06-30"}, "2026-01-01", True),
    ({"not_before": "2026-01-01", "not_after": "2026-06-30"}, "2025-12-31", False),
    ({"not_before": "2026-01-01", "not_after": "2026-06-30"}, "2026-07-01", False),
    ({"within_last": "1 year", "not_before": "2026-06-01"}, "2026-05-31", False),
    ({"within_last": "1 day"}, "2026-11-22", True),
    ({"within_last": "1 day"}, "2026-11-21", False),
]


@pytest.mark.parametrize(("conforms_when", "raw", "conforms"), BOUNDS)
def test_all_bounds_of_a_date_must_hold(
    conforms_when: dict[str, str], raw: str, conforms: bool
) -> None:
    answer = rule(type="date", conforms_when=conforms_when)
    assert answer.judge(read_answer(answer, raw, TODAY), TODAY).conforms is conforms


def test_a_leap_days_inventory_is_good_through_the_last_of_february() -> None:
    answer = rule(type="date", conforms_when={"within_last": "1 year"})
    counted = read_answer(answer, "2024-02-29", date(2024, 3, 1))
    assert answer.judge(counted, date(2025, 2, 28)).conforms
    assert not answer.judge(counted, date(2025, 3, 1)).conforms


def test_the_day_on_which_a_date_lapses_is_the_last_good_one() -> None:
    assert EXPIRY.judge(date(2027, 5, 1), TODAY).lapses_on == date(2027, 5, 1)
    assert COUNT.judge(date(2025, 5, 31), TODAY).lapses_on == date(2027, 5, 31)
    assert MINUTES.judge(Decimal(1), TODAY).lapses_on is None


REFUSED = [
    (EXPIRY, "23.11.2026", "“23.11.2026” is not a date; write it as 2026-11-23"),
    (EXPIRY, "11/23/2026", "“11/23/2026” is not a date; write it as 2026-11-23"),
    (EXPIRY, "2026-11-31", "there is no day 2026-11-31"),
    (EXPIRY, "2025-02-29", "there is no day 2025-02-29"),
    (EXPIRY, "20261123", "“20261123” is not a date; write it as 2026-11-23"),
    (EXPIRY, "2026-W48-1", "“2026-W48-1” is not a date; write it as 2026-11-23"),
    (EXPIRY, "0206-11-23", "0206-11-23 cannot be meant; give a year between 1900 and 2199"),
    (EXPIRY, "1899-12-31", "1899-12-31 cannot be meant; give a year between 1900 and 2199"),
    (EXPIRY, "2200-01-01", "2200-01-01 cannot be meant; give a year between 1900 and 2199"),
    (EXPIRY, "٢٠٢٦-١١-٢٣", "“٢٠٢٦-١١-٢٣” is not a date; write it as 2026-11-23"),
    (EXPIRY, None, "“None” is not a date; write it as 2026-11-23"),
    (EXPIRY, 20261123, "“20261123” is not a date; write it as 2026-11-23"),
    (EXPIRY, "yes", "“yes” is not a date; write it as 2026-11-23"),
    (COUNT, "2026-11-24", "2026-11-24 is after the day of the audit, 2026-11-23"),
    (MINUTES, "two hours", "“two hours” is not a number; write it in digits, as 12 or 1.5"),
    (MINUTES, "1,000", "“1,000” is not a number; write it in digits, as 12 or 1.5"),
    (MINUTES, "1_000", "“1_000” is not a number; write it in digits, as 12 or 1.5"),
    (MINUTES, "1e9", "“1e9” is not a number; write it in digits, as 12 or 1.5"),
    (MINUTES, "NaN", "“NaN” is not a number; write it in digits, as 12 or 1.5"),
    (MINUTES, "Infinity", "“Infinity” is not a number; write it in digits, as 12 or 1.5"),
    (MINUTES, "", "“” is not a number; write it in digits, as 12 or 1.5"),
    (MINUTES, "1" * 16, f"“{'1' * 16}” is not a number; write it in digits, as 12 or 1.5"),
    (MINUTES, True, "“True” is not a number; write it in digits, as 12 or 1.5"),
    (MINUTES, [1], "“[1]” is not a number; write it in digits, as 12 or 1.5"),
    (LOCK, "c", "“c” is not among a or b"),
    (LOCK, "yes", "“yes” is not among a or b"),
    (LOCK, 1, "“1” is not among a or b"),
    (DEA, "  ", "nothing was typed"),
    (DEA, None, "“None” is not a text"),
    (DEA, ["AB1234563"], "“['AB1234563']” is not a text"),
    (YesNoAnswer(), "Yes!", "“Yes!” is not among yes, partly, no, not-applicable or unknown"),
    (YesNoAnswer(), None, "“None” is not among yes, partly, no, not-applicable or unknown"),
    (EXPIRY, "partly", "“partly” is not a date; write it as 2026-11-23"),
]


@pytest.mark.parametrize(("answer", "raw", "says"), REFUSED, ids=[one[2] for one in REFUSED])
def test_what_cannot_be_an_answer_is_refused_in_a_sentence(
    answer: TypedAnswer, raw: object, says: str
) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole sentence is compared
        read_answer(answer, raw, TODAY)
    assert str(caught.value) == says


@pytest.mark.parametrize("word", ["no", "not-applicable", "unknown"])
@pytest.mark.parametrize("answer", [EXPIRY, COUNT, MINUTES, LOCK, DEA, NPI, YesNoAnswer()])
def test_every_question_takes_no_not_applicable_and_unknown(answer: TypedAnswer, word: str) -> None:
    assert read_answer(answer, word, TODAY) == word


@pytest.mark.parametrize("word", ["yes", "partly"])
def test_yes_and_partly_are_for_plain_questions(word: str) -> None:
    assert read_answer(YesNoAnswer(), word, TODAY) == word


@given(st.dates(date(2020, 1, 1), date(2033, 1, 1)), st.dates(date(2020, 1, 1), date(2033, 1, 1)))
def test_a_date_that_conforms_did_so_on_every_day_before(day: date, as_of: date) -> None:
    for answer in (EXPIRY, COUNT):
        judgement = answer.judge(day, as_of)
        assert judgement.conforms == (as_of <= judgement.lapses_on)


@given(st.text() | st.integers() | st.none() | st.booleans() | st.lists(st.text()) | st.floats())
def test_anything_that_was_typed_is_read_or_refused(raw: object) -> None:
    for answer in (EXPIRY, COUNT, MINUTES, LOCK, DEA, NPI):
        try:
            read = read_answer(answer, raw, TODAY)
        except ValueError as error:
            assert str(error)  # noqa: PT017 - both ends are fine
        else:
            assert read in {"no", "not-applicable", "unknown"} or answer.judge(read, TODAY)


@pytest.mark.parametrize("good", ["AB1234563", "B91234563", "MR0000000", "FX9876547"])
def test_one_wrong_digit_of_a_dea_number_is_seen_but_for_what_its_form_cannot_tell(
    good: str,
) -> None:
    """The digits that count twice look alike five apart: the check digit's own weakness."""
    passed = {
        (place, (int(digit) - int(good[place])) % 10)
        for place in range(2, 9)
        for digit in "0123456789"
        if digit != good[place]
        and DEA.judge(DEA.read(good[:place] + digit + good[place + 1 :], TODAY), TODAY).conforms
    }
    assert DEA.judge(good, TODAY).conforms
    assert passed == {(3, 5), (5, 5), (7, 5)}
