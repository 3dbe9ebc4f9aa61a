"""Score and conclusion: every edge, random audits against an independent script, no flattery."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.checklist.answer import YesNoAnswer
from compliance.walk.event import Event
from compliance.walk.outcome import find_outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from conftest import Audit

    from compliance.audit.result import ForceScore, Result, ThingFinding
    from compliance.checklist.library import Library
    from compliance.clinic.applicability import Item

SCRIPT = Path(__file__).with_name("recompute_score.py")
SCORING = Path(__file__).parents[2] / "docs" / "scoring.md"
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

random_audits = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def score_of(result: Result, force: str) -> ForceScore:
    return next(one for one in result.scores if one.force == force)


def answer_everything(audit: Audit, said: str = "yes") -> Audit:
    """Answer each question so, typed ones with a value that conforms, evidence and all."""
    values = {"rooms/inventory": "2026-01-01", "people/watching": "2"}
    while open_items := [item for item in audit.session.open_items() if not item.empty]:
        item = open_items[0]
        typed = {"people/number": "AB1234563", "people/trained": "course"} | values
        audit.answer(item.key, typed.get(item.entry.key, said))
        audit.add("evidence", item.key, kept_at="the binder")
    return audit


# The edges, one by one.


def test_each_force_has_its_own_score_and_nothing_adds_them(audit: Audit) -> None:
    result = answer_everything(audit).judge()
    counted = {one.force: (one.conforming, one.counted) for one in result.scores}
    assert counted == {
        "law": (5, 5),
        "guidance": (1, 1),
        "consensus": (3, 3),
        "good-practice": (1, 1),
    }
    assert result.conclusion.headline == "No gap seen in what was checked."


def test_what_is_declared_not_applicable_stands_beside_the_denominator(audit: Audit) -> None:
    answer_everything(audit).answer("rooms/inventory", "not-applicable")
    law = score_of(audit.judge(), "law")
    assert (law.conforming, law.counted, law.not_applicable) == (4, 4, 1)


def test_critical_not_applicables_are_listed_thing_by_thing(audit: Audit) -> None:
    answer_everything(audit).answer("rooms/locked@orchard", "not-applicable")
    conclusion = audit.judge().conclusion
    assert conclusion.critical_not_applicable == ("rooms/locked@orchard",)
    assert (
        "Declared not applicable to single things, in requirements that count by their others: 1."
        in conclusion.lines
    )


@pytest.mark.parametrize("said", ["partly", "unknown", "no"])
def test_what_is_not_a_yes_adds_nothing_and_stays_in_the_denominator(
    audit: Audit, said: str
) -> None:
    answer_everything(audit).answer("rooms/key-list", said)
    law = score_of(audit.judge(), "law")
    assert (law.conforming, law.counted) == (4, 5)


def test_an_audit_without_answers_is_incomplete_and_scores_nothing(audit: Audit) -> None:
    result = audit.judge()
    assert (score_of(result, "law").conforming, score_of(result, "law").counted) == (0, 5)
    said = "Incomplete: 4 critical or major requirements of law could not be determined."
    assert result.conclusion.headline == said


def test_gaps_come_worst_first_with_their_counts_by_force(audit: Audit) -> None:
    answer_everything(audit)
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
    answer_everything(audit).answer(key, "no").add("correction", key, correction="Locked.")
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
    answer_everything(audit).answer(key, "unknown")
    conclusion = audit.judge().conclusion
    assert conclusion.incomplete == incomplete
    assert conclusion.headline.startswith("Incomplete: 1 critical or major" if incomplete else "No")


def test_a_gap_does_not_hide_what_is_open_beside_it(audit: Audit) -> None:
    answer_everything(audit)
    audit.answer("rooms/locked@orchard", "no").answer("rooms/locked@main-street", "unknown")
    conclusion = audit.judge().conclusion
    assert conclusion.headline == "Critical gaps: 1 of law."
    assert conclusion.incomplete == 1


def test_missing_evidence_is_not_conforming(audit: Audit) -> None:
    answer_everything(audit)
    state = audit.session.state
    state.attached["rooms/policy"].evidence.clear()
    consensus = score_of(audit.judge(), "consensus")
    assert (consensus.conforming, consensus.not_determined, consensus.counted) == (2, 1, 3)


def test_an_empty_group_leaves_law_not_determined(begin: Callable[..., Audit]) -> None:
    audit = begin().record(Event("group", {"group": "site"}), Event("group", {"group": "staff"}))
    conclusion = answer_everything(audit).judge().conclusion
    assert conclusion.headline.startswith("Incomplete: 1 critical or major requirement of law")


def test_a_rule_that_nobody_read_stands_apart(audit: Audit) -> None:
    answer_everything(audit).answer("rooms/board", "no")
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
    only_at_home = checklist({"id": "sheet", "applies_when": {"routes": "home"}})
    audit = begin(make_library({"only.yaml": only_at_home})).say("routes", ["iv"])
    result = audit.judge()
    assert result.conclusion.lines == ("Nothing was audited: no requirement was in scope.",)
    assert result.scores == ()


@pytest.mark.parametrize("said", ["not-applicable", "unknown", ""])
def test_a_clinic_that_answers_nothing_is_not_told_that_no_gap_was_seen(
    make_library: Callable[..., Library], begin: Callable[..., Audit], said: str
) -> None:
    audit = begin(make_library({"only.yaml": checklist({"id": "one"}, {"id": "two"})}))
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
    library = make_library({"only.yaml": checklist({"id": "one", "depth": "quick"})})
    assert begin(library, depth=depth).judge().conclusion.lines[-1] == named


def test_the_checklists_that_were_chosen_are_named(begin: Callable[..., Audit]) -> None:
    result = begin(only=("people",)).judge()
    assert result.conclusion.lines[-1] == "Only these checklists were walked: people."
    assert {one.checklist for one in result.findings} == {"people"}
    assert "not chosen" in {one.kind for one in result.not_asked}


def test_bases_count_every_conforming_answer_to_something_grave(audit: Audit) -> None:
    answer_everything(audit)
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


# The page that explains it, worked out again.


def read_tables() -> list[list[dict[str, str]]]:
    """Return the tables of the worked example, row by row."""
    example = SCORING.read_text("utf-8").partition("## A worked example")[2]
    blocks = [part.splitlines() for part in example.split("\n\n") if part.startswith("|")]
    rows = [[[c.strip() for c in line.split("|")[1:-1]] for line in block] for block in blocks]
    return [[dict(zip(block[0], row, strict=True)) for row in block[2:]] for block in rows]


NOTES: dict[str, dict[str, Any]] = {
    "": {},
    "corrected on the spot": {},
    "`partly_if` says what is lesser": {"partly_if": "It is there and not current."},
    "nobody read the rule": {"cite": ["unread"]},
    "evidence required, none given": {"evidence": "required"},
}
SAID = {"don't know": "unknown", "not applicable": "not-applicable"}


@pytest.fixture(scope="module")
def example(make_library: Callable[..., Library], begin: Callable[..., Audit]) -> Audit:
    rows = read_tables()[0]
    each = ["site" if ":" in row["answers"] else None for row in rows]
    made = [
        {"id": row["requirement"], "force": row["force"], "grade": row["grade"], "for_each": group}
        | NOTES[row["note"]]
        for row, group in zip(rows, each, strict=True)
    ]
    audit = begin(make_library({"only.yaml": checklist(*made)}))
    audit.declare("site", "Main Street", "Orchard")
    for row in rows:
        for part in row["answers"].split("; "):
            thing, _, said = part.rpartition(": ")
            key = f"only/{row['requirement']}" + (
                f"@{thing.lower().replace(' ', '-')}" * bool(thing)
            )
            if said != "not answered":
                audit.answer(key, SAID.get(said, said))
            if said == "no" and row["note"].startswith("corrected"):
                audit.add("correction", key, correction="Mended.")
    return audit


def test_the_worked_example_counts_each_requirement_as_the_page_says(example: Audit) -> None:
    said = {f"only/{row['requirement']}": row["counts as"] for row in read_tables()[0]}
    assert {one.requirement: one.conclusion for one in example.judge().findings} == said


def test_the_worked_example_has_the_figures_of_the_page(example: Audit) -> None:
    figures = [
        {
            "force": one.force,
            "conforming": str(one.conforming),
            "partly": str(one.partly),
            "nonconforming": str(one.nonconforming),
            "not determined": str(one.not_determined),
            "counted": str(one.counted),
            "declared not applicable": str(one.not_applicable),
        }
        for one in example.judge().scores
    ]
    assert figures == read_tables()[1]


def test_the_worked_example_concludes_as_the_page_says(example: Audit) -> None:
    block = SCORING.read_text("utf-8").partition("```text\n")[2].partition("```")[0]
    assert list(example.judge().conclusion.lines) == block.splitlines()


# Random checklists and answers.


def checklist(*requirements: dict[str, Any], name: str = "only") -> bytes:
    """Return a checklist's file; what a requirement leaves out is ordinary."""
    ordinary = {"ask": "Is it so?", "force": "consensus", "grade": "major"}
    made = []
    for one in requirements:
        whole = {name: part for name, part in (ordinary | one).items() if part is not None}
        whole.setdefault("cite", ["statute" if whole["force"] == "law" else "paper"])
        if whole["cite"] == ["unread"]:
            whole["ask"] = "Has the clinic confirmed with the board that it is so?"
        made.append(whole)
    data = {
        "id": name,
        "title": "A checklist",
        "edition": "2026-11-23",
        "jurisdiction": "US",
        "about": "Anything.",
        "sections": [{"title": "A section", "requirements": made}],
    }
    unshared = json.loads(json.dumps(data))  # PyYAML makes an anchor of what stands twice
    return yaml.safe_dump(unshared, sort_keys=False).encode()


