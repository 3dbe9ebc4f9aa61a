"""One question: how it stands on the screen, how it is answered, what is asked after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Clinic

YES_NO = "  1 yes   2 partly   3 no   4 not applicable   5 don't know   (? for more)\n"


def test_a_question_says_where_how_grave_what_and_what_good_looks_like(clinic: Clinic) -> None:
    screen = clinic.sit(clinic.facts).screen
    assert (
        "\nThe cabinet · 1 of 6 · Cabinet A    law · critical\n"
        "At the cabinet, door closed.\n"
        "\n"
        "Is this unit locked right now?\n"
        "\n"
        "  Yes if     You pull and it stays shut.\n"
        "  No if      It opens.\n"
        "  Look at    the door; the lock\n"
        "\n" + YES_NO
    ) in screen


def test_the_same_question_for_the_next_thing_leaves_out_what_stands_above(clinic: Clinic) -> None:
    sat = clinic.sit((*clinic.facts, "yes seen", "?"))
    following = sat.after("The cabinet · 2 of")
    assert "Is this unit locked right now?" in following
    assert "At the cabinet" not in following
    assert following.count("You pull and it stays shut.") == 1  # printed for the question mark


def test_what_evidence_is_required_is_said_with_the_question(clinic: Clinic) -> None:
    assert "  Show       a file, or where the paper is kept" in clinic.at("inventory").screen


@pytest.mark.parametrize(
    ("lines", "data"),
    [
        (["1", "1"], {"answer": "yes", "basis": "seen"}),
        (["yes", "record"], {"answer": "yes", "basis": "record"}),
        (["YES", "3"], {"answer": "yes", "basis": "told"}),
        (["yes record"], {"answer": "yes", "basis": "record"}),
        (["Yes, told"], {"answer": "yes", "basis": "told"}),
        (["1 seen"], {"answer": "yes", "basis": "seen"}),
        (["partly", ""], {"answer": "partly"}),
        (["2", ""], {"answer": "partly"}),
        (["no", ""], {"answer": "no"}),
        (["don't know"], {"answer": "unknown"}),
        (["unknown"], {"answer": "unknown"}),
        (["5"], {"answer": "unknown"}),
    ],
)
def test_the_ordinary_question_takes_numbers_and_whole_words(
    lines: list[str], data: dict[str, str], clinic: Clinic
) -> None:
    clinic.at("locked", lines)
    recorded = dict(clinic.last("answer")[0])
    assert recorded.pop("key") == "doors/locked@cabinet-a"
    assert len(recorded.pop("digest")) == 64
    assert recorded == data


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("8", "“8” is not among 1 to 5.\n"),
        ("0", "“0” is not among 1 to 5.\n"),
        ("y", "“y” is not among yes, partly, no, not applicable or don't know.\n"),
        ("n", "“n” is not among yes, partly, no, not applicable or don't know.\n"),
        ("yes maybe", "“yes maybe” is not among yes, partly"),
        ("", "Nothing was typed.\n"),
        ("=", "There is no answer from last time.\n"),
    ],
)
def test_any_other_line_repeats_the_choices(line: str, said: str, clinic: Clinic) -> None:
    sat = clinic.at("locked", [line])
    assert YES_NO in sat.after(said)
    assert "answer" not in clinic.kinds()


@pytest.mark.parametrize(
    ("requirement", "lines", "data", "texts"),
    [
        ("expiry", ["2027-03-31", "record"], {"answer": "2027-03-31", "basis": "record"}, {}),
        ("expiry", ["2027-03-31 seen"], {"answer": "2027-03-31", "basis": "seen"}, {}),
        ("expiry", ["2020-01-01", ""], {"answer": "2020-01-01"}, {}),
        ("expiry", ["no", ""], {"answer": "no"}, {}),
        ("expiry", ["none", ""], {"answer": "no"}, {}),
        ("expiry", ["don't know"], {"answer": "unknown"}, {}),
        ("watched", ["130"], {"answer": "130"}, {}),
        ("watched", ["130 minutes"], {"answer": "130"}, {}),
        ("watched", ["1"], {"answer": "1"}, {}),
        ("watched", ["90 told", ""], {"answer": "90", "basis": "told"}, {}),
        ("holder", ["1", "record"], {"answer": "owner", "basis": "record"}, {}),
        ("holder", ["the owner record"], {"answer": "owner", "basis": "record"}, {}),
        ("holder", ["2", ""], {"answer": "lent"}, {}),
        ("holder", ["3", ""], {"answer": "no"}, {}),
        ("holder", ["5"], {"answer": "unknown"}, {}),
        ("number", ["ab1234563"], {}, {"value": "AB1234563"}),
        ("number", ["AB1234563 record"], {"basis": "record"}, {"value": "AB1234563"}),
        ("number", ["no", ""], {"answer": "no"}, {}),
        ("number", ["4", "4", ""], {}, {"value": "4"}),
    ],
)
def test_a_typed_question_takes_its_value_or_a_word(
    requirement: str,
    lines: list[str],
    data: dict[str, str],
    texts: dict[str, str],
    clinic: Clinic,
) -> None:
    clinic.at(requirement, lines)
    recorded, typed = clinic.last("answer")
    assert {name: recorded[name] for name in recorded if name not in {"key", "digest"}} == data
    assert typed == texts


@pytest.mark.parametrize(
    ("requirement", "form"),
    [
        (
            "expiry",
            "A date, such as 2027-03-31; or: no (there is none), not applicable, don't know.",
        ),
        ("watched", "A number of minutes, such as 45; or: no (there is none)"),
        ("number", "A DEA number, such as AB1234563; or: no (there is none)"),
        ("holder", "  1 The owner   2 Somebody who lends it   3 no, none of these"),
    ],
)
def test_a_typed_question_says_its_form(requirement: str, form: str, clinic: Clinic) -> None:
    assert form in clinic.at(requirement).screen


@pytest.mark.parametrize(
    ("requirement", "line", "said"),
    [
        ("expiry", "soon", "“soon” is not a date; write it as 2026-11-23.\nA date, such as"),
        ("expiry", "3/31/2027", "write it as 2026-11-23.\nA date, such as"),
        ("expiry", "yes", "“yes” is not a date"),
        ("watched", "long", "“long” is not a number"),
        ("holder", "7", "“7” is not among 1 to 5.\n  1 The owner"),
        ("number", "AB1234564", "“AB1234564” does not check out"),
    ],
)
def test_what_is_no_such_value_is_refused_with_the_form_again(
    requirement: str, line: str, said: str, clinic: Clinic
) -> None:
    assert said in clinic.at(requirement, [line]).screen
    assert "answer" not in clinic.kinds()


def test_a_number_that_fails_its_check_digit_is_taken_when_typed_again(clinic: Clinic) -> None:
    sat = clinic.at("number", ["AB1234564", "ab1234564", ""])
    assert "Gap seen, minor" in sat.screen


def test_not_applicable_takes_a_reason(clinic: Clinic) -> None:
    sat = clinic.at("locked", ["4", "", "It is being repaired."])
    assert "It takes a reason to be not applicable." in sat.screen
    data, texts = clinic.last("answer")
    assert (data["answer"], texts) == ("not-applicable", {"reason": "It is being repaired."})


def test_back_at_the_reason_returns_to_the_question(clinic: Clinic) -> None:
    sat = clinic.at("locked", ["not-applicable", ":back"])
    assert "The cabinet · 1 of 6 · Cabinet A" in sat.after("Why does it not apply here?")
    assert "answer" not in clinic.kinds()


def test_only_a_grave_yes_asks_how_it_is_known(clinic: Clinic) -> None:
    assert "How do you know" not in clinic.at("sign", ["yes"]).screen
    assert clinic.last("answer")[0]["answer"] == "yes"


class TestAGap:
    def test_what_was_seen_becomes_a_note(self, clinic: Clinic) -> None:
        clinic.at("locked", ["no", "evidence locker was open"])
        assert clinic.last("note") == (
            {"key": "doors/locked@cabinet-a"},
            {"note": "evidence locker was open"},
        )

    def test_an_empty_line_goes_on_without_a_note(self, clinic: Clinic) -> None:
        sat = clinic.at("watched", ["90", ""])
        assert "Gap seen, minor; may not meet Consensus paper of 2024." in sat.screen
        assert "note" not in clinic.kinds()

    def test_grade_law_and_remedy_are_said(self, clinic: Clinic) -> None:
        sat = clinic.at("locked", ["no", "", "", ""])
        assert "Gap seen, critical; may not meet 99 CFR 1.1.\nTo do: Lock it now.\n" in sat.screen
        assert "Mended already? Type “corrected”. Saved (1 of 15).\n" in sat.screen
        assert "violation" not in sat.screen.lower()

    def test_a_partly_that_is_lesser_counts_one_grade_lower(self, clinic: Clinic) -> None:
        sat = clinic.at("key-log", ["partly", ""])
        assert "Gap seen in part, minor; may not meet" in sat.screen

    def test_a_critical_one_asks_who_and_by_when(self, clinic: Clinic) -> None:
        sat = clinic.at("locked", ["no", "", "Ann Lee", "2026-12-01"])
        assert "By when? (A date, such as 2026-11-30; empty if none is set.)" in sat.screen
        assert "Set: Ann Lee, by 2026-12-01." in sat.screen
        assert clinic.last("action") == (
            {"key": "doors/locked@cabinet-a", "due": "2026-12-01"},
            {"action": "Lock it now.", "owner": "Ann Lee"},
        )

    def test_when_nothing_was_set_that_is_said_and_nothing_recorded(self, clinic: Clinic) -> None:
        sat = clinic.at("locked", ["no", "", "", ""])
        assert "No one and no date was set; “action” sets them later." in sat.screen
        assert "action" not in clinic.kinds()

    @pytest.mark.parametrize(
        ("lines", "owner", "due", "said"),
        [
            (["Ann", ""], "Ann", "", "Set: Ann, no date yet."),
            (["", "today"], "", "2026-11-23", "Set: nobody yet, by 2026-11-23."),
        ],
    )
    def test_half_of_it_can_be_set(
        self, lines: list[str], owner: str, due: str, said: str, clinic: Clinic
    ) -> None:
        assert said in clinic.at("locked", ["no", "", *lines]).screen
        data, texts = clinic.last("action")
        assert (texts["owner"], data["due"]) == (owner, due)

    @pytest.mark.parametrize("line", ["2026-11-22", "1999-01-01", "soon", "2026-02-30"])
    def test_a_day_that_cannot_be_is_asked_again(self, line: str, clinic: Clinic) -> None:
        sat = clinic.at("locked", ["no", "", "Ann", line, "2026-12-01"])
        assert sat.screen.count("By when?") == 2
        assert clinic.last("action")[0]["due"] == "2026-12-01"

    def test_a_grave_one_that_is_not_critical_asks_nobody(self, clinic: Clinic) -> None:
        assert "Who will see to it?" not in clinic.at("holder", ["2", ""]).screen

    def test_mended_on_the_spot_needs_nobody_to_mend_it(self, clinic: Clinic) -> None:
        sat = clinic.at("locked", ["no", "", "Corrected", "Locked it.", ""])
        assert clinic.last("correction")[1] == {"correction": "Locked it."}
        assert "By when?" not in sat.screen
        assert "Mended already?" not in sat.screen
        assert "The gap stays in the report beside it." in sat.screen

    def test_of_a_rule_that_nobody_read_no_gap_is_stated(self, clinic: Clinic) -> None:
        sat = clinic.at("board", ["no", ""])
        assert "Not determined. Nobody has read the rule: ask the board." in sat.screen
        assert "Gap seen" not in sat.screen


class TestRequiredEvidence:
    def test_without_it_the_answer_counts_as_not_determined_and_that_is_said(
        self, clinic: Clinic
    ) -> None:
        sat = clinic.at("inventory", ["yes record", ""])
        assert "This answer needs evidence; without it, it counts as not determined." in sat.screen
        assert "Not determined. Evidence missing. Saved (1 of 16)." in sat.screen

    def test_a_paper_is_enough(self, clinic: Clinic) -> None:
        sat = clinic.at("inventory", ["yes record", "2", "The binder in the safe."])
        assert clinic.last("evidence")[1] == {"kept_at": "The binder in the safe."}
        assert "Not determined" not in sat.after("Evidence noted.")

    def test_a_file_is_enough(self, clinic: Clinic) -> None:
        clinic.folder.mkdir()
        (clinic.folder / "count.txt").write_text("12 vials")
        clinic.at("inventory", ["yes record", "1", "count.txt"])
        data, texts = clinic.last("evidence")
        assert (data["key"], data["size"], texts) == ("papers/inventory", 8, {"name": "count.txt"})

    def test_evidence_added_before_the_answer_is_not_asked_for_again(self, clinic: Clinic) -> None:
        sat = clinic.at("inventory", ["evidence", "2", "The binder.", "yes record"])
        assert "This answer needs evidence" not in sat.screen


class TestWarnings:
    def test_a_date_near_its_end_conforms_with_a_warning(self, clinic: Clinic) -> None:
        sat = clinic.at("expiry", ["2026-12-24 record"])
        assert "Conforming. Good until 2026-12-24; renew in time. Saved" in sat.screen

    def test_what_is_not_known_is_no_pass(self, clinic: Clinic) -> None:
        assert "Not determined. Nobody asked knew. Saved" in clinic.at("locked", ["5"]).screen


def test_after_a_section_its_counts_are_said_once(clinic: Clinic) -> None:
    lines = ["no", "", "", "", "yes seen", "partly", "", "don't know"]
    sat = clinic.sit((*clinic.facts, *lines))
    counts = "The cabinet: 4 asked, 1 conforming, 1 critical gap, 1 minor gap, 1 not determined.\n"
    assert sat.screen.count(counts) == 1
    assert sat.after(counts).startswith("\nThe house · 1 of 3 · Main Street    consensus · minor\n")


def test_the_counts_of_a_section_are_not_said_again_when_an_answer_changes(
    clinic: Clinic,
) -> None:
    sat = clinic.at("drip-stand", ["5", "go drip-stand", "yes", "go drip-stand", "5"])
    assert sat.screen.count("Drips: 1 asked") == 1


def test_a_skipped_question_counts_as_not_determined(clinic: Clinic) -> None:
    sat = clinic.at("drip-stand", ["skip"])
    assert "Drips: 1 asked, 1 not determined." in sat.screen
