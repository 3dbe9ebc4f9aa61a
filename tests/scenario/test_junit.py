"""Scenarios as JUnit: a suite a file, a failed case for each that came out otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from compliance.scenario.as_junit import render_junit
from compliance.scenario.running import run_scenario

if TYPE_CHECKING:
    from collections.abc import Callable

    from compliance.checklist.library import Library

TEXT = """
- {name: As it should be, clinic: one, rest: conforming, expect: {asked: [first]}}
- {name: Otherwise <&>, clinic: one, rest: conforming, expect: {not_asked: [first]}}
"""


def test_a_scenario_is_a_case_and_one_that_fails_says_where(
    trial: Library,
    read: Callable[..., tuple[list, list]],  # type: ignore[type-arg]
) -> None:
    staged, _ = read(TEXT)
    runs = [run_scenario(one, trial) for one in staged]
    suites = ET.fromstring(render_junit(["trial.test.yaml"], runs, []))  # noqa: S314 - our own
    [suite] = suites
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("2", "1", "0")
    good, bad = suite
    assert len(good) == 0
    [failure] = bad
    assert bad.get("name") == "Otherwise <&>"
    assert failure.text
    assert failure.text.startswith("trial.test.yaml:")
    assert "should not be asked, and is" in failure.text


def test_a_file_that_cannot_be_read_is_a_case_with_an_error(
    read: Callable[..., tuple[list, list]],  # type: ignore[type-arg]
) -> None:
    _, wrong = read("- {name: A, clinic: two, expect: {}}")
    [suite] = ET.fromstring(render_junit(["trial.test.yaml"], [], wrong))  # noqa: S314 - our own
    [case] = suite
    assert (suite.get("errors"), case[0].tag) == ("1", "error")
