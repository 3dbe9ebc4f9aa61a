"""The walk asks facts first, then what applies, and what was skipped last."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from compliance.checklist.library import Library
from compliance.clinic.applicability import Item
from compliance.clinic.needs import NeedFact, NeedThings
from compliance.walk.event import Event
from compliance.walk.session import (
    Progress,
    Session,
    answer_event,
    fact_event,
    needs_basis,
    thing_events,
)
from compliance.walk.state import AuditState


@pytest.fixture
def session(small: Library, as_of: date) -> Session:
    return Session(small, AuditState(small.sheet, as_of=as_of))


def test_facts_are_asked_first(session: Session) -> None:
    step = session.next_step()
    assert isinstance(step, NeedFact)
    assert step.fact.id == "name"


def test_quick_questions_come_first_in_law_order(session: Session) -> None:
    depths = [item.entry.requirement.depth for item in session.queue]
    assert depths[0] == "quick"
    assert depths == sorted(depths, key=("quick", "core", "deep").index)


def test_the_preview_names_what_would_vanish_and_changes_nothing(session: Session) -> None:
    item = session.applicability.by_key["desk/key-keeper"]
    change = session.preview(answer_event(session, item, "named"))
    assert [one.key for one in change.vanishing] == ["desk/key-list"]
    assert session.state.answers == {}


def test_a_question_is_found_by_its_words(session: Session) -> None:
    found = session.find("certificate wall")
    assert found is not None
    assert found.key == "desk/certificate-shown"
    assert session.find("elephant") is None


def test_a_skipped_question_stays_open(session: Session) -> None:
    session.state.take(Event("skip", {"key": "desk/certificate-shown"}))
    assert "desk/certificate-shown" in [item.key for item in session.open_items()]


def say(session: Session, *events: Event) -> None:
    for event in events:
        session.state.take(event)
    session.refresh()


def answer(session: Session, key: str, raw: object, **more: str) -> Event:
    return answer_event(session, session.applicability.by_key[key], raw, **more)


GIVEN: list[tuple[str, Any, dict[str, str], dict[str, str], dict[str, str]]] = [
    ("certificate-shown", "yes", {"basis": "seen"}, {"answer": "yes", "basis": "seen"}, {}),
    ("certificate-shown", "no", {"basis": "seen"}, {"answer": "no"}, {}),
    ("certificate-shown", "partly", {"basis": "told"}, {"answer": "partly", "basis": "told"}, {}),
    (
        "certificate-shown",
        "not-applicable",
        {"reason": "  no wall "},
        {"answer": "not-applicable"},
        {"reason": "no wall"},
    ),
    ("last-count", "2026-01-31", {}, {"answer": "2026-01-31"}, {}),
    ("minutes-watched", "0130.50", {}, {"answer": "130.50"}, {}),
    ("minutes-watched", 130, {}, {"answer": "130"}, {}),
    ("key-keeper", " named ", {}, {"answer": "named"}, {}),
    ("key-keeper", "no", {}, {"answer": "no"}, {}),
]


@pytest.mark.parametrize(("name", "raw", "more", "data", "texts"), GIVEN)
def test_an_answer_is_recorded_under_the_digest_of_its_question(
    session: Session,
    name: str,
    raw: object,
    more: dict[str, str],
    data: dict[str, str],
    texts: dict[str, str],
) -> None:
    key = f"desk/{name}"
    event = answer(session, key, raw, **more)
    digest = session.library.by_key[key].digest
    assert event == Event("answer", {"key": key, "digest": digest, **data}, texts)


def test_a_number_that_somebody_is_known_by_can_be_withdrawn(
    read_trial: Callable[..., Library], as_of: date
) -> None:
    library = read_trial("id: one\nanswer: {type: text, pattern: npi}")
    session = Session(library, AuditState(library.sheet, as_of=as_of))
    event = answer(session, "trial/one", 1234567893)
    assert event.texts == {"value": "1234567893"}
    assert "answer" not in event.data
    assert answer(session, "trial/one", "no").data["answer"] == "no"


REFUSED: list[tuple[str, Any, dict[str, str], str]] = [
    ("certificate-shown", "maybe", {}, "“maybe” is not among yes, partly, no"),
    ("certificate-shown", "not-applicable", {}, "“not-applicable” needs a reason"),
    ("certificate-shown", "not-applicable", {"reason": "  "}, "“not-applicable” needs a reason"),
    ("certificate-shown", "yes", {"basis": "heard"}, "“heard” is not among seen, record or told"),
    ("last-count", "yes", {}, "“yes” is not a date"),
    ("last-count", "2026-11-24", {}, "2026-11-24 is after the day of the audit, 2026-11-23"),
    ("minutes-watched", "long", {}, "“long” is not a number"),
    ("key-keeper", "partly", {}, "“partly” is not among named or anybody"),
]


@pytest.mark.parametrize(("name", "raw", "more", "said"), REFUSED)
def test_what_cannot_be_answered_so_is_refused_in_a_sentence(
    session: Session, name: str, raw: object, more: dict[str, str], said: str
) -> None:
    with pytest.raises(ValueError, match=f"^{said}"):
        answer(session, f"desk/{name}", raw, **more)


def test_what_is_asked_of_nobody_cannot_be_answered(session: Session) -> None:
    say(session, Event("group", {"group": "storage_unit"}))
    with pytest.raises(ValueError, match="No storage unit was listed, though there should be one"):
        answer(session, "rooms/locked@none", "yes")
    assert "rooms/locked@none" not in [item.key for item in session.queue]


BASIS = [
    ("desk/certificate-shown", "yes", True),
    ("desk/certificate-shown", "partly", False),
    ("desk/certificate-shown", "no", False),
    ("desk/key-list", "yes", False),  # minor
    ("desk/last-count", "2026-01-01", True),
    ("desk/last-count", "no", False),
    ("desk/last-count", "unknown", False),
    ("desk/key-keeper", "named", False),  # minor
]


@pytest.mark.parametrize(("key", "said", "needed"), BASIS)
def test_how_a_yes_is_known_is_asked_where_the_grade_is_critical_or_major(
    session: Session, key: str, said: str, needed: bool
) -> None:
    assert needs_basis(session.applicability.by_key[key], said) is needed


FACTS: list[tuple[str, Any, Event]] = [
    ("motto", "Primum", Event("fact", {"fact": "motto"}, {"value": "Primum"})),
    ("motto", "unknown", Event("fact", {"fact": "motto", "value": None})),
    ("telehealth", "YES", Event("fact", {"fact": "telehealth", "value": "yes"})),
    ("routes", ["im", "iv", "im"], Event("fact", {"fact": "routes", "value": ["iv", "im"]})),
    ("patients", 12, Event("fact", {"fact": "patients", "value": "12"})),
    ("opened", "2026-01-31", Event("fact", {"fact": "opened", "value": "2026-01-31"})),
]


@pytest.mark.parametrize(("name", "raw", "event"), FACTS)
def test_a_fact_is_recorded_as_plain_data_and_what_was_typed_as_a_text(
    small: Library, name: str, raw: object, event: Event
) -> None:
    fact = small.sheet.fact(name)
    assert fact
    assert fact_event(fact, raw) == event


def test_what_the_audit_cannot_do_without_may_not_stay_unknown(small: Library) -> None:
    name = small.sheet.fact("name")
    assert name
    for raw in ("unknown", None):
        with pytest.raises(ValueError, match="the audit cannot go on without this"):
            fact_event(name, raw)


def test_things_come_after_the_facts_of_the_clinic_and_then_their_own(session: Session) -> None:
    steps = []
    while isinstance(step := session.next_step(), NeedFact | NeedThings):
        if isinstance(step, NeedThings):
            steps.append(step.group.id)
            say(session, *thing_events(session.state, step.group.id, ["One"]))
        else:
            steps.append(f"{step.group.id}.{step.fact.id}" if step.group else step.fact.id)
            raw = "unknown" if step.fact.required == "no" else "x"
            group = step.group.id if step.group else ""
            say(session, fact_event(step.fact, raw, group=group, thing=step.thing))
    assert steps == [
        "name",
        "routes",
        "site",
        "site.address",
        "staff",
        "site.stock_kept",  # needed once it is possible that somebody works there
        "staff.role",
        "staff.works_at",
        "staff.prescribes",
        "storage_unit",
        "storage_unit.site",
        "storage_unit.kind",
    ]
    assert isinstance(session.next_step(), Item)


@pytest.fixture
def family(read_trial: Callable[..., Library], as_of: date) -> Session:
    """Follow-ups of a question, of one asked for each, and of all of them together."""
    library = read_trial("""
        id: parent
        depth: core

        id: child
        depth: quick
        applies_when: {answers: {trial/parent: no}}

        id: each
        depth: core
        for_each: vehicle

        id: own
        depth: quick
        for_each: vehicle
        applies_when: {answers: {trial/each: no}}

        id: total
        depth: quick
        applies_when: {count: {of: vehicle, where: {answers: {trial/each: no}}, at_least: 2}}
    """)
    session = Session(library, AuditState(library.sheet, as_of=as_of))
    name = library.sheet.fact("name")
    assert name
    say(session, fact_event(name, "Sunrise"), *thing_events(session.state, "vehicle", ["A", "B"]))
    return session


def test_a_follow_up_is_offered_only_after_its_parents(family: Session) -> None:
    said = {"parent": "no", "each@a": "no", "each@b": "unknown"}
    seen = []
    while isinstance(step := family.next_step(), Item):
        name = step.key.removeprefix("trial/")
        seen.append(name)
        say(family, answer(family, step.key, said.get(name, "yes")))
    assert seen == ["parent", "child", "each@a", "own@a", "each@b", "own@b", "total"]


def test_a_follow_up_is_offered_when_its_parent_was_skipped(family: Session) -> None:
    say(family, Event("skip", {"key": "trial/parent"}))
    step = family.next_step()
    assert isinstance(step, Item)
    assert step.key == "trial/child"


def test_a_follow_up_vanishes_when_its_parent_conforms(family: Session) -> None:
    change = family.preview(answer(family, "trial/parent", "yes"))
    assert ([i.key for i in change.appearing], [i.key for i in change.vanishing]) == (
        [],
        ["trial/child"],
    )
    say(family, answer(family, "trial/parent", "yes"))
    change = family.preview(
        answer(family, "trial/parent", "partly"), answer(family, "trial/parent", "no")
    )
    assert [item.key for item in change.appearing] == ["trial/child"]


def test_progress_counts_what_is_asked_and_the_minutes_of_the_rest(session: Session) -> None:
    before = session.progress()
    assert before == Progress(0, len(session.queue), len(session.queue) + 1, 1, 2)
    say(session, answer(session, "desk/certificate-shown", "yes"))
    after = session.progress()
    assert (after.answered, after.minutes_left) == (1, before.minutes_left - 2)
    assert (after.quick_left, after.quick_minutes) == (0, 0)


FOUND = [
    ("desk/key-list", "desk/key-list"),
    ("key-list", "desk/key-list"),
    ("CERTIFICATE", "desk/certificate-shown"),
    ("papers", "desk/certificate-shown"),
    ("who had the key", "desk/key-list"),
    ("", None),
]


@pytest.mark.parametrize(("words", "key"), FOUND)
def test_a_question_is_found_by_its_name_its_section_or_its_words(
    session: Session, words: str, key: str | None
) -> None:
    found = session.find(words)
    assert (found.key if found else None) == key
