"""Score and conclusion: every edge by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.walk.event import Event

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Audit

    from compliance.audit.result import ForceScore, Result
    from compliance.checklist.library import Library


def score_of(result: Result, force: str) -> ForceScore:
    return next(one for one in result.scores if one.force == force)


def test_each_force_has_its_own_score_and_nothing_adds_them(audit: Audit) -> None:
    result = audit.answer_all().judge()
    counted = {one.force: (one.conforming, one.counted) for one in result.scores}
    assert counted == {
        "law": (5, 5),
        "guidance": (1, 1),
        "consensus": (3, 3),
        "good-practice": (1, 1),
    }
    assert result.conclusion.headline == "No gap seen in what was checked."


def test_what_is_declared_not_applicable_stands_beside_the_denominator(audit: Audit) -> None:
    audit.answer_all().answer("rooms/inventory", "not-applicable")
    law = score_of(audit.judge(), "law")
    assert (law.conforming, law.counted, law.not_applicable) == (4, 4, 1)


def test_critical_not_applicables_are_listed_thing_by_thing(audit: Audit) -> None:
    audit.answer_all().answer("rooms/locked@orchard", "not-applicable")
    conclusion = audit.judge().conclusion
    assert conclusion.critical_not_applicable == ("rooms/locked@orchard",)
    assert (
        "“Not applicable” for single things, whose requirements count by their other things: 1."
        in conclusion.lines
    )


@pytest.mark.parametrize("said", ["partly", "unknown", "no"])
def test_what_is_not_a_yes_adds_nothing_and_stays_in_the_denominator(
    audit: Audit, said: str
) -> None:
    audit.answer_all().answer("rooms/key-list", said)
    law = score_of(audit.judge(), "law")
    assert (law.conforming, law.counted) == (4, 5)


def test_an_audit_without_answers_is_incomplete_and_scores_nothing(audit: Audit) -> None:
    result = audit.judge()
    assert (score_of(result, "law").conforming, score_of(result, "law").counted) == (0, 5)
    said = "Incomplete: 4 critical or major requirements of law could not be determined."
    assert result.conclusion.headline == said


def test_gaps_come_worst_first_with_their_counts_by_force(audit: Audit) -> None:
    audit.answer_all()
    for key, said in {
        "rooms/locked@orchard": "no",
        "people/watching": "1",
        "rooms/inventory": "2020-01-01",
        "rooms/key-list": "partly",
        "rooms/camera": "no",
    }.items():
        audit.answer(key, said)
    conclusion = audit.judge().conclusion
    assert conclusion.headline == "Critical gaps: 1 of law, 1 of consensus."
    assert conclusion.lines[1:3] == (
        "Major gaps: 1 of law.",
        "Minor gaps: 1 of law, 1 of good practice.",
    )
    assert conclusion.gaps == {
        "critical": {"law": 1, "consensus": 1},
        "major": {"law": 1},
        "minor": {"law": 1, "good-practice": 1},
    }


def test_what_was_corrected_on_the_spot_still_decides_the_conclusion(audit: Audit) -> None:
    key = "rooms/locked@orchard"
    audit.answer_all().answer(key, "no").add("correction", key, correction="Locked.")
    assert audit.judge().conclusion.headline == "Critical gaps: 1 of law."


@pytest.mark.parametrize(
    ("key", "incomplete"),
    [
        ("rooms/locked@orchard", 1),
        ("rooms/key-list", 1),
        ("rooms/board", 0),
        ("people/watching", 0),
        ("rooms/camera", 0),
    ],
)
def test_only_grave_law_that_somebody_read_makes_an_audit_incomplete(
    audit: Audit, key: str, incomplete: int
) -> None:
    audit.answer_all().answer(key, "unknown")
    conclusion = audit.judge().conclusion
    assert conclusion.incomplete == incomplete
    assert conclusion.headline.startswith("Incomplete: 1 critical or major" if incomplete else "No")


def test_a_gap_does_not_hide_what_is_open_beside_it(audit: Audit) -> None:
    audit.answer_all()
    audit.answer("rooms/locked@orchard", "no").answer("rooms/locked@main-street", "unknown")
    conclusion = audit.judge().conclusion
    assert conclusion.headline == "Critical gaps: 1 of law."
    assert conclusion.incomplete == 1


def test_missing_evidence_is_not_conforming(audit: Audit) -> None:
    audit.answer_all()
    state = audit.session.state
    state.attached["rooms/policy"].evidence.clear()
    consensus = score_of(audit.judge(), "consensus")
    assert (consensus.conforming, consensus.not_determined, consensus.counted) == (2, 1, 3)


def test_an_empty_group_leaves_law_not_determined(begin: Callable[..., Audit]) -> None:
    audit = begin().record(Event("group", {"group": "site"}), Event("group", {"group": "staff"}))
    conclusion = audit.answer_all().judge().conclusion
    assert conclusion.headline.startswith("Incomplete: 1 critical or major requirement of law")


def test_a_rule_that_nobody_read_stands_apart(audit: Audit) -> None:
    audit.answer_all().answer("rooms/board", "no")
    conclusion = audit.judge().conclusion
    assert conclusion.headline == "No gap seen in what was checked."
    assert (conclusion.not_established, conclusion.incomplete, conclusion.gaps["major"]) == (
        1,
        0,
        {},
    )
    said = "Not established by this tool: 1. Ask the board; these are not the clinic's gaps."
    assert conclusion.lines[1] == said


def test_nothing_in_scope_is_no_praise(
    make_library: Callable[..., Library], begin: Callable[..., Audit]
) -> None:
    library = make_library({"id": "sheet", "applies_when": {"routes": "home"}})
    audit = begin(library).say("routes", ["iv"])
    result = audit.judge()
    assert result.conclusion.lines == ("Nothing was audited: no requirement was in scope.",)
    assert result.scores == ()


@pytest.mark.parametrize("said", ["not-applicable", "unknown", ""])
def test_a_clinic_that_answers_nothing_is_not_told_that_no_gap_was_seen(
    make_library: Callable[..., Library], begin: Callable[..., Audit], said: str
) -> None:
    audit = begin(make_library({"id": "one"}, {"id": "two"}))
    for item in audit.session.queue if said else ():
        audit.answer(item.key, said)
    headline = audit.judge().conclusion.headline
    assert headline == "Nothing was checked: no requirement has an answer that counts."


@pytest.mark.parametrize(
    ("depth", "named"),
    [
        ("quick", "Only the quick questions were asked; the core and deep ones were not."),
        ("core", "Quick and core questions were asked; the deep ones were not."),
        ("deep", "Questions of every depth were asked."),
    ],
)
def test_the_depth_is_named(
    make_library: Callable[..., Library], begin: Callable[..., Audit], depth: str, named: str
) -> None:
    library = make_library({"id": "one", "depth": "quick"})
    assert begin(library, depth=depth).judge().conclusion.lines[-1] == named


def test_the_checklists_that_were_chosen_are_named(begin: Callable[..., Audit]) -> None:
    result = begin(only=("people",)).judge()
    assert result.conclusion.lines[-1] == "Only these checklists were walked: people."
    assert {one.checklist for one in result.findings} == {"people"}
    assert "not chosen" in {one.kind for one in result.not_asked}


def test_bases_count_every_conforming_answer_to_something_grave(audit: Audit) -> None:
    audit.answer_all()
    for key, said, basis in (
        ("rooms/locked@main-street", "yes", "seen"),
        ("rooms/locked@orchard", "yes", "told"),
        ("rooms/key-list", "yes", "told"),
        ("people/watching", "2", "record"),
        ("rooms/camera", "yes", "told"),
    ):
        audit.answer(key, said, basis=basis)
    bases = audit.judge().conclusion.bases
    assert bases == {"seen": 1, "record": 1, "told": 2, "not said": 5}


def test_a_yes_that_does_not_count_is_no_basis(audit: Audit) -> None:
    audit.answer("rooms/policy", "yes", basis="seen")
    assert audit.judge().conclusion.bases["seen"] == 0
