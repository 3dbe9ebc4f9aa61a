"""Random checklists and answers: an independent script agrees, and nothing flatters."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.audit.published import make_schema, parse_result
from compliance.checklist.answer import YesNoAnswer
from compliance.walk.outcome import find_outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from random import Random

    from conftest import Audit

    from compliance.audit.result import Result, ThingFinding
    from compliance.checklist.library import Library
    from compliance.clinic.applicability import Item

SCRIPT = Path(__file__).with_name("recompute_score.py")
GRADES = ("critical", "major", "minor")
GAPS = {"partly", "nonconforming"}
WORDS = ("yes", "partly", "no", "not-applicable", "unknown")
TYPED: dict[str, tuple[dict[str, Any], str, str]] = {
    "date": (
        {"type": "date", "conforms_when": {"not_before": "today"}},
        "2026-11-23",
        "2026-11-22",
    ),
    "number": (
        {"type": "number", "unit": "people", "conforms_when": {"at_least": 2}},
        "2",
        "1",
    ),
    "choice": (
        {"type": "choice", "choices": {"a": "A", "b": "B"}, "conforms_when": {"one_of": ["a"]}},
        "a",
        "b",
    ),
    "text": ({"type": "text", "pattern": "npi"}, "1234567893", "1234567890"),
}
"""By type: its rule, a value that conforms, one that does not."""

OF_RESULTS = jsonschema.Draft202012Validator(make_schema())

random_audits = settings(max_examples=100)


def draw_requirements(dice: Random, *, follow: bool) -> list[dict[str, Any]]:
    """Draw the requirements of one checklist, of every force, grade, type and group."""
    made: list[dict[str, Any]] = []
    for number in range(dice.randint(3, 8)):
        kind = dice.choice([None, None, None, *TYPED])
        unread = dice.random() < 0.2
        one: dict[str, Any] = {
            "id": f"r{number}",
            "force": dice.choice(["law", "law", "guidance", "consensus", "good-practice"]),
            "grade": dice.choice(GRADES[1:] if unread else GRADES),
            "depth": dice.choice(["quick", "core", "core", "deep"]),
            "for_each": dice.choice(
                [None, "site", "site", "staff", "practitioner", "practice_location"]
            ),
            "evidence": dice.choice(["none", "none", "required"]),
            "answer": TYPED[kind][0] if kind else None,
            "partly_if": dice.choice(["Nearly.", None]) if kind is None else None,
            "applies_when": dice.choice([None, None, None, {"routes": "iv"}, {"routes": "home"}]),
            "cite": ["unread"] if unread else None,
        }
        earlier = [e["id"] for e in made if e["for_each"] in {None, one["for_each"]}]
        if follow and earlier and dice.random() < 0.4:
            word = dice.choice(["yes", "no", "not-applicable"])
            one["applies_when"] = {"answers": {f"only/{dice.choice(earlier)}": word}}
        made.append(one)
    return made


def options(item: Item) -> tuple[str, ...]:
    rule = item.entry.requirement.answer
    if isinstance(rule, YesNoAnswer):
        return WORDS
    return (*TYPED[rule.type][1:], "no", "not-applicable", "unknown")


def draw_audit(dice: Random, build: Callable[..., Audit], *, follow: bool) -> Audit:
    """Draw an audit: a library, a profile with groups full and empty, and answers to a part.

    Some clinics answer yes to most and some leave much open, so that every conclusion comes up.
    """
    audit = build(draw_requirements(dice, follow=follow), dice.choice(["quick", "core", "deep"]))
    audit.say("routes", dice.choice([["iv"], ["iv", "home"], [], None]))
    for group, names in (("site", ("Main", "Orchard")), ("staff", ("Ann", "Bo"))):
        audit.declare(group, *names[: dice.choice([0, 1, 2, 2])])
    for thing in audit.session.state.profile.things["staff"]:
        audit.say("role", dice.choice(["doctor", "doctor", "clerk", None]), "staff", thing.id)
    good, left_open = dice.choice([0.2, 0.5, 0.9]), dice.choice([0, 0.3])
    seen: set[str] = set()
    while rest := [item for item in audit.session.queue if item.key not in seen]:
        item = rest[0]
        seen.add(item.key)
        if dice.random() >= left_open:
            said = options(item)[0] if dice.random() < good else dice.choice(options(item))
            audit.answer(item.key, said, basis=dice.choice(["", "seen", "told"]))
        if dice.random() < 0.6:
            audit.add("evidence", item.key, kept_at="the binder")
    return audit


@pytest.fixture(scope="session")
def build(
    make_library: Callable[..., Library], begin: Callable[..., Audit]
) -> Callable[..., Audit]:
    return lambda drawn, depth: begin(make_library(*drawn), depth=depth)


@pytest.fixture(scope="session")
def recompute() -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    return runpy.run_path(str(SCRIPT))["recompute"]


@random_audits
@given(dice=st.randoms(use_true_random=True))
def test_an_independent_script_agrees_on_random_audits(
    build: Callable[..., Audit], recompute: Callable[..., dict[str, Any]], dice: Random
) -> None:
    result = json.loads(json.dumps(draw_audit(dice, build, follow=True).judge().as_data()))
    again = recompute(result)
    names = {"n/a": "not_applicable", "not determined": "not_determined"}
    scores = [
        {"force": force, **{names.get(word, word): n for word, n in count.items() if n}}
        for force, count in again["scores"].items()
    ]
    told = [{name: n for name, n in one.items() if n} for one in result["scores"]]
    assert sorted(told, key=lambda one: one["force"]) == sorted(scores, key=lambda s: s["force"])
    conclusion = result["conclusion"]
    assert conclusion["gaps"] == again["gaps"]
    assert conclusion["incomplete"] == again["tally"]["open"]
    assert conclusion["not_established"] == again["tally"]["unread"]
    assert conclusion["headline"].startswith(again["headline"])


@random_audits
@given(dice=st.randoms(use_true_random=True))
def test_the_result_of_a_random_audit_is_of_the_published_schema(
    build: Callable[..., Audit], dice: Random
) -> None:
    result = draw_audit(dice, build, follow=True).judge()
    raw = json.dumps(result.as_data()).encode()
    assert parse_result(raw) == result
    assert list(OF_RESULTS.iter_errors(json.loads(raw))) == []


def test_the_independent_script_runs_on_a_file_and_imports_nothing_of_ours(audit: Audit) -> None:
    assert "compliance" not in SCRIPT.read_text("utf-8").partition('"""\n')[2]
    assert len(SCRIPT.read_text("utf-8").splitlines()) <= 40
    raw = json.dumps(audit.answer_all().judge().as_data()).encode()
    ran = subprocess.run(
        [sys.executable, "-I", str(SCRIPT)], input=raw, capture_output=True, check=True
    )
    assert json.loads(ran.stdout)["scores"]["law"] == {"conforming": 5, "counted": 5}


