"""What was answered in the audit before stands beside the question, and is never the answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from compliance.terminal.sitting import LastAnswer

if TYPE_CHECKING:
    from conftest import Clinic

LOCKED = "doors/locked@cabinet-a"
YES = LastAnswer("2025-11-20", "yes", ("key list.pdf",), True, "Is this unit locked right now?")


def test_it_is_shown_with_its_evidence(clinic: Clinic) -> None:
    sat = clinic.at("locked", last_time={LOCKED: YES})
    assert "Last time (2025-11-20): yes. Evidence: key list.pdf.\n" in sat.screen


def test_an_empty_line_never_accepts_it(clinic: Clinic) -> None:
    sat = clinic.at("locked", [""], last_time={LOCKED: YES})
    assert "Nothing was typed; “=” answers as last time.\n" in sat.screen
    assert "answer" not in clinic.kinds()


def test_an_equals_sign_does_and_asks_anew_how_it_is_known(clinic: Clinic) -> None:
    clinic.at("locked", ["=", "seen"], last_time={LOCKED: YES})
    data, _ = clinic.last("answer")
    assert (data["answer"], data["basis"]) == ("yes", "seen")


def test_a_reason_is_asked_anew_as_well(clinic: Clinic) -> None:
    last = replace(YES, said="not-applicable")
    sat = clinic.at("locked", ["=", "It is gone."], last_time={LOCKED: last})
    assert "Last time (2025-11-20): not applicable." in sat.screen
    assert clinic.last("answer")[1] == {"reason": "It is gone."}


def test_a_question_whose_text_changed_shows_both_and_refuses(clinic: Clinic) -> None:
    last = replace(YES, same_text=False, old_ask="Is the unit locked at night?")
    sat = clinic.at("locked", ["="], last_time={LOCKED: last})
    assert "The question has changed since. It read: “Is the unit locked at night?”\n" in sat.screen
    assert "The question has changed since last time; answer it as it reads now." in sat.screen
    assert "“=” answers" not in sat.screen
    assert "answer" not in clinic.kinds()


@pytest.mark.parametrize(
    ("requirement", "said", "shown"),
    [
        ("papers/holder", "owner", "The owner"),
        ("papers/watched", "130", "130 minutes"),
        ("papers/expiry", "2027-01-31", "2027-01-31"),
    ],
)
def test_a_typed_answer_is_shown_as_it_was_and_can_be_given_again(
    requirement: str, said: str, shown: str, clinic: Clinic
) -> None:
    last = {requirement: replace(YES, said=said, evidence=())}
    sat = clinic.at(requirement, ["=", "record"], last_time=last)
    assert f"Last time (2025-11-20): {shown}.\n" in sat.screen
    assert clinic.last("answer")[0]["answer"] == said


def test_what_no_choice_is_any_more_is_refused(clinic: Clinic) -> None:
    last = {"papers/holder": replace(YES, said="widow")}
    assert "“widow” is not among" in clinic.at("papers/holder", ["="], last_time=last).screen