@st.composite
def requirements(draw: st.DrawFn, *, follow: bool) -> list[dict[str, Any]]:
    """Draw the requirements of one checklist, of every force, grade, type and group."""
    made: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from([None, None, *TYPED]))
        force = draw(st.sampled_from(["law", "law", "guidance", "consensus", "good-practice"]))
        unread = draw(st.integers(0, 3)) == 0
        one: dict[str, Any] = {
            "id": f"r{number}",
            "force": force,
            "grade": draw(st.sampled_from(GRADES[1:] if unread else GRADES)),
            "depth": draw(st.sampled_from(["quick", "core", "core", "deep"])),
            "for_each": draw(
                st.sampled_from([None, None, "site", "staff", "practitioner", "practice_location"])
            ),
            "evidence": draw(st.sampled_from(["none", "required"])),
            "answer": TYPED[kind][0] if kind else None,
            "partly_if": "Nearly." if kind is None and draw(st.booleans()) else None,
            "applies_when": draw(st.sampled_from([None, {"routes": "iv"}, {"routes": "home"}])),
        }
        one |= {"cite": ["unread"]} if unread else {}
        earlier = [e["id"] for e in made if e["for_each"] in {None, one["for_each"]}]
        if follow and earlier and draw(st.booleans()):
            word = draw(st.sampled_from(["yes", "no", "not-applicable"]))
            parent = draw(st.sampled_from(earlier))
            one["applies_when"] = {"answers": {f"only/{parent}": word}}
        made.append(one)
    return made


