"""A critical gap shows who mends it and until when, or says that nobody and no day was set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from compliance.audit.result import Action
from compliance.report.context import build_context
from compliance.report.html import render_html

if TYPE_CHECKING:
    from compliance.audit.result import RequirementFinding, Result, ThingFinding
    from compliance.report.context import ReportContext

WHOLE = Action("Fit a lock.", "Ann Lee", "2026-11-30", "Dana Reyes", "2026-11-23T10:00:00-07:00")
NO_OWNER, NO_DATE = replace(WHOLE, owner=""), replace(WHOLE, due="")
NEITHER = replace(WHOLE, owner="", due="")

NOTHING_SET = "No owner set and no date set: no action was set."
PLANS = {
    "no action": ([()], NOTHING_SET),
    "a whole one": ([(WHOLE,)], ""),
    "no owner": ([(NO_OWNER,)], "No owner set."),
    "no date": ([(NO_DATE,)], "No date set."),
    "neither": ([(NEITHER,)], "No owner set and no date set."),
    "a whole one and one without a date": ([(WHOLE, NO_DATE)], "No date set."),
    "one without an owner, one without a date": (
        [(NO_OWNER, NO_DATE)],
        "No owner set and no date set.",
    ),
    "two things, both planned": ([(WHOLE,), (WHOLE,)], ""),
    "two things, one of them planned": ([(WHOLE,), ()], NOTHING_SET),
    "two things, one without a date": ([(WHOLE,), (NO_DATE,)], "No date set."),
    "two things, neither planned": ([(), ()], NOTHING_SET),
}


def gap(sunrise: Result, number: int, plans: list[tuple[Action, ...]]) -> RequirementFinding:
    """Return a critical gap that was seen in as many things as there are plans."""
    critical = next(one for one in sunrise.findings if one.gap_grade == "critical")
    seen = next(one for one in critical.things if one.conclusion == "nonconforming")
    things = tuple(_thing(seen, index, actions) for index, actions in enumerate(plans))
    return replace(critical, requirement=f"storage-security/gap-{number}", things=things)


def _thing(seen: ThingFinding, index: int, actions: tuple[Action, ...]) -> ThingFinding:
    title = f"Cabinet {'ABC'[index]}"
    return replace(seen, key=f"{seen.key}-{index}", title=title, actions=actions)


def make(sunrise: Result, *plans: list[tuple[Action, ...]]) -> ReportContext:
    findings = tuple(gap(sunrise, number, one) for number, one in enumerate(plans, start=1))
    return build_context(replace(sunrise, findings=findings).as_data())


@pytest.mark.parametrize(("plan", "said"), PLANS.values(), ids=PLANS)
def test_a_finding_says_what_its_plan_lacks(
    sunrise: Result, plan: list[tuple[Action, ...]], said: str
) -> None:
    made = make(sunrise, plan)
    assert made.grades[0].gaps[0].unplanned == said
    assert f"</span> {said}</p>" in render_html(made) or not said


@pytest.mark.parametrize(("plan", "said"), PLANS.values(), ids=PLANS)
def test_cover_and_summary_say_whether_it_is_planned(
    sunrise: Result, plan: list[tuple[Action, ...]], said: str
) -> None:
    made = make(sunrise, plan)
    words = "No owner or no date was set for gap 1." if said else "Each has an owner and a date."
    assert made.summary.plan == words
    assert ("Plan", f"1 critical gap. {words}") in [(x.label, x.text) for x in made.cover.facts]
    assert render_html(made).count(words) == 2


@pytest.mark.parametrize(("plan", "said"), PLANS.values(), ids=PLANS)
def test_every_thing_in_a_critical_gap_has_owner_and_date_or_says_that_none_was_set(
    sunrise: Result, plan: list[tuple[Action, ...]], said: str
) -> None:
    made = make(sunrise, plan)
    assert len(made.tasks) == sum(len(actions) or 1 for actions in plan)
    assert all(task.owner in {"Ann Lee", "no owner set"} for task in made.tasks)
    assert all(task.due in {"2026-11-30", "no date set"} for task in made.tasks)
    owners, dates = {task.owner for task in made.tasks}, {task.due for task in made.tasks}
    assert bool(said) == bool({"no owner set", "no date set"} & (owners | dates))


@pytest.mark.parametrize(("plan", "said"), PLANS.values(), ids=PLANS)
def test_the_five_to_fix_first_never_look_planned_when_one_thing_is_not(
    sunrise: Result, plan: list[tuple[Action, ...]], said: str
) -> None:
    fix = make(sunrise, plan).summary.fixes[0]
    assert bool(said) == ("no owner set" in fix.who or "no date set" in fix.when)


def test_of_several_critical_gaps_those_without_a_plan_are_numbered(sunrise: Result) -> None:
    made = make(sunrise, [()], [(WHOLE,)], [(NO_DATE,)], [(WHOLE,), (WHOLE, NO_OWNER)])
    said = "No owner or no date was set for gaps 1, 3 and 4."
    assert made.summary.plan == said
    assert "4 critical gaps. " + said in [fact.text for fact in made.cover.facts]
    lacking = [one.number for grade in made.grades for one in grade.gaps if one.unplanned]
    assert lacking == [1, 3, 4]


def test_what_was_corrected_during_the_audit_still_says_that_no_plan_was_set(
    sunrise: Result,
) -> None:
    finding = gap(sunrise, 1, [()])
    assert finding.things[0].corrections
    assert make(sunrise, [()]).grades[0].gaps[0].unplanned == NOTHING_SET


def test_where_no_gap_is_critical_cover_and_summary_say_nothing_of_a_plan(sunrise: Result) -> None:
    lesser = replace(gap(sunrise, 1, [()]), gap_grade="major")
    made = build_context(replace(sunrise, findings=(lesser,)).as_data())
    assert made.summary.plan == ""
    assert "Plan" not in {fact.label for fact in made.cover.facts}
    assert made.grades[0].gaps[0].unplanned == NOTHING_SET


def test_a_gap_whose_rule_nobody_read_needs_no_plan(sunrise: Result) -> None:
    unread = next(one for one in sunrise.findings if not one.established)
    made = build_context(replace(sunrise, findings=(unread,)).as_data())
    assert (made.grades, made.tasks, made.summary.plan) == ((), (), "")
