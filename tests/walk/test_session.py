"""The walk asks facts first, then what applies, and what was skipped last."""

from datetime import date

import pytest

from compliance.checklist.library import Library
from compliance.clinic.needs import NeedFact
from compliance.walk.event import Event
from compliance.walk.session import Session, answer_event
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
