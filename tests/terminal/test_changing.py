"""Changing what was said before: what it would do is said first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.terminal.wording import name_items
from compliance.walk.session import Session

if TYPE_CHECKING:
    from conftest import Clinic


def test_a_first_answer_is_never_asked_about(clinic: Clinic) -> None:
    assert "Change it?" not in clinic.sit((*clinic.facts, "yes seen")).screen


def test_a_change_that_touches_no_other_question_is_made_at_once(clinic: Clinic) -> None:
    sat = clinic.at("watched", ["130", "go watched", "140"])
    assert "Changed from “130 minutes” to “140 minutes”." in sat.screen
    assert "Change it?" not in sat.screen
    assert clinic.last("answer")[0]["answer"] == "140"


def test_the_same_answer_again_is_not_recorded(clinic: Clinic) -> None:
    sat = clinic.at("locked", ["yes seen", "go locked", "yes", "seen"])
    assert "That is what stands already." in sat.screen
    assert clinic.kinds().count("answer") == 1


def test_the_same_answer_known_otherwise_is(clinic: Clinic) -> None:
    clinic.at("locked", ["yes told", "go locked", "yes seen"])
    assert clinic.last("answer")[0]["basis"] == "seen"


CHANGE = ("yes seen", "go key-log", "yes record", "go locked", "no")


def test_questions_that_would_appear_or_vanish_are_named_first(clinic: Clinic) -> None:
    said = clinic.at("locked", CHANGE).after("Answered: yes (seen). An empty line keeps it.")
    assert (
        "This adds 1 question: “Has the manager been told that it was open?” (Cabinet A).\n"
        "This takes away 1 question: “Is there a list of who has a key to it?” (Cabinet A).\n"
        "1 of them answered already: the answers are kept aside, "
        "and count again if their questions come back.\n"
        "Change it?\n"
        "  1 yes   2 no, leave it\n"
    ) in said
    assert clinic.last("answer")[0]["key"] == "doors/key-log@cabinet-a"


def test_agreed_to_it_is_recorded_and_followed_up(clinic: Clinic) -> None:
    sat = clinic.at("locked", [*CHANGE, "yes"])
    assert "Changed from “yes” to “no”.\nWhat did you see?" in sat.screen
    assert clinic.last("answer")[0]["answer"] == "no"


def test_declined_nothing_is_recorded(clinic: Clinic) -> None:
    sat = clinic.at("locked", [*CHANGE, "maybe", "2"])
    assert "“maybe” is not among yes or no, leave it.\nChange it?\n" in sat.screen
    assert "Nothing was changed." in sat.screen
    assert clinic.last("answer")[0]["answer"] == "yes"


def test_a_hidden_answer_comes_back_with_its_question(clinic: Clinic) -> None:
    lines = [*CHANGE, "yes", "", "", "", "go locked", "yes seen", "yes", "go key-log"]
    sat = clinic.at("locked", lines)
    assert "Answered: yes (record). An empty line keeps it." in sat.after("to “yes”.")


def test_a_fact_that_changes_what_applies_says_so_too(clinic: Clinic) -> None:
    sat = clinic.at("routes", ["2", "yes"])
    said = "This takes away 1 question: “Does every drip stand on its own feet?”.\nChange it?\n"
    assert said in sat.screen
    assert "IM injection.\nSaved. 15 questions apply now.\n" in sat.screen


def test_a_fact_can_be_left_as_it_was(clinic: Clinic) -> None:
    clinic.at("routes", ["2", "no, leave it"])
    assert clinic.last("fact")[0]["fact"] == "site"


def test_a_thing_that_is_added_or_removed_says_what_it_would_do(clinic: Clinic) -> None:
    lines = ["Cart", "yes", "Box", "2", ":remove cart", "1", ""]
    sat = clinic.at("where stock", lines)
    assert "This adds 3 questions: “Is this unit locked right now?” (Cart);" in sat.screen
    assert "This takes away 3 questions: “Is this unit locked right now?” (Cart);" in sat.screen
    assert "Cart was taken off the list." in sat.screen
    assert "2: Cabinet A and Safe.\n" in sat.screen


def test_at_most_five_questions_are_named_and_the_others_counted(clinic: Clinic) -> None:
    clinic.sit(clinic.facts)
    with clinic.open() as recording:
        queue = Session(recording.library, recording.state).queue
    assert name_items(queue[:5]).count("“") == 5
    assert "more" not in name_items(queue[:5])
    assert name_items(queue[:9]).count("“") == 5
    assert name_items(queue[:9]).endswith("; and 4 more")


def test_a_new_thing_is_asked_about_next(clinic: Clinic) -> None:
    sat = clinic.sit((*clinic.facts, "yes seen", "go where stock", "Cart", "yes", "", "1"))
    assert "3: Cabinet A, Safe and Cart.\n" in sat.screen
    assert "· Cart. At which site does it stand?" in sat.screen
    assert "18 questions apply now; about 19 minutes left.\n" in sat.screen