def options(item: Item) -> tuple[str, ...]:
    rule = item.entry.requirement.answer
    if isinstance(rule, YesNoAnswer):
        return WORDS
    return (*TYPED[rule.type][1:], "no", "not-applicable", "unknown")


@st.composite
def audits(draw: st.DrawFn, build: Callable[..., Audit], *, follow: bool) -> Audit:
    """Draw an audit: a library, a profile with groups full and empty, and answers to a part."""
    audit = build(
        draw(requirements(follow=follow)), draw(st.sampled_from(["quick", "core", "deep"]))
    )
    if draw(st.booleans()):
        audit.say("routes", draw(st.sampled_from([["iv"], ["home"], [], None])))
    for group, names in (("site", ("Main", "Orchard")), ("staff", ("Ann", "Bo"))):
        audit.declare(group, *names[: draw(st.integers(0, 2))])
    for thing in audit.session.state.profile.things["staff"]:
        audit.say("role", draw(st.sampled_from(["doctor", "clerk", None])), "staff", thing.id)
    seen: set[str] = set()
    while rest := [item for item in audit.session.queue if item.key not in seen]:
        item = rest[0]
        seen.add(item.key)
        if said := draw(st.sampled_from(("", *options(item)))):
            audit.answer(item.key, said, basis=draw(st.sampled_from(["", "seen", "told"])))
        if draw(st.booleans()):
            audit.add("evidence", item.key, kept_at="the binder")
    return audit


@pytest.fixture(scope="session")
def build(
    make_library: Callable[..., Library], begin: Callable[..., Audit]
) -> Callable[..., Audit]:
    return lambda drawn, depth: begin(make_library({"only.yaml": checklist(*drawn)}), depth=depth)


@pytest.fixture(scope="session")
def recompute() -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    return runpy.run_path(str(SCRIPT))["recompute"]


@random_audits
@given(data=st.data())
def test_an_independent_script_agrees_on_random_audits(
    build: Callable[..., Audit], recompute: Callable[..., dict[str, Any]], data: st.DataObject
) -> None:
    result = json.loads(json.dumps(data.draw(audits(build, follow=True)).judge().as_data()))
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


