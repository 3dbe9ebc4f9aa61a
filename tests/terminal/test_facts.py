"""Asking about the clinic: what is asked, in which forms it can be answered, what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Clinic


def test_a_new_audit_says_what_it_is_before_it_asks(clinic: Clinic) -> None:
    screen = clinic.sit(()).screen
    assert screen.startswith("New audit, as of 2026-11-23 (America/Denver).\n")
    assert "Everything you type is saved at once." in screen
    assert "Before your first note: what you write stays" in screen
    assert "a one-business-day clock may be running" in screen
    assert "First, 9 short questions about the clinic, and a few about each place" in screen
    assert "1 of 9. What is the clinic called?" in screen


@pytest.mark.parametrize(
    ("line", "routes"),
    [
        ("1", ["iv"]),
        ("1,3", ["iv", "nose"]),
        ("1 3", ["iv", "nose"]),
        ("3 , 1 , 3", ["iv", "nose"]),
        ("IV infusion", ["iv"]),
        ("nasal spray, under observation", ["nose"]),
        ("im and iv", ["iv", "im"]),
        ("IM injection; 1", ["iv", "im"]),
        ("all", ["iv", "im", "nose"]),
        ("0", []),
        ("None of these", []),
        ("don't know", None),
        ("unknown", None),
    ],
)
def test_several_choices_are_taken_by_number_or_words(
    line: str, routes: list[str] | None, clinic: Clinic
) -> None:
    clinic.sit(("Sunrise", line))
    assert clinic.last("fact")[0] == {"fact": "routes", "value": routes}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("4", "“4” is not among 1 to 3."),
        ("1,9", "“9” is not among 1 to 3."),
        ("0,1", "“0” means none of these and cannot stand beside a number."),
        ("i", "“i” is not among"),
        ("", "Nothing was typed."),
    ],
)
def test_a_wrong_choice_repeats_the_choices(line: str, said: str, clinic: Clinic) -> None:
    sat = clinic.sit(("Sunrise", line))
    assert "   1  IV infusion\n" in sat.after(said)
    assert clinic.last("fact")[0]["fact"] == "name"


def test_what_was_understood_is_said(clinic: Clinic) -> None:
    sat = clinic.sit(("Sunrise", "1,3"))
    assert "IV infusion and Nasal spray, under observation.\n" in sat.screen


@pytest.mark.parametrize(
    ("before", "line", "fact", "value"),
    [
        (("Sunrise", "1"), "2", "setting", "hospital"),
        (("Sunrise", "1"), "a hospital", "setting", "hospital"),
        (("Sunrise", "1"), "3", "setting", None),
        (("Sunrise", "1", "1"), "yes", "at_night", "yes"),
        (("Sunrise", "1", "1"), "3", "at_night", None),
        (("Sunrise", "1", "1", "no"), "12", "patients", "12"),
        (("Sunrise", "1", "1", "no"), "1,200", "patients", "1200"),
        (("Sunrise", "1", "1", "no"), "30 Patients", "patients", "30"),
        (("Sunrise", "1", "1", "no"), "don’t know", "patients", None),
        (("Sunrise", "1", "1", "no", "5"), "2019-04-01", "opened", "2019-04-01"),
    ],
)
def test_each_type_of_fact_takes_its_form(
    before: tuple[str, ...], line: str, fact: str, value: object, clinic: Clinic
) -> None:
    clinic.sit((*before, line))
    assert clinic.last("fact")[0] == {"fact": fact, "value": value}


@pytest.mark.parametrize(
    ("before", "line", "said"),
    [
        ((), "", "Nothing was typed."),
        ((), "don't know", "The audit cannot go on without this."),
        (("Sunrise", "1"), "4", "“4” is not among 1 to 3."),
        (("Sunrise", "1", "1"), "y", "“y” is not among yes, no or don't know."),
        (("Sunrise", "1", "1", "no"), "many", "“many” is not a number"),
        (("Sunrise", "1", "1", "no", "5"), "4/1/2019", "write it as 2026-11-23."),
        (("Sunrise", "1", "1", "no", "5"), "2019-02-30", "There is no day 2019-02-30."),
    ],
)
def test_what_a_fact_cannot_be_is_refused_in_one_sentence(
    before: tuple[str, ...], line: str, said: str, clinic: Clinic
) -> None:
    kinds = before and clinic.sit(before) and clinic.kinds()
    assert said in clinic.sit((line,)).screen
    assert not before or clinic.kinds() == kinds


def test_a_fact_in_ones_own_words_may_begin_like_a_command(clinic: Clinic) -> None:
    clinic.sit(("back to health clinic",))
    assert clinic.last("fact")[1] == {"value": "back to health clinic"}


@pytest.mark.parametrize("word", ["back", "Stop", "skip", "list", "help", "corrected"])
def test_a_bare_command_where_text_may_stand_is_doubted_before_it_is_kept(
    word: str, clinic: Clinic
) -> None:
    sat = clinic.sit((word, word))
    assert f"For the command, type “:{word}”; to keep “{word}” as text" in sat.screen
    assert clinic.last("fact")[1] == {"value": word}


@pytest.mark.parametrize("line", ["CO", "co", "Colorado", "colorado"])
def test_of_many_choices_the_code_or_the_name_is_typed(line: str, clinic: Clinic) -> None:
    clinic.sit((*clinic.facts[:9], line))
    assert clinic.last("fact")[0]["value"] == "CO"


def test_of_many_choices_the_nearest_is_suggested_and_all_are_listed(clinic: Clinic) -> None:
    sat = clinic.sit((*clinic.facts[:9], "Colorodo", "1", "?"))
    assert "Did you mean “Colorado”?" in sat.screen
    assert "“1” is not among the codes" in sat.screen
    assert "AL Alabama" in sat.after("“1” is not among")


def test_help_is_printed_on_request(clinic: Clinic) -> None:
    sat = clinic.sit(("Sunrise", "?"))
    assert "Count what was given in the last year." in sat.screen
    assert "  stop  " in sat.screen
    assert "evidence PATH" not in sat.screen


class TestThings:
    def test_each_name_is_saved_as_it_is_typed(self, clinic: Clinic) -> None:
        clinic.sit((*clinic.facts[:6], "Main Street"))
        assert clinic.last("thing") == (
            {"group": "site", "id": "main-street"},
            {"name": "Main Street"},
        )

    def test_the_list_goes_on_after_a_pause(self, clinic: Clinic) -> None:
        clinic.sit((*clinic.facts[:6], "Main Street"))
        sat = clinic.sit(("Orchard", ""))
        assert "So far: Main Street." in sat.screen
        assert "2: Main Street and Orchard." in sat.screen

    def test_a_group_that_should_have_members_refuses_an_empty_list(self, clinic: Clinic) -> None:
        sat = clinic.sit((*clinic.facts[:6], ""))
        assert "There should be at least one." in sat.screen
        assert "group" not in clinic.kinds()

    def test_none_is_taken_at_its_word_and_what_it_means_is_said(self, clinic: Clinic) -> None:
        sat = clinic.sit((*clinic.facts[:6], "none"))
        assert "will count as not determined" in sat.screen
        assert clinic.last("group")[0] == {"group": "site"}

    def test_a_group_that_may_be_empty_takes_an_empty_list(self, clinic: Clinic) -> None:
        sat = clinic.sit((*clinic.facts[:11], ""))
        assert "None listed.\n" in sat.screen
        assert clinic.last("group")[0] == {"group": "staff"}

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("main  street", "is on the list already"),
            ("no", "“no” is hardly a name"),
            ("3", "“3” is hardly a name"),
            ("don't know", "Type the names that you know"),
            ("none", "The list has Main Street; nothing added."),
            (":remove Elm Street", "“Elm Street” is not on the list."),
            (":nonsense", "“:nonsense” is no command here"),
        ],
    )
    def test_what_is_no_new_name_is_refused(self, line: str, said: str, clinic: Clinic) -> None:
        sat = clinic.sit((*clinic.facts[:6], "Main Street", line))
        assert said in sat.screen
        assert clinic.kinds().count("thing") == 1

    def test_a_name_is_taken_off_again(self, clinic: Clinic) -> None:
        sat = clinic.sit((*clinic.facts[:6], "Main Stret", "Orchard", ":remove main stret", ""))
        assert "1: Orchard." in sat.screen

    def test_with_one_site_nobody_is_asked_which(self, clinic: Clinic) -> None:
        facts = ("Sunrise", "1", "1", "no", "5", "2019-04-01", "Main Street", "", "CO", "Ann", "")
        sat = clinic.sit((*facts, "Safe", ""))
        assert "At which sites does this person work? Main Street, the only site." in sat.screen
        assert "At which site does it stand? Main Street, the only site." in sat.screen
        assert "That makes" in sat.screen

    def test_and_what_nobody_was_asked_is_not_gone_to(self, clinic: Clinic) -> None:
        facts = ("Sunrise", "1", "1", "no", "5", "2019-04-01", "Main Street", "", "CO", "Ann", "")
        sat = clinic.sit((*facts, "Safe", "", "go works_at"))
        assert "No question that applies has the words “works_at”." in sat.screen

    def test_without_a_site_it_is_not_known_and_said(self, clinic: Clinic) -> None:
        sat = clinic.sit((*clinic.facts[:6], "none", "Ann", ""))
        assert "Not known, since no site is listed." in sat.screen
        assert clinic.last("fact")[0]["value"] is None


class TestGoingBack:
    def test_back_shows_what_was_said_and_an_empty_line_keeps_it(self, clinic: Clinic) -> None:
        sat = clinic.sit(("Sunrise", "1,3", "back", ""))
        assert "Once more. Which routes do you use?" in sat.screen
        assert "So far: IV infusion and Nasal spray, under observation." in sat.screen
        assert clinic.kinds().count("fact") == 2

    def test_the_same_again_is_not_recorded_twice(self, clinic: Clinic) -> None:
        clinic.sit(("Sunrise", "1,3", "back", "3,1"))
        assert clinic.kinds().count("fact") == 2

    def test_another_value_is_recorded(self, clinic: Clinic) -> None:
        clinic.sit(("Sunrise", "1,3", "back", "2"))
        assert clinic.last("fact")[0]["value"] == ["im"]

    def test_back_goes_all_the_way_to_the_first(self, clinic: Clinic) -> None:
        sat = clinic.sit(("Sunrise", "1", "back", "back", ":back", "Sunset"))
        assert "This is the first question." in sat.screen
        assert clinic.last("fact")[1] == {"value": "Sunset"}

    def test_back_from_a_list_and_into_it(self, clinic: Clinic) -> None:
        sat = clinic.sit((*clinic.facts[:9], "back", "Elm", ""))
        assert "So far: Main Street and Orchard." in sat.screen
        assert "3: Main Street, Orchard and Elm." in sat.screen

    def test_back_from_the_first_question_of_the_audit_is_the_last_fact(
        self, clinic: Clinic
    ) -> None:
        sat = clinic.sit((*clinic.facts, "back"))
        assert "Once more · Safe. At which site does it stand?" in sat.screen

    def test_back_passes_over_what_was_settled_without_asking(self, clinic: Clinic) -> None:
        facts = ("Sunrise", "1", "1", "no", "5", "2019-04-01", "Main Street", "", "CO", "Ann", "")
        sat = clinic.sit((*facts, "Safe", "", "back"))
        assert "Once more. Where is stock kept?" in sat.screen


def test_a_fact_is_not_skipped(clinic: Clinic) -> None:
    assert "“don’t know” is an answer" in clinic.sit(("Sunrise", "skip")).screen


def test_the_plan_says_what_comes_and_what_is_left_out(clinic: Clinic) -> None:
    screen = clinic.sit(clinic.facts).screen
    assert (
        "That makes 16 questions, about 18 minutes; the 4 that an inspector asks first come first "
        "(6 minutes).\n1 deeper one waits for an audit with “--depth deep”; 1 does not apply "
        "(“list skipped” shows why).\n"
    ) in screen


def test_a_long_plan_is_told_in_hours() -> None:
    from compliance.terminal.wording import duration  # noqa: PLC0415 - used here only

    assert [duration(one) for one in (1, 80, 124, 150)] == [
        "1 minute",
        "80 minutes",
        "2 hours",
        "2½ hours",
    ]


def test_a_clinic_whose_profile_is_known_is_asked_nothing_about_it(clinic: Clinic) -> None:
    clinic.sit(clinic.facts)
    screen = clinic.sit((), resumed=False).screen
    assert screen.startswith("Sunrise Clinic: new audit, as of 2026-11-23 (America/Denver).\n")
    assert "First," not in screen
    assert "That makes 16 questions" in screen
