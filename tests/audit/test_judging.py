"""The result of an audit: nothing that was typed is lost, and what was withdrawn is gone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from compliance.audit.judging import judge
from compliance.walk.event import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Audit

    from compliance.audit.result import Superseded

LOCKED = "rooms/locked@orchard"


def strings(value: object) -> Iterator[str]:
    """Yield every string in plain data."""
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else ():
        yield from strings(part)
    for part in value if isinstance(value, list | tuple) else ():
        yield from strings(part)


def holds(audit: Audit, text: str) -> bool:
    return any(text in one for one in strings(audit.judge().as_data()))


def superseded(audit: Audit) -> list[tuple[str, str]]:
    return [(one.key, one.said) for one in audit.judge().superseded]


# Names and facts.


def test_the_name_of_a_thing_that_was_renamed_stays(audit: Audit) -> None:
    audit.record(Event("thing", {"group": "site", "id": "orchard"}, {"name": "Apple Orchard"}))
    assert superseded(audit) == [("site/orchard", "Orchard")]
    assert audit.thing(LOCKED).title == "Apple Orchard"


def test_a_thing_that_was_removed_leaves_its_name_its_facts_and_who_removed_it(
    audit: Audit,
) -> None:
    audit.say("address", "5 Apple Lane", "site", "orchard")
    audit.record(Event("thing-removed", {"group": "site", "id": "orchard"}))
    found = audit.judge().superseded
    assert [(one.key, one.ask, one.title, one.said) for one in found] == [
        ("site/orchard", "Site", "Orchard", "Orchard"),
        ("site/orchard/address", "What is its address?", "Orchard", "5 Apple Lane"),
        ("site/orchard", "Site", "Orchard", "taken off the list"),
    ]
    assert {one.by for one in found} == {"Dana Reyes"}


def test_a_thing_that_was_listed_again_does_not_bury_what_was_said_before(audit: Audit) -> None:
    audit.say("address", "5 Apple Lane", "site", "orchard")
    audit.record(Event("thing-removed", {"group": "site", "id": "orchard"}))
    audit.declare("site", "Orchard")
    assert ("site/orchard/address", "5 Apple Lane") in superseded(audit)
    assert "Orchard" in {one.thing for one in audit.judge().profile}


def test_a_fact_that_was_said_otherwise_before_stays(audit: Audit) -> None:
    audit.say("motto", "First do no harm").say("motto", None).say("motto", "Onward")
    assert superseded(audit) == [("motto", "First do no harm"), ("motto", "not known")]


def test_every_fact_is_said_as_a_person_reads_it(audit: Audit) -> None:
    audit.say("patients", "120").say("opened", "2020-01-01").say("telehealth", None)
    audit.say("state", "CO", "site", "orchard")
    said = {(one.group, one.thing_id, one.fact): one.said for one in audit.judge().profile}
    assert said == {
        ("", "", "name"): "Sunrise",
        ("", "", "routes"): "IV infusion",
        ("", "", "patients"): "120 patients",
        ("", "", "opened"): "2020-01-01",
        ("", "", "telehealth"): "not known",
        ("site", "orchard", "state"): "Colorado",
        ("site", "main-street", ""): "yes",
        ("staff", "ann-lee", "role"): "Doctor",
        ("staff", "ann-lee", "works_at"): "Main Street, Orchard",
    }


# Answers that no longer count.


def test_an_answer_that_was_changed_stays_with_its_reason_and_basis(audit: Audit) -> None:
    audit.answer(LOCKED, "yes", basis="told", reason="The manager says so.")
    audit.answer(LOCKED, "no")
    earlier: Superseded = audit.judge().superseded[0]
    assert (earlier.key, earlier.title, earlier.said, earlier.reason) == (
        LOCKED,
        "Orchard",
        "yes (told)",
        "The manager says so.",
    )


def test_a_hidden_answer_keeps_all_that_was_typed_and_counts_for_nothing(audit: Audit) -> None:
    key = "rooms/policy-signed"
    audit.answer("rooms/policy", "yes").answer(key, "no", reason="The pages are loose.")
    audit.add("note", key, note="Page two is missing.").add("correction", key, correction="Bound.")
    data = {"key": key, "due": "2026-12-24"}
    audit.record(Event("action", data, {"action": "Sign it", "owner": "Ann"}))
    evidence = {"key": key, "sha256": "ab" * 32, "size": 3}
    audit.record(Event("evidence", evidence, {"name": "scan.pdf"}))
    assert audit.finding(key).conclusion == "nonconforming"
    audit.answer("rooms/policy", "no")
    result = audit.judge()
    hidden = result.hidden[0]
    assert (hidden.key, hidden.said) == (key, "no")
    texts = " ".join(remark.text for remark in hidden.remarks)
    for word in ("loose", "missing", "Bound", "Sign it", "Ann", "2026-12-24", "scan.pdf", "abab"):
        assert word in texts
    assert key not in {one.requirement for one in result.findings}


def test_a_hidden_answer_is_restored_when_its_question_applies_again(audit: Audit) -> None:
    audit.answer("rooms/policy", "yes").answer("rooms/policy-signed", "yes")
    audit.answer("rooms/policy", "no").answer("rooms/policy", "yes")
    assert audit.judge().hidden == ()
    assert audit.finding("rooms/policy-signed").conclusion == "conforming"


def test_the_answers_of_a_thing_that_was_removed_are_hidden_not_lost(audit: Audit) -> None:
    audit.answer(LOCKED, "no", reason="Key in the lock.")
    audit.record(Event("thing-removed", {"group": "site", "id": "orchard"}))
    hidden = audit.judge().hidden
    assert [(one.key, one.because) for one in hidden] == [
        (LOCKED, "What it was asked for is no longer listed.")
    ]
    assert holds(audit, "Key in the lock.")


def test_what_was_not_asked_is_listed_with_what_decided(audit: Audit) -> None:
    kinds = {one.requirement: (one.kind, one.because) for one in audit.judge().not_asked}
    assert kinds == {
        "rooms/alarm": ("deeper", "It is one of the deep questions."),
        "rooms/at-home": ("out of scope", "Which routes? IV infusion."),
    }


def test_every_requirement_is_found_or_listed_as_not_asked(begin: Callable[..., Audit]) -> None:
    result = begin(only=("people",)).judge()
    named = {one.requirement for one in (*result.findings, *result.not_asked)}
    assert {name for name in named if name.startswith("rooms/")} == {
        f"rooms/{name}"
        for name in (
            *("locked", "key-list", "inventory", "camera", "alarm"),
            *("policy", "policy-signed", "board", "at-home"),
        )
    }


# What was withdrawn.


@pytest.mark.parametrize("kind", ["note", "correction"])
def test_a_withdrawn_text_is_gone_and_who_withdrew_it_is_said(audit: Audit, kind: str) -> None:
    audit.answer(LOCKED, "no").add(kind, LOCKED, **{kind: "Mr. Roe lay there."})
    number = audit.head.count
    audit.withdraw(number, "named a patient")
    found = audit.thing(LOCKED)
    remark = (found.notes or found.corrections)[0]
    assert remark.text == "[withdrawn]"
    assert remark.withdrawn == "Dana Reyes, 2026-11-23T10:00:00+00:00: named a patient"
    assert not holds(audit, "Roe")
    assert [one.text for one in audit.judge().withdrawals] == [f"Event {number}: named a patient"]


def test_a_withdrawn_name_is_gone_everywhere(audit: Audit) -> None:
    audit.declare("staff", "Mr. Doe")
    audit.withdraw(audit.head.count, "a patient, not staff")
    assert not holds(audit, "Mr. Doe")


def test_withdrawing_changes_neither_score_nor_conclusion_of_a_plain_answer(audit: Audit) -> None:
    audit.answer(LOCKED, "no", reason="Mr. Doe saw it.")
    before = audit.judge()
    after = audit.withdraw(audit.head.count, "named a patient").judge()
    assert (after.scores, after.conclusion) == (before.scores, before.conclusion)


# Dates, sources, and the frame.


def test_what_lapses_is_listed_soonest_first_with_its_days(audit: Audit) -> None:
    audit.answer("rooms/inventory", "2024-12-01")
    assert [(one.key, one.on, one.days) for one in audit.judge().lapses] == [
        ("rooms/inventory", "2026-12-01", 8)
    ]


def test_a_date_that_has_lapsed_is_listed_with_days_below_zero(audit: Audit) -> None:
    audit.answer("rooms/inventory", "2024-11-13")
    assert audit.judge().lapses[0].days == -10


def test_every_source_that_is_cited_says_how_far_it_was_read(audit: Audit) -> None:
    reading = {one.id: one.reading for one in audit.judge().sources}
    assert reading == {
        "statute": "Read in full, text of 2026-01-01.",
        "paper": "Read in part, text of 2024-05-01.",
        "unread": "Not read by us; check the current text.",
    }


def test_an_audit_under_way_says_so(audit: Audit) -> None:
    assert not audit.judge().finished
    result = audit.record(Event("concluded", {"headline": ""})).judge()
    assert (result.finished, result.concluded_at) == (True, "2026-11-23T10:00:00+00:00")


def test_the_same_journal_always_gives_the_same_result_and_its_own_json(audit: Audit) -> None:
    audit.answer_all()
    state, head = audit.session.state, audit.head
    data = judge(audit.library, state, head).as_data()
    assert data == judge(audit.library, state.fork(), head).as_data()
    again = json.loads(json.dumps(data))
    assert json.loads(json.dumps(again)) == again
    assert again["journal"] == {"events": head.count, "head": head.hash}
