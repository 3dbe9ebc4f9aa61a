"""The input may end at any line: what was saved is not asked again, and nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.walk.recording import list_audits

if TYPE_CHECKING:
    from conftest import Clinic

NEW = "new audit, as of"

WHOLE_WALK = (
    "Sunrise Clinic",
    "9",
    "1,3",
    "?",
    "office",
    "back",
    "hospital",
    "no",
    "1,200",
    "2019-04-01",
    "Main Street",
    "Orchard",
    "",
    "CO",
    "Utah",
    "Ann Lee",
    "Bo Chan",
    ":remove bo chan",
    "",
    "all",
    "Cabinet A",
    "Safe",
    "",
    "1",
    "2",
    "no",  # locked@cabinet-a
    "Drawer open at 10:20.",
    ":why",
    "Ann Lee",
    "2026-12-01",
    "yes seen",  # locked@safe
    "skip",  # key-log@safe
    "list",
    "yes",  # why-open@cabinet-a
    "note The sign is faded.",
    "yes",  # sign@main-street
    "4",  # sign@orchard
    "",
    "No sign is needed there.",
    "don't know",  # trained@ann-lee
    "3",  # drip-stand
    "",
    "corrected",
    "New feet were bought.",
    "2",
    "The bill is on shelf 2.",
    "soon",  # expiry
    "2026-12-20 record",
    "90 minutes",  # watched
    "By the clock on the wall.",
    "back",
    "130",
    "2",  # holder
    "It is lent.",
    "AB1234564",  # number, whose check digit is wrong
    "AB1234564",
    "",
    "yes",  # inventory
    "record",
    "1",
    "inventory.txt",
    "go routes",
    "2",
    "yes",
    "no",  # board
    "Nobody asked it.",
    "yes",  # go through what was skipped
    "partly",  # key-log@safe
    "An old list.",
)


def prepare(clinic: Clinic) -> Clinic:
    clinic.folder.mkdir()
    (clinic.folder / "inventory.txt").write_text("counted")
    return clinic


@pytest.fixture(scope="module")
def uncut(tmp_path_factory: pytest.TempPathFactory, new_clinic: type[Clinic]) -> tuple:
    clinic = prepare(new_clinic(tmp_path_factory.mktemp("uncut") / "sunrise"))
    return clinic.sit(WHOLE_WALK), clinic.events()


def test_a_walk_without_a_pause_finishes_with_nothing_open(uncut: tuple) -> None:
    sat, events = uncut
    assert (sat.ending.kind, sat.ending.left) == ("finished", 0), sat.screen[-2000:]
    kinds = {"answer", "skip", "note", "evidence", "correction", "action", "thing-removed"}
    assert kinds <= {kind for kind, _, _ in events}


def test_a_walk_cut_off_after_every_line_ends_up_the_same(uncut: tuple, clinic: Clinic) -> None:
    prepare(clinic)
    saved = 0
    for cut in range(len(WHOLE_WALK)):
        sat = clinic.sit(WHOLE_WALK[saved:cut])
        assert sat.ending.kind == "ended"
        saved += sat.saved
        assert uncut[1][: len(clinic.events())] == clinic.events(), f"cut at line {cut}"
    assert clinic.sit(WHOLE_WALK[saved:]).ending.kind == "finished"
    assert uncut[1] == clinic.events()


@pytest.mark.slow
@pytest.mark.parametrize("cut", range(len(WHOLE_WALK)))
def test_a_walk_cut_off_at_any_one_line_ends_up_the_same(
    cut: int, uncut: tuple, clinic: Clinic
) -> None:
    prepare(clinic)
    first = clinic.sit(WHOLE_WALK[:cut])
    assert clinic.sit(WHOLE_WALK[first.saved :]).ending.kind == "finished"
    assert uncut[1] == clinic.events()


def test_coming_back_says_how_far_it_is_and_where_it_goes_on(clinic: Clinic) -> None:
    clinic.sit(WHOLE_WALK[:31])
    sat = clinic.sit(())
    assert (
        "Sunrise Clinic, begun 2026-11-23. 2 of 14 answered; next: The cabinet 3 of 4."
        in sat.screen
    )
    assert NEW not in sat.screen
    assert "no patient names" in sat.screen
    assert "Before your first note" not in sat.screen


def test_coming_back_among_the_facts_says_how_many_are_left(clinic: Clinic) -> None:
    clinic.sit(WHOLE_WALK[:3])
    assert (
        "Sunrise Clinic, begun 2026-11-23. 7 questions about the clinic left."
        in clinic.sit(()).screen
    )


def test_an_answer_whose_note_was_not_typed_yet_is_followed_up(clinic: Clinic) -> None:
    clinic.sit(WHOLE_WALK[:26])
    sat = clinic.sit(())
    assert (
        "You were at “Is this unit locked right now?” (Cabinet A) and answered: no." in sat.screen
    )
    assert sat.after("answered: no.").startswith("\nWhat did you see?")


def test_a_line_cut_off_while_it_was_written_is_said(clinic: Clinic) -> None:
    clinic.sit(WHOLE_WALK[:31])
    journal = list_audits(clinic.folder)[0] / "journal.jsonl"
    journal.write_bytes(journal.read_bytes() + b'{"at":"2026')
    assert "The last line was cut off while it was written" in clinic.sit(()).screen


def test_the_plan_is_said_on_resuming_when_the_facts_end(clinic: Clinic) -> None:
    clinic.sit(WHOLE_WALK[:24])
    assert "That makes 16 questions, about 18 minutes" in clinic.sit(("2",)).screen


def test_an_audit_with_an_answer_is_known_to_be_resumed(clinic: Clinic) -> None:
    clinic.sit(WHOLE_WALK[:31])
    assert NEW not in clinic.sit((), resumed=None).screen