# The hunt for flattery: what may never make an audit look better.


def rank(result: Result) -> tuple[int, ...]:
    """Return how bad a conclusion is, the gravest figure first."""
    conclusion = result.conclusion
    gaps = (sum(conclusion.gaps[grade].values()) for grade in GRADES)
    return (*gaps, conclusion.incomplete)


def never_better(before: Result, after: Result) -> Iterator[bool]:
    """Yield for each force whether neither its yes count nor its share rose."""
    old = {one.force: one for one in before.scores}
    for one in after.scores:
        was = old[one.force]
        share = Fraction(one.conforming, one.counted or 1)
        yield one.conforming <= was.conforming and share <= Fraction(
            was.conforming, was.counted or 1
        )


def draw_thing(dice: Random, audit: Audit, *conclusions: str) -> ThingFinding | None:
    """Draw an answered thing with one of the conclusions, if there is any."""
    findings = audit.judge().findings
    things = [t for one in findings for t in one.things if t.answer and t.conclusion in conclusions]
    return dice.choice(things) if things else None


ANY = ("conforming", "partly", "nonconforming", "not determined", "not applicable")


@random_audits
@given(dice=st.randoms(use_true_random=True))
def test_taking_an_answer_away_never_raises_a_score(
    build: Callable[..., Audit], dice: Random
) -> None:
    audit = draw_audit(dice, build, follow=False)
    before = audit.judge()
    if thing := draw_thing(dice, audit, *ANY):
        del audit.session.state.answers[thing.key]
        assert all(never_better(before, audit.judge()))