def test_the_independent_script_runs_on_a_file_and_imports_nothing_of_ours(audit: Audit) -> None:
    assert "compliance" not in SCRIPT.read_text("utf-8").partition('"""\n')[2]
    assert len(SCRIPT.read_text("utf-8").splitlines()) <= 40
    raw = json.dumps(answer_everything(audit).judge().as_data()).encode()
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


def draw_thing(data: st.DataObject, audit: Audit, *conclusions: str) -> ThingFinding | None:
    """Draw an answered thing with one of the conclusions, if there is any."""
    findings = audit.judge().findings
    things = [t for one in findings for t in one.things if t.answer and t.conclusion in conclusions]
    return data.draw(st.sampled_from(things)) if things else None


ANY = ("conforming", "partly", "nonconforming", "not determined", "not applicable")


@random_audits
@given(data=st.data())
def test_taking_an_answer_away_never_raises_a_score(
    build: Callable[..., Audit], data: st.DataObject
) -> None:
    audit = data.draw(audits(build, follow=False))
    before = audit.judge()
    if thing := draw_thing(data, audit, *ANY):
        del audit.session.state.answers[thing.key]
        assert all(never_better(before, audit.judge()))


@random_audits
@given(data=st.data())
def test_not_knowing_never_raises_a_score(build: Callable[..., Audit], data: st.DataObject) -> None:
    audit = data.draw(audits(build, follow=False))
    before = audit.judge()
    if thing := draw_thing(data, audit, *ANY):
        after = audit.answer(thing.key, "unknown").judge()
        assert all(never_better(before, after))
        if before.conclusion.headline.startswith("Nothing"):
            assert after.conclusion.headline.split(":")[0] in {"Nothing was checked", "Incomplete"}


@random_audits
@given(data=st.data())
def test_turning_a_yes_into_anything_else_never_improves_anything(
    build: Callable[..., Audit], data: st.DataObject
) -> None:
    audit = data.draw(audits(build, follow=False))
    before = audit.judge()
    if thing := draw_thing(data, audit, "conforming"):
        item = audit.session.applicability.by_key[thing.key]
        said = data.draw(st.sampled_from([word for word in options(item) if word != thing.said]))
        after = audit.answer(thing.key, said).judge()
        assert all(never_better(before, after))
        assert rank(after) >= rank(before)


@random_audits
@given(data=st.data())
def test_not_knowing_never_turns_a_grave_gap_of_law_into_silence(
    build: Callable[..., Audit], data: st.DataObject
) -> None:
    audit = data.draw(audits(build, follow=False))
    before = audit.judge()
    grave = [
        thing.key
        for one in before.findings
        if one.force == "law" and one.grade != "minor" and one.established
        for thing in one.things
        if thing.conclusion in GAPS
    ]
    if grave:
        after = audit.answer(data.draw(st.sampled_from(grave)), "unknown").judge()
        assert after.conclusion.incomplete >= 1
        assert not after.conclusion.headline.startswith("No")


@random_audits
@given(data=st.data())
def test_remarks_of_any_kind_change_no_figure(
    build: Callable[..., Audit], data: st.DataObject
) -> None:
    audit = data.draw(audits(build, follow=True))
    before = audit.judge()
    for item in audit.session.queue[:3]:
        kind = data.draw(st.sampled_from(["note", "correction", "action", "skip"]))
        audit.add(kind, item.key, **({} if kind == "skip" else {kind: "All is well."}))
    after = audit.judge()
    assert (after.scores, after.conclusion) == (before.scores, before.conclusion)


@random_audits
@given(data=st.data())
def test_every_declared_not_applicable_shows_in_a_figure(
    build: Callable[..., Audit], data: st.DataObject
) -> None:
    result = data.draw(audits(build, follow=True)).judge()
    alone = sum(one.not_applicable for one in result.scores)
    things = [
        (one.conclusion == "not applicable", thing)
        for one in result.findings
        for thing in one.things
        if thing.conclusion == "not applicable"
    ]
    inside = [thing for whole, thing in things if not whole]
    said = [line for line in result.conclusion.lines if line.startswith("Declared not applicable")]
    assert bool(alone) == any(whole for whole, _ in things)
    assert [line.rpartition(": ")[2] for line in said] == ([f"{len(inside)}."] if inside else [])


@random_audits
@given(data=st.data())
def test_the_counts_add_up_and_praise_is_earned(
    build: Callable[..., Audit], data: st.DataObject
) -> None:
    audit = data.draw(audits(build, follow=True))
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
