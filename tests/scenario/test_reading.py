"""What is wrong in a scenario file is said with its place, before anything is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

WRONG = {
    "There is no clinic “two” in this file.": "- {name: A, clinic: two, expect: {}}",
    "There is no requirement “trial/frist”.": "- {name: A, clinic: one, expect: {asked: [frist]}}",
    "There is no requirement “other/first”.": "- {name: A, clinic: one, expect: {findings: {other/first: partly}}}",
    "There is no checklist “tril”.": "- {name: A, clinic: one, only: [tril], expect: {}}",
    "There is no key “expected” here.": "- {name: A, clinic: one, expect: {}, expected: {}}",
    "“expect” is missing.": "- {name: A, clinic: one}",
    "“good” is not among": "- {name: A, clinic: one, rest: good, expect: {}}",
    "The clinic has no fact “colour”.": "- {name: A, clinic: one, facts: {colour: red}, expect: {}}",
    "“sea” is not among": "- {name: A, clinic: one, facts: {routes: [sea]}, expect: {}}",
}


@pytest.mark.parametrize(("sentence", "text"), WRONG.items(), ids=WRONG)
def test_a_mistake_is_said_on_its_line(
    sentence: str,
    text: str,
    read: Callable[..., tuple[list, list]],  # type: ignore[type-arg]
) -> None:
    staged, wrong = read(text + "\n")
    assert staged == []
    assert wrong[0].message.startswith(sentence)
    assert wrong[0].position.line == 10


def test_a_mistake_in_a_clinic_is_said_on_its_line(
    read: Callable[..., tuple[list, list]],  # type: ignore[type-arg]
) -> None:
    head = "as_of: 2026-11-23\nclinics:\n  one:\n    sites:\n      main: {name: Main, state: ZZ}\nscenarios:\n"
    _, [wrong] = read("- {name: A, clinic: one, expect: {}}\n", head=head)
    assert wrong.position.line == 5
    assert wrong.message.startswith("“ZZ” is not among")


def test_a_file_beside_no_checklist_is_said(read: Callable[..., tuple[list, list]]) -> None:  # type: ignore[type-arg]
    text = "- {name: A, clinic: one, expect: {}}\n"
    assert read(text, "trail.test.yaml")[1][0].hint == "Did you mean “trial”?"
    assert read(text, "whole-clinic.test.yaml")[1] == []


def test_what_is_no_yaml_is_a_diagnostic(read: Callable[..., tuple[list, list]]) -> None:  # type: ignore[type-arg]
    assert read("- [", "trial.test.yaml")[1]
    assert read("", head="- a\n")[1]
