"""The words that work at every prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.terminal.commands import Command, read_command

if TYPE_CHECKING:
    from conftest import Clinic


@pytest.mark.parametrize(
    ("line", "free", "command"),
    [
        ("back", False, Command("back")),
        ("BACK", False, Command("back")),
        (":back", False, Command("back")),
        (":back", True, Command("back")),
        ("back", True, None),
        ("help", False, Command("?")),
        ("?", True, Command("?")),
        ("quit", False, Command("stop")),
        ("exit", False, Command("stop")),
        ("note The door was open.", False, Command("note", "The door was open.")),
        (":note x", True, Command("note", "x")),
        ("list skipped", False, Command("list", "skipped")),
        ("evidence locker was open", True, None),
        ("stop it", False, None),
        ("b", False, None),
        ("s", False, None),
        ("", False, None),
        (":", True, None),
    ],
)
def test_a_line_is_told_from_a_command(line: str, free: bool, command: Command | None) -> None:
    assert read_command(line, free=free) == command


PROMPTS = {
    "a fact": (),
    "a list": ("Sunrise", "1", "1", "no", "5", "2019-04-01"),
    "a question": "locked",
    "how it is known": ("locked", "yes"),
    "the reason": ("locked", "4"),
    "what was seen": ("locked", "no"),
    "who": ("locked", "no", ""),
    "by when": ("locked", "no", "", "Ann"),
    "evidence": ("inventory", "yes record"),
    "the path": ("inventory", "yes record", "1"),
    "a typed question": ("expiry",),
}


def start(clinic: Clinic, prompt: str) -> tuple[str, ...]:
    """Return the lines that lead to a prompt."""
    lines = PROMPTS[prompt]
    if isinstance(lines, str):
        lines = (lines,)
    if prompt in {"a fact", "a list"}:
        return lines
    return (*clinic.facts, f"go {lines[0]}", *lines[1:])


@pytest.mark.parametrize("prompt", PROMPTS)
class TestAtEveryPrompt:
    def test_stop_stops(self, prompt: str, clinic: Clinic) -> None:
        assert clinic.sit((*start(clinic, prompt), ":stop", "no")).ending.kind == "stopped"

    def test_status_says_how_far_it_is_and_asks_again(self, prompt: str, clinic: Clinic) -> None:
        sat = clinic.sit((*start(clinic, prompt), ":status"))
        assert " answered; about " in sat.screen
        assert sat.ending.kind == "ended"

    def test_the_words_are_listed(self, prompt: str, clinic: Clinic) -> None:
        sat = clinic.sit((*start(clinic, prompt), "?"))
        assert "the question before this one" in sat.screen

    def test_a_note_can_be_added(self, prompt: str, clinic: Clinic) -> None:
        clinic.sit((*start(clinic, prompt), ":note The lamp is broken."))
        data, texts = clinic.last("note")
        assert texts == {"note": "The lamp is broken."}
        assert ("key" in data) is (prompt not in {"a fact", "a list"})

    def test_what_is_no_command_is_said(self, prompt: str, clinic: Clinic) -> None:
        sat = clinic.sit((*start(clinic, prompt), ":fly"))
        assert "“:fly” is no command here" in sat.screen

    def test_the_end_of_input_ends_the_sitting(self, prompt: str, clinic: Clinic) -> None:
        assert clinic.sit(start(clinic, prompt)).ending.kind == "ended"


class TestBack:
    def test_it_shows_what_was_answered_and_an_empty_line_keeps_it(self, clinic: Clinic) -> None:
        lines = ["no", "Drawer open.", "", "", "back", ""]
        sat = clinic.sit((*clinic.facts, *lines))
        assert "Answered: no. An empty line keeps it.\nNote: Drawer open.\n" in sat.screen
        assert clinic.kinds().count("answer") == 1
        assert sat.screen.rstrip().endswith("(? for more)\n>")

    def test_from_what_is_asked_after_an_answer_it_leads_to_the_question(
        self, clinic: Clinic
    ) -> None:
        sat = clinic.sit((*clinic.facts, "no", ":back"))
        assert "Answered: no. An empty line keeps it." in sat.after("What did you see?")

    def test_from_the_basis_it_leads_to_the_question_and_nothing_was_recorded(
        self, clinic: Clinic
    ) -> None:
        sat = clinic.sit((*clinic.facts, "yes", "back"))
        assert "Is this unit locked right now?" in sat.after("How do you know")
        assert "answer" not in clinic.kinds()

    def test_twice_goes_back_two(self, clinic: Clinic) -> None:
        sat = clinic.sit((*clinic.facts, "yes seen", "yes told", "back", "back"))
        assert "Answered: yes (seen)." in sat.screen

    def test_a_skipped_question_is_come_back_to(self, clinic: Clinic) -> None:
        clinic.sit((*clinic.facts, "skip", "back", "yes seen"))
        assert clinic.last("answer")[0]["key"] == "doors/locked@cabinet-a"


class TestSkip:
    def test_it_goes_on_and_is_remembered(self, clinic: Clinic) -> None:
        sat = clinic.sit((*clinic.facts, "skip"))
        assert "Skipped for now." in sat.screen
        assert clinic.last("skip")[0] == {"key": "doors/locked@cabinet-a"}

    def test_of_a_follow_up_it_means_nothing_is_added(self, clinic: Clinic) -> None:
        sat = clinic.sit((*clinic.facts, "no", ":skip", ":skip", ":skip"))
        assert "Saved (1 of 15)." in sat.screen
        assert "skip" not in clinic.kinds()

    def test_an_answer_that_stands_is_kept(self, clinic: Clinic) -> None:
        clinic.sit((*clinic.facts, "yes seen", "back", "skip"))
        assert "skip" not in clinic.kinds()

    def test_the_skipped_are_offered_at_the_end(self, clinic: Clinic) -> None:
        sat = clinic.sit((*clinic.facts, *["skip"] * 30))
        assert "You skipped 16 questions; what stays open counts as not determined." in sat.screen

    @pytest.mark.parametrize("word", ["skip", "why", "evidence", "corrected", "action"])
    def test_words_about_a_question_say_that_there_is_none(self, word: str, clinic: Clinic) -> None:
        sat = clinic.sit((*clinic.facts, *["skip"] * 16, word, "2"))
        assert sat.ending.kind == "finished"
        said = sat.after("Go through what you skipped now?")
        assert "there is none here" in said or "No gap was seen yet." in said

    def test_and_can_be_left(self, clinic: Clinic) -> None:
        sat = clinic.sit((*clinic.facts, *["skip"] * 16, "no, finish"))
        assert (sat.ending.kind, sat.ending.left) == ("finished", 16)

    def test_or_gone_through(self, clinic: Clinic) -> None:
        sat = clinic.sit((*clinic.facts, *["skip"] * 16, "yes", "5", "skip"))
        assert clinic.last("answer")[0]["key"] == "doors/locked@cabinet-a"
        assert sat.ending.left == 15

    def test_what_is_skipped_again_is_offered_again(self, clinic: Clinic) -> None:
        sat = clinic.sit((*clinic.facts, *["skip"] * 16, "1", *["skip"] * 16, "2"))
        assert sat.screen.count("Go through what you skipped now?") == 2
        assert sat.ending.kind == "finished"


class TestWhy:
    def test_source_reading_reason_and_cause_are_said(self, clinic: Clinic) -> None:
        sat = clinic.at("drip-stand", ["why"])
        assert "- Consensus paper of 2024, A society. Somebody watches. Read in part" in sat.screen
        assert "Asked because: Which routes do you use? IV infusion, Nasal spray" in sat.screen

    def test_why_it_matters_is_said(self, clinic: Clinic) -> None:
        sat = clinic.at("locked", ["why"])
        assert "An open door is the commonest way to lose stock." in sat.screen
        assert "Asked because: it is asked of every clinic, for each storage unit." in sat.screen

    def test_of_a_source_that_nobody_read_no_rule_is_stated(self, clinic: Clinic) -> None:
        sat = clinic.at("board", ["why"])
        assert "- 88 Code 5, The board. Not read by us" in sat.screen
        assert "never to be printed" not in sat.screen

    def test_a_fact_says_what_it_is_for(self, clinic: Clinic) -> None:
        assert "it decides which questions apply" in clinic.sit((":why",)).screen


class TestEvidence:
    @pytest.fixture(autouse=True)
    def _files(self, clinic: Clinic) -> None:
        clinic.folder.mkdir()
        for name in ("lock.txt", "top drawer.txt"):
            (clinic.folder / name).write_text(name)

    @pytest.mark.parametrize(
        ("typed", "name"),
        [
            ("lock.txt", "lock.txt"),
            ("./lock.txt", "lock.txt"),
            ("top drawer.txt", "top drawer.txt"),
            ("'top drawer.txt'", "top drawer.txt"),
            ('"top drawer.txt"', "top drawer.txt"),
            ("top\\ drawer.txt", "top drawer.txt"),
        ],
    )
    def test_a_file_is_kept_under_its_hash(self, typed: str, name: str, clinic: Clinic) -> None:
        sat = clinic.at("locked", [f"evidence {typed}"])
        data, texts = clinic.last("evidence")
        assert (data["key"], texts) == ("doors/locked@cabinet-a", {"name": name})
        kept = clinic.folder / "audits" / "2026-11-23" / "evidence" / data["sha256"]
        assert kept.read_text() == name
        assert f"Evidence kept: {name}, SHA-256 {data['sha256'][:12]}…." in sat.screen

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("gone.txt", "gone.txt”. Nothing was attached."),
            (".", "is a folder, not a file. Nothing was attached."),
            ("~nobody-of-that-name/x", "Nothing was attached."),
            ("x" * 3000, "Nothing was attached."),
        ],
    )
    def test_what_is_no_file_is_said(self, typed: str, said: str, clinic: Clinic) -> None:
        assert said in clinic.at("locked", [f"evidence {typed}"]).screen
        assert "evidence" not in clinic.kinds()

    def test_the_same_file_is_attached_once(self, clinic: Clinic) -> None:
        sat = clinic.at("locked", ["evidence lock.txt", "evidence lock.txt"])
        assert "lock.txt is attached to this question already." in sat.screen
        assert clinic.kinds().count("evidence") == 1

    def test_without_a_path_it_asks_for_a_file_or_a_paper(self, clinic: Clinic) -> None:
        clinic.at("locked", ["evidence", "2", "The photo on the wall."])
        assert clinic.last("evidence") == (
            {"key": "doors/locked@cabinet-a"},
            {"kept_at": "The photo on the wall."},
        )

    def test_a_path_may_be_typed_at_once(self, clinic: Clinic) -> None:
        clinic.at("locked", ["evidence", "gone.txt", "lock.txt"])
        assert clinic.last("evidence")[1] == {"name": "lock.txt"}

    def test_an_empty_line_leaves_it(self, clinic: Clinic) -> None:
        clinic.at("locked", ["evidence", "1", "", "2", "", ""])
        assert "evidence" not in clinic.kinds()

    def test_among_the_facts_there_is_none_to_add(self, clinic: Clinic) -> None:
        assert "belongs to a question of the audit" in clinic.sit(("Sunrise", "evidence x")).screen


class TestGo:
    @pytest.mark.parametrize(
        ("words", "header"),
        [
            ("watched", "Certificates · 2 of 6"),
            ("papers/holder", "Certificates · 3 of 6"),
            ("certificates", "Certificates · 1 of 6"),
            ("signed inventory", "Certificates · 5 of 6"),
            ("locked safe", "The cabinet · 2 of 6 · Safe"),
        ],
    )
    def test_words_lead_to_a_question(self, words: str, header: str, clinic: Clinic) -> None:
        assert header in clinic.at(words).screen

    def test_what_nobody_asks_is_said(self, clinic: Clinic) -> None:
        assert "No question that applies has the words “moon”." in clinic.at("moon").screen

    def test_an_answered_one_is_shown_with_its_answer(self, clinic: Clinic) -> None:
        sat = clinic.at("watched", ["130", "go watched"])
        assert "Answered: 130 minutes. An empty line keeps it." in sat.screen

    def test_a_fact_is_gone_to_as_well(self, clinic: Clinic) -> None:
        assert "Once more. Which routes do you use?" in clinic.at("routes").screen

    def test_without_words_it_asks(self, clinic: Clinic) -> None:
        assert "Certificates · 2 of 6" in clinic.sit((*clinic.facts, "go", "watched")).screen


class TestCorrected:
    def test_at_the_next_question_it_is_about_the_gap_seen_last(self, clinic: Clinic) -> None:
        lines = ["no", "Open.", "", "", "corrected", "Locked it at noon.", ""]
        sat = clinic.sit((*clinic.facts, *lines))
        assert "the gap seen last: “Is this unit locked right now?” (Cabinet A)" in sat.screen
        assert clinic.last("correction") == (
            {"key": "doors/locked@cabinet-a"},
            {"correction": "Locked it at noon."},
        )

    def test_proof_of_it_is_kept_with_it(self, clinic: Clinic) -> None:
        lines = ["no", "", "", "", "corrected Locked it.", "2", "The new key is in the safe."]
        clinic.sit((*clinic.facts, *lines))
        assert clinic.last("evidence") == (
            {"key": "doors/locked@cabinet-a"},
            {"kept_at": "The new key is in the safe."},
        )

    def test_at_a_question_with_a_gap_it_is_about_that_one(self, clinic: Clinic) -> None:
        lines = ["no", "", "", "", "no", "", "", "", "go locked", "corrected Did it.", ""]
        sat = clinic.sit((*clinic.facts, *lines))
        assert clinic.last("correction")[0] == {"key": "doors/locked@cabinet-a"}
        assert "the gap seen last" not in sat.screen

    def test_without_a_gap_there_is_nothing_to_correct(self, clinic: Clinic) -> None:
        assert "No gap was seen yet." in clinic.at("locked", ["corrected"]).screen

    def test_an_empty_line_records_nothing(self, clinic: Clinic) -> None:
        sat = clinic.sit((*clinic.facts, "no", "", "", "", "corrected", ""))
        assert "Nothing was recorded." in sat.screen
        assert "correction" not in clinic.kinds()

    def test_after_a_pause_it_is_still_about_that_gap(self, clinic: Clinic) -> None:
        clinic.sit((*clinic.facts, "no", "", "Ann", ""))
        clinic.sit(("corrected Locked it.", ""))
        assert clinic.last("correction")[0] == {"key": "doors/locked@cabinet-a"}


class TestAction:
    def test_what_who_and_by_when_are_asked(self, clinic: Clinic) -> None:
        lines = ["90", "", "action", "Buy a clock.", "Ann", "2026-12-31"]
        clinic.at("watched", lines)
        assert clinic.last("action") == (
            {"key": "papers/watched", "due": "2026-12-31"},
            {"action": "Buy a clock.", "owner": "Ann"},
        )

    def test_an_empty_line_takes_what_was_proposed(self, clinic: Clinic) -> None:
        sat = clinic.sit((*clinic.facts, "no", "", "", "", "action", "", "Ann", ""))
        assert "(An empty line takes: Lock it now.)" in sat.screen
        assert clinic.last("action")[1] == {"action": "Lock it now.", "owner": "Ann"}


class TestLists:
    def test_what_is_open_stands_under_its_section(self, clinic: Clinic) -> None:
        sat = clinic.at("watched", ["130", "skip", "list"])
        listed = sat.after("15 questions still open.\n")
        assert "\nDoors and locks: The cabinet\n" in listed
        assert "  - Is this unit locked right now? (Cabinet A [skipped] and Safe)\n" in listed

    def test_with_nothing_open_it_says_so(self, clinic: Clinic) -> None:
        sat = clinic.sit((*clinic.facts, *["unknown"] * 15, "no", ":list"))
        assert "Nothing is open: every question has an answer.\n" in sat.screen

    def test_what_is_not_asked_stands_under_its_reason(self, clinic: Clinic) -> None:
        sat = clinic.at("locked", ["skip", "list skipped"])
        listed = sat.after("Skipped by you: 1.\n  - Is this unit locked right now? (Cabinet A)\n")
        assert (
            "\nDoes not apply. Does anybody sleep at the clinic? no. (1 question)\n"
            "  - Is the door locked at night?\n"
        ) in listed
        assert (
            "\nFor another audit, begun with “--depth deep”. (1 question)\n"
            "  - Was every drip stand weighed?\n"
        ) in listed

    def test_other_words_after_list_are_said(self, clinic: Clinic) -> None:
        assert "There is “list”" in clinic.at("locked", ["list all"]).screen

    def test_status_counts_what_was_found(self, clinic: Clinic) -> None:
        sat = clinic.at("watched", ["90", "", "skip", "status"])
        assert "1 of 16 answered, 1 skipped; about 17 minutes left.\n" in sat.screen
        assert "So far: 1 minor gap.\n" in sat.screen


def test_a_general_note_is_kept_with_no_question(clinic: Clinic) -> None:
    clinic.sit(("Sunrise", "note", "We were two people."))
    assert clinic.last("note") == ({}, {"note": "We were two people."})
