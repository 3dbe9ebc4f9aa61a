"""The state is a fold over the events, and a fork of it can be changed without a trace."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.checklist.answer import Judgement
from compliance.checklist.condition import Given
from compliance.checklist.library import Library
from compliance.clinic.profile import Thing
from compliance.walk.event import Event
from compliance.walk.outcome import Outcome, find_outcome, list_given, say_answer
from compliance.walk.session import Session, fact_event, thing_events
from compliance.walk.state import AuditState

Make = Callable[..., AuditState]
KEY, OTHER = "desk/certificate-shown", "desk/key-list"


def answer(key: str, said: str, number: int = 0, **texts: str | None) -> Event:
    return Event("answer", {"key": key, "digest": "d", "answer": said}, texts, number)


def typed(key: str, said: str | None) -> Event:
    return Event("answer", {"key": key, "digest": "d"}, {"value": said})


@pytest.fixture
def make(small: Library, as_of: date) -> Make:
    """Make a state of the small pack from events."""

    def fold(*events: Event) -> AuditState:
        state = AuditState(small.sheet, as_of=as_of)
        for event in events:
            state.take(event)
        return state

    return fold


def test_the_first_event_fixes_day_zone_depth_order_and_who(make: Make) -> None:
    data = {"as_of": "2025-01-31", "time_zone": "America/Denver", "depth": "quick", "order": "law"}
    more = {"only": ["desk"], "packs": ["small-pack"], "tool": "0.1"}
    texts = {"auditor": "Dana Reyes", "role": "Manager", "privilege": "asked by counsel"}
    state = make(Event("begun", {**data, **more}, texts, at="2025-02-01T09:00:00-07:00"))
    assert (state.as_of, state.time_zone, state.order) == (
        date(2025, 1, 31),
        "America/Denver",
        "law",
    )
    assert (state.chosen.depth, state.chosen.only, state.packs) == (
        "quick",
        ("desk",),
        ("small-pack",),
    )
    assert (state.auditor, state.role, state.privilege) == tuple(texts.values())
    assert state.begun_at == "2025-02-01T09:00:00-07:00"


def test_an_answer_that_was_changed_is_kept_beside_the_new_one(make: Make) -> None:
    state = make(answer(KEY, "no", 2, reason="first"), answer(KEY, "yes", 3), answer(KEY, "no", 4))
    assert state.answers[KEY].said == "no"
    assert [(one.said, one.number, one.reason) for one in state.superseded] == [
        ("no", 2, "first"),
        ("yes", 3, ""),
    ]


def test_an_answer_ends_a_skip(make: Make) -> None:
    assert make(Event("skip", {"key": KEY})).skipped == {KEY}
    assert make(Event("skip", {"key": KEY}), answer(KEY, "yes")).skipped == set()


def test_what_is_added_stands_with_its_item_in_order(make: Make) -> None:
    events = [
        Event(kind, {"key": KEY}, {"text": str(number)})
        for number, kind in enumerate(("note", "evidence", "correction", "action", "note"))
    ]
    attached = make(*events, Event("note", {}, {"note": "general"})).attached_to(KEY)
    assert attached.notes == [events[0], events[4]]
    assert [attached.evidence, attached.corrections, attached.actions] == [
        [events[1]],
        [events[2]],
        [events[3]],
    ]


def test_a_note_without_an_item_is_a_general_one(make: Make) -> None:
    event = Event("note", {}, {"note": "the clinic moved"})
    assert make(event).general_notes == [event]


FACTS = [
    (Event("fact", {"fact": "patients", "value": "12.5"}), "patients", Decimal("12.5")),
    (Event("fact", {"fact": "opened", "value": "2026-11-23"}), "opened", date(2026, 11, 23)),
    (Event("fact", {"fact": "routes", "value": ["im", "iv"]}), "routes", ("iv", "im")),
    (Event("fact", {"fact": "routes", "value": []}), "routes", ()),
    (Event("fact", {"fact": "motto", "value": None}), "motto", None),
    (Event("fact", {"fact": "motto"}, {"value": "Primum"}), "motto", "Primum"),
    (Event("fact", {"fact": "motto"}, {"value": None}), "motto", "[withdrawn]"),
]


@pytest.mark.parametrize(("event", "name", "value"), FACTS)
def test_a_fact_is_read_back_as_its_type(make: Make, event: Event, name: str, value: Any) -> None:  # noqa: ANN401
    assert make(event).profile.facts == {name: value}


def test_a_thing_that_is_renamed_keeps_its_id_and_its_facts(make: Make) -> None:
    state = make(
        Event("group", {"group": "staff"}),
        Event("thing", {"group": "staff", "id": "ann-lee"}, {"name": "Ann Lee"}),
        Event("fact", {"group": "staff", "thing": "ann-lee", "fact": "role", "value": "crna"}),
        Event("thing", {"group": "staff", "id": "ann-lee"}, {"name": "Ann Lee-Roe"}),
    )
    assert state.profile.things["staff"] == (Thing("ann-lee", "Ann Lee-Roe", {"role": "crna"}),)


def test_a_group_that_was_declared_empty_is_not_one_that_was_never_asked(make: Make) -> None:
    assert make(Event("group", {"group": "staff"})).profile.things == {"staff": ()}
    assert make().profile.things == {}


def test_a_thing_that_was_removed_is_gone_and_the_group_stays(make: Make) -> None:
    state = make(
        Event("thing", {"group": "staff", "id": "ann"}, {"name": "Ann"}),
        Event("thing-removed", {"group": "staff", "id": "ann"}),
    )
    assert state.profile.things == {"staff": ()}
    assert len(state.thing_history) == 2


def test_ids_are_made_once_and_never_twice(make: Make) -> None:
    state = make(*thing_events(make(), "staff", ["Ann  Lee", "Ann Lee", "Łukasz Ö.", "None", "!"]))
    assert [(thing.id, thing.name) for thing in state.profile.things["staff"]] == [
        ("ann-lee", "Ann Lee"),
        ("ann-lee-2", "Ann Lee"),
        ("ukasz-o", "Łukasz Ö."),
        ("none-2", "None"),
        ("unnamed", "!"),
    ]


EVENTS = st.sampled_from(
    [
        answer(KEY, "no", reason="r"),
        answer(KEY, "yes"),
        answer(OTHER, "partly"),
        Event("skip", {"key": KEY}),
        Event("skip", {"key": OTHER}),
        Event("note", {"key": KEY}, {"note": "n"}),
        Event("note", {}, {"note": "general"}),
        Event("evidence", {"key": KEY, "sha256": "0"}, {}),
        Event("correction", {"key": OTHER}, {}),
        Event("action", {"key": KEY}, {}),
        Event("fact", {"fact": "setting", "value": "office"}),
        Event("fact", {"fact": "patients", "value": "1"}),
        Event("group", {"group": "staff"}),
        Event("thing", {"group": "staff", "id": "ann"}, {"name": "Ann"}),
        Event("thing-removed", {"group": "staff", "id": "ann"}),
        Event("withdraw", {"n": 1}, {"why": "w"}),
        Event("concluded", {}),
        Event("recovered", {"bytes": 3}),
    ]
)


@given(st.lists(EVENTS, max_size=8), st.lists(EVENTS, max_size=8))
def test_a_fork_changes_nothing_and_goes_the_same_way(
    make: Make, before: list[Event], after: list[Event]
) -> None:
    state = make(*before)
    fork, untouched = state.fork(), deepcopy(state)
    for event in after:
        fork.take(event)
    assert state == untouched
    for event in after:
        state.take(event)
    assert fork == state


OUTCOMES = [
    ("desk/certificate-shown", answer(KEY, "partly"), Outcome("partly"), Given("partly")),
    ("desk/certificate-shown", answer(KEY, "unknown"), Outcome("unknown"), Given(None)),
    (
        "desk/minutes-watched",
        answer("desk/minutes-watched", "119"),
        Outcome("no", Decimal(119), Judgement(False)),
        Given("no", Decimal(119)),
    ),
    (
        "desk/minutes-watched",
        answer("desk/minutes-watched", "no"),
        Outcome("no"),
        Given("no"),
    ),
    (
        "desk/minutes-watched",
        answer("desk/minutes-watched", "not-applicable"),
        Outcome("not-applicable"),
        Given("not-applicable"),
    ),
    (
        "desk/key-keeper",
        answer("desk/key-keeper", "named"),
        Outcome("yes", "named", Judgement(True)),
        Given("yes", "named"),
    ),
    ("desk/key-keeper", typed("desk/key-keeper", None), Outcome("unknown"), Given(None)),
]


@pytest.mark.parametrize(("key", "event", "outcome", "given_so"), OUTCOMES)
def test_an_answer_comes_to_a_word_and_is_seen_so_by_conditions(
    small: Library, make: Make, key: str, event: Event, outcome: Outcome, given_so: Given
) -> None:
    state = make(event)
    assert find_outcome(small.by_key[key], state.answers[key], state.as_of) == outcome
    assert list_given(small, state) == {key: given_so}


def test_what_was_not_answered_is_unknown_and_not_given(small: Library, make: Make) -> None:
    state = make()
    assert find_outcome(small.by_key[KEY], None, state.as_of) == Outcome("unknown")
    assert list_given(small, state) == {}


SAID = [
    (KEY, "yes", "yes"),
    (KEY, "no", "no"),
    (KEY, "not-applicable", "not applicable"),
    (KEY, "unknown", "don't know"),
    ("desk/minutes-watched", "90", "90 minutes"),
    ("desk/minutes-watched", "no", "none"),
    ("desk/key-keeper", "named", "A named person"),
    ("desk/last-count", "2026-01-31", "2026-01-31"),
]


@pytest.mark.parametrize(("key", "said", "shown"), SAID)
def test_an_answer_is_said_as_a_person_reads_it(
    small: Library, key: str, said: str, shown: str
) -> None:
    assert say_answer(small.by_key[key], said) == shown


def test_a_hidden_answer_comes_back_when_its_question_does(small: Library, make: Make) -> None:
    minutes = "desk/minutes-watched"
    state = make(answer(minutes, "130"))
    session = Session(small, state)
    routes = small.sheet.fact("routes")
    assert routes
    for said, standing in (("home", "out of scope"), ("iv", "asked"), ("unknown", "asked")):
        state.take(fact_event(routes, said))
        session.refresh()
        assert session.applicability.by_key[minutes].standing == standing
        assert state.answers[minutes].said == "130"
