"""Scenarios over the small library of all tests."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from compliance.scenario.reading import read_scenarios
from compliance.scenario.running import Run, run_scenario

if TYPE_CHECKING:
    from collections.abc import Callable

    from compliance.checklist.library import Library
    from compliance.text.diagnostic import Diagnostic

HEAD = """
as_of: 2026-11-23
clinics:
  one:
    facts: {name: Sunrise, routes: [iv]}
    sites:
      main: {name: Main, state: CO, stock_kept: yes}
      back: {name: Back, state: UT, stock_kept: no}
scenarios:
"""
REQUIREMENTS = """
id: first
grade: major

id: at-site
for_each: site
applies_when: {this.stock_kept: yes}

id: follow-up
applies_when: {answers: {trial/first: no}}

id: inventory
answer: {type: date, conforms_when: {within_last: 2 years}}

id: paper
evidence: required
applies_when: {routes: {includes: im}}
"""


@pytest.fixture(scope="session")
def trial(read_trial: Callable[..., Library]) -> Library:
    """A checklist with a follow-up, a question for each site, a date and a paper."""
    return read_trial(REQUIREMENTS)


@pytest.fixture(scope="session")
def read(trial: Library) -> Callable[..., tuple[list, list[Diagnostic]]]:  # type: ignore[type-arg]
    """Read scenarios that stand below the clinics above."""

    def make(
        text: str, file: str = "trial.test.yaml", head: str = HEAD
    ) -> tuple[list, list[Diagnostic]]:  # type: ignore[type-arg]
        return read_scenarios((head + dedent(text)).encode(), file, trial)

    return make


@pytest.fixture(scope="session")
def play(
    trial: Library, read: Callable[..., tuple[list, list[Diagnostic]]]
) -> Callable[[str], Run]:  # type: ignore[type-arg]
    """Run one scenario."""

    def make(text: str) -> Run:
        staged, wrong = read(text)
        assert wrong == [], "\n".join(one.render() for one in wrong)
        return run_scenario(staged[0], trial)

    return make
