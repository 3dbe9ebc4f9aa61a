"""What an answer comes to, for one thing and for the requirement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.audit.corrective_action import rank_gaps
from compliance.walk.event import Event

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Audit

A, B = "rooms/locked@main-street", "rooms/locked@orchard"


@pytest.mark.parametrize(
    ("said", "conclusion", "gap_grade"),
    [
        ("yes", "conforming", ""),
        ("partly", "partly", "critical"),
        ("no", "nonconforming", "critical"),
        ("unknown", "not determined", ""),
        ("not-applicable", "not applicable", ""),
    ],
)
def test_each_word_has_its_conclusion(
    audit: Audit, said: str, conclusion: str, gap_grade: str
) -> None:
    found = audit.answer(A, said).answer(B, said).finding("rooms/locked")
    assert (found.conclusion, found.gap_grade) == (conclusion, gap_grade)


@pytest.mark.parametrize(
    ("one", "other", "conclusion"),
    [
        ("no", "partly", "nonconforming"),
        ("no", "unknown", "nonconforming"),
        ("no", "yes", "nonconforming"),
        ("partly", "unknown", "partly"),
        ("partly", "yes", "partly"),
        ("unknown", "yes", "not determined"),
        ("yes", "not-applicable", "conforming"),
        ("no", "not-applicable", "nonconforming"),
        ("unknown", "not-applicable", "not determined"),
    ],
)
def test_a_requirement_counts_once_by_its_worst_thing(
    audit: Audit, one: str, other: str, conclusion: str
) -> None:
    found = audit.answer(A, one).answer(B, other).finding("rooms/locked")
    assert found.conclusion == conclusion
    assert len(found.things) == 2


def test_one_thing_left_open_keeps_the_requirement_open(audit: Audit) -> None:
    found = audit.answer(A, "yes").finding("rooms/locked")
    assert found.conclusion == "not determined"
    assert [thing.detail for thing in found.things] == ["", "Not answered."]


@pytest.mark.parametrize(
    ("requirement", "gap_grade"),
    [
        ("rooms/locked", "critical"),
        ("rooms/key-list", "minor"),
        ("rooms/camera", "minor"),
        ("rooms/policy", "major"),
    ],
)
def test_partly_is_lesser_only_where_the_file_says_what_is_lesser(
    audit: Audit, requirement: str, gap_grade: str
) -> None:
    for item in audit.session.applicability.asked:
        if item.entry.key == requirement:
            audit.answer(item.key, "partly").add("evidence", item.key, kept_at="the binder")
    assert audit.finding(requirement).gap_grade == gap_grade


def test_a_no_beside_a_lesser_partly_has_the_full_grade(audit: Audit) -> None:
    assert audit.answer("rooms/key-list", "no").finding("rooms/key-list").gap_grade == "major"


@pytest.mark.parametrize(
    ("key", "said", "conclusion"),
    [
        ("rooms/inventory", "2024-11-23", "conforming"),
        ("rooms/inventory", "2024-11-22", "nonconforming"),
        ("rooms/inventory", "no", "nonconforming"),
        ("people/watching", "2", "conforming"),
        ("people/watching", "1.5", "nonconforming"),
        ("people/trained@ann-lee", "course", "conforming"),
        ("people/trained@ann-lee", "mouth", "nonconforming"),
        ("people/trained@ann-lee", "unknown", "not determined"),
        ("people/number@ann-lee+orchard", "AB1234563", "conforming"),
        ("people/number@ann-lee+orchard", "AB1234564", "nonconforming"),
        ("people/number@ann-lee+orchard", "not-applicable", "not applicable"),
    ],
)
def test_a_typed_answer_is_judged_by_its_value(
    audit: Audit, key: str, said: str, conclusion: str
) -> None:
    assert audit.answer(key, said).thing(key).conclusion == conclusion


def test_a_date_that_lapses_soon_conforms_with_a_warning(audit: Audit) -> None:
    found = audit.answer("rooms/inventory", "2024-12-01").thing("rooms/inventory")
    assert (found.conclusion, found.lapses_on) == ("conforming", "2026-12-01")
    assert found.warning == "Good until 2026-12-01; renew in time."


@pytest.mark.parametrize("said", ["yes", "partly"])
def test_a_yes_without_the_evidence_that_is_required_is_not_determined(
    audit: Audit, said: str
) -> None:
    found = audit.answer("rooms/policy", said, basis="seen").thing("rooms/policy")
    assert (found.conclusion, found.detail) == ("not determined", "Evidence missing.")


@pytest.mark.parametrize("said", ["no", "unknown"])
def test_nothing_has_to_prove_a_no(audit: Audit, said: str) -> None:
    found = audit.answer("rooms/policy", said).thing("rooms/policy")
    assert found.detail != "Evidence missing."


def test_a_statement_of_where_the_paper_is_kept_is_evidence(audit: Audit) -> None:
    audit.answer("rooms/policy", "yes").add("evidence", "rooms/policy", kept_at="the blue binder")
    found = audit.thing("rooms/policy")
    assert found.conclusion == "conforming"
    assert [held.kept_at for held in found.evidence] == ["the blue binder"]


def test_a_file_is_evidence(audit: Audit) -> None:
    data = {"key": "rooms/policy", "sha256": "ab" * 32, "size": 12}
    audit.answer("rooms/policy", "yes").record(Event("evidence", data, {"name": "policy.pdf"}))
    held = audit.thing("rooms/policy").evidence[0]
    assert (held.name, held.sha256, held.size) == ("policy.pdf", "ab" * 32, 12)


def test_what_was_corrected_on_the_spot_stays_a_gap(audit: Audit) -> None:
    audit.answer(A, "no").answer(B, "yes").add("correction", A, correction="Locked at once.")
    found = audit.finding("rooms/locked")
    assert (found.conclusion, found.gap_grade) == ("nonconforming", "critical")
    assert [one.text for one in found.things[0].corrections] == ["Locked at once."]
    assert found.things[0].corrections[0].at == "2026-11-23T10:00:00+00:00"


@pytest.mark.parametrize("said", ["no", "partly"])
def test_a_rule_that_nobody_read_makes_no_gap(audit: Audit, said: str) -> None:
    found = audit.answer("rooms/board", said).finding("rooms/board")
    assert (found.conclusion, found.gap_grade, found.established) == ("not determined", "", False)
    assert found.things[0].detail == "Nobody has read the rule: ask the board."
    assert found.things[0].said == said


def test_the_clinics_word_that_it_asked_the_board_conforms(audit: Audit) -> None:
    assert audit.answer("rooms/board", "yes").finding("rooms/board").conclusion == "conforming"


def test_a_group_that_should_have_members_is_not_determined(begin: Callable[..., Audit]) -> None:
    found = begin().record(Event("group", {"group": "site"})).finding("rooms/locked")
    assert found.conclusion == "not determined"
    assert [thing.key for thing in found.things] == ["rooms/locked@none"]
    assert found.things[0].detail == "No site was listed, though there should be one."


def test_the_empty_group_cannot_be_answered_away(begin: Callable[..., Audit]) -> None:
    with pytest.raises(ValueError, match="Add one to the clinic's profile"):
        begin().answer("rooms/locked@none", "yes")


def test_a_group_that_may_be_empty_is_out_of_scope(begin: Callable[..., Audit]) -> None:
    result = begin().record(Event("group", {"group": "staff"})).judge()
    assert "people/trained" not in {one.requirement for one in result.findings}
    assert "No staff member was listed." in {one.because for one in result.not_asked}


def test_skipped_unknown_and_withdrawn_are_told_apart(audit: Audit) -> None:
    audit.record(Event("skip", {"key": A})).answer(B, "unknown")
    key = "people/number@ann-lee+orchard"
    number = audit.answer(key, "AB1234563").head.count
    audit.withdraw(number, "typed by mistake")
    details = [audit.thing(one).detail for one in (A, B, key)]
    assert details == ["Skipped.", "Nobody asked knew.", "The answer was withdrawn."]


def test_gaps_are_ranked_by_grade_then_force_then_how_bad(audit: Audit) -> None:
    audit.answer("rooms/policy", "partly").add("evidence", "rooms/policy", kept_at="binder")
    for key, said in {
        A: "partly",
        B: "yes",
        "rooms/key-list": "no",
        "rooms/camera": "no",
        "rooms/board": "no",
        "people/watching": "1",
    }.items():
        audit.answer(key, said)
    ranked = [one.requirement for one in rank_gaps(audit.judge().findings)]
    assert ranked == [
        "rooms/locked",
        "people/watching",
        "rooms/key-list",
        "rooms/policy",
        "rooms/camera",
    ]
