"""A scenario comes out as expected, or says where and how it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.scenario.reach import measure_reach
from compliance.scenario.running import run_scenario

if TYPE_CHECKING:
    from collections.abc import Callable

    from compliance.checklist.library import Library
    from compliance.scenario.running import Run

AS_EXPECTED = {
    "all conforms": """
        - name: All
          clinic: one
          answers: {inventory: 2024-11-23}
          rest: conforming
          expect:
            asked: [first, at-site@main]
            not_asked: [at-site@back, follow-up, paper]
            findings: {inventory: conforming, at-site@main: conforming}
            conclusion: [no gap seen]
            questions: {core: 3, quick: 0}
        """,
    "the inventory is a day too old": """
        - name: Late
          clinic: one
          answers: {inventory: 2024-11-22}
          rest: conforming
          expect: {findings: {inventory: nonconforming}, conclusion: [minor gaps]}
        """,
    "the same day is late a day later": """
        - name: Later
          clinic: one
          as_of: 2026-11-24
          answers: {inventory: 2024-11-23}
          rest: conforming
          expect: {findings: {inventory: nonconforming}}
        """,
    "nothing conforms, and a follow-up opens": """
        - name: None
          clinic: one
          answers: {inventory: no}
          rest: nonconforming
          expect: {asked: [follow-up], conclusion: [major gaps, minor gaps]}
        """,
    "another route asks for a paper, which is there": """
        - name: Paper
          clinic: one
          facts: {routes: [im]}
          rest: conforming
          expect: {asked: [paper], findings: {paper: conforming, inventory: not determined}}
        """,
    "an answer with a reason": """
        - name: Does not apply
          clinic: one
          answers:
            first: {answer: not-applicable, reason: There is none.}
          expect: {findings: {first: not applicable}}
        """,
    "nothing is asked at another depth": """
        - name: Quick
          clinic: one
          depth: quick
          expect: {not_asked: [first], conclusion: [nothing audited]}
        """,
}
OTHERWISE = {
    "“follow-up” should be asked, and is not.": "expect: {asked: [follow-up]}",
    "“first” should not be asked, and is.": "expect: {not_asked: [first]}",
    "“first” should be conforming, and is nonconforming.": "expect: {findings: {first: conforming}}",
    "“paper” should be conforming, and is not asked.": "expect: {findings: {paper: conforming}}",
    "The conclusion should be no gap seen, and is": "expect: {conclusion: [no gap seen]}",
    "There should be 9 core questions, and there are 4.": "expect: {questions: {core: 9}}",
    "There should be 9 core minutes, and there are 4.": "expect: {minutes: {core: 9}}",
}


@pytest.mark.parametrize("text", AS_EXPECTED.values(), ids=AS_EXPECTED)
def test_a_scenario_comes_out_as_expected(text: str, play: Callable[[str], Run]) -> None:
    assert [one.render() for one in play(text).failures] == []


@pytest.mark.parametrize(("sentence", "expect"), OTHERWISE.items(), ids=OTHERWISE)
def test_what_comes_out_otherwise_is_said_where_it_is_expected(
    sentence: str, expect: str, play: Callable[[str], Run]
) -> None:
    opening = "asked: [follow-up]" in expect
    rest = "conforming" if opening else "nonconforming"
    run = play(
        f"- name: Otherwise\n  clinic: one\n  rest: {rest}\n  answers: {{inventory: no}}\n  {expect}\n"
    )
    [failure] = run.failures
    assert failure.message.startswith(sentence)
    assert failure.position.line == 14
    assert failure.excerpt


def test_an_answer_that_nobody_asks_for_is_a_failure(play: Callable[[str], Run]) -> None:
    [failure] = play("- {name: Idle, clinic: one, answers: {paper: yes}, expect: {}}").failures
    assert failure.message == "This is answered, and nobody asks it of this clinic."


def test_an_answer_that_cannot_be_given_is_said_where_it_stands(play: Callable[[str], Run]) -> None:
    [failure] = play(
        "- {name: No date, clinic: one, answers: {inventory: soon}, expect: {}}"
    ).failures
    assert failure.message.startswith("“soon” is not a date")


def test_reach_tells_what_no_scenario_shows(
    trial: Library,
    read: Callable[..., tuple[list, list]],  # type: ignore[type-arg]
) -> None:
    staged, _ = read(AS_EXPECTED["all conforms"])
    reach = measure_reach(trial, [run_scenario(staged[0], trial)], ["trial"])
    assert reach.never_conforming == ("trial/follow-up", "trial/paper")
    assert set(reach.never_nonconforming) == {entry.key for entry in trial.entries}
    assert reach.never_true == ("trial/follow-up", "trial/paper")
    assert reach.never_false == ()
    assert not reach.whole


def test_scenarios_together_reach_everything(
    trial: Library,
    read: Callable[..., tuple[list, list]],  # type: ignore[type-arg]
) -> None:
    both = """
        - {name: Good, clinic: one, facts: {routes: [im]}, rest: conforming, answers: {inventory: 2026-01-01}, expect: {}}
        - {name: Bad, clinic: one, facts: {routes: [im]}, rest: nonconforming, answers: {inventory: no}, expect: {}}
        - {name: Mended, clinic: one, answers: {first: no, follow-up: yes}, expect: {}}
        """
    staged, _ = read(both)
    runs = [run_scenario(one, trial) for one in staged]
    reach = measure_reach(trial, runs, ["trial"])
    assert reach.whole, reach