@random_audits
@given(dice=st.randoms(use_true_random=True))
def test_not_knowing_never_raises_a_score(build: Callable[..., Audit], dice: Random) -> None:
    audit = draw_audit(dice, build, follow=False)
    before = audit.judge()
    if thing := draw_thing(dice, audit, *ANY):
        after = audit.answer(thing.key, "unknown").judge()
        assert all(never_better(before, after))
        if before.conclusion.headline.startswith("Nothing"):
            assert after.conclusion.headline.split(":")[0] in {"Nothing was checked", "Incomplete"}


@random_audits
@given(dice=st.randoms(use_true_random=True))
def test_turning_a_yes_into_anything_else_never_improves_anything(
    build: Callable[..., Audit], dice: Random
) -> None:
    audit = draw_audit(dice, build, follow=False)
    before = audit.judge()
    if thing := draw_thing(dice, audit, "conforming"):
        item = audit.session.applicability.by_key[thing.key]
        said = dice.choice(
            [word for word in options(item) if word != audit.session.state.answers[item.key].said]
        )
        after = audit.answer(thing.key, said).judge()
        assert all(never_better(before, after))
        assert rank(after) >= rank(before)


@random_audits
@given(dice=st.randoms(use_true_random=True))
def test_not_knowing_never_turns_a_grave_gap_of_law_into_silence(
    build: Callable[..., Audit], dice: Random
) -> None:
    audit = draw_audit(dice, build, follow=False)
    before = audit.judge()
    grave = [
        thing.key
        for one in before.findings
        if one.force == "law" and one.grade != "minor" and one.established
        for thing in one.things
        if thing.conclusion in GAPS
    ]
    if grave:
        after = audit.answer(dice.choice(grave), "unknown").judge()
        assert after.conclusion.incomplete >= 1
        assert not after.conclusion.headline.startswith("No")


@random_audits
@given(dice=st.randoms(use_true_random=True))
def test_remarks_of_any_kind_change_no_figure(build: Callable[..., Audit], dice: Random) -> None:
    audit = draw_audit(dice, build, follow=True)
    before = audit.judge()
    for item in audit.session.queue[:3]:
        kind = dice.choice(["note", "correction", "action", "skip"])
        audit.add(kind, item.key, **({} if kind == "skip" else {kind: "All is well."}))
    after = audit.judge()
    assert (after.scores, after.conclusion) == (before.scores, before.conclusion)


@random_audits
@given(dice=st.randoms(use_true_random=True))
def test_every_declared_not_applicable_shows_in_a_figure(
    build: Callable[..., Audit], dice: Random
) -> None:
    result = draw_audit(dice, build, follow=True).judge()
    alone = sum(one.not_applicable for one in result.scores)
    things = [
        (one.conclusion == "not applicable", thing)
        for one in result.findings
        for thing in one.things
        if thing.conclusion == "not applicable"
    ]
    inside = [thing for whole, thing in things if not whole]
    said = [
        line for line in result.conclusion.lines if line.startswith("“Not applicable” for single")
    ]
    assert bool(alone) == any(whole for whole, _ in things)
    assert [line.rpartition(": ")[2] for line in said] == ([f"{len(inside)}."] if inside else [])


@random_audits
@given(dice=st.randoms(use_true_random=True))
def test_the_counts_add_up_and_praise_is_earned(build: Callable[..., Audit], dice: Random) -> None:
    audit = draw_audit(dice, build, follow=True)
    result = audit.judge()
    for one in result.scores:
        parts = one.conforming + one.partly + one.nonconforming + one.not_determined
        assert parts == one.counted
        assert parts + one.not_applicable == sum(f.force == one.force for f in result.findings)
    if result.conclusion.headline.startswith("No gap"):
        assert any(one.conforming for one in result.scores)
        assert not any(rank(result))
    state = audit.session.state
    for item in audit.session.queue:
        outcome = find_outcome(item.entry, state.answers.get(item.key), state.as_of)
        found = next(t for f in result.findings for t in f.things if t.key == item.key)
        assert (found.conclusion == "conforming") <= (outcome.word == "yes")
