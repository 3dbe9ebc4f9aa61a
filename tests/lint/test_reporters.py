"""Each format says everything that was found, and is judged by readers that are not ours."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from sarif_kit.validate import validation_errors

from compliance.lint.outcome import Outcome
from compliance.lint.reporters import FORMATS, render
from compliance.lint.rules import list_rules

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conftest import LintFiles, Put

CASES = [
    "ask: Is the stock counted regularly?\nwhy: Müller, 漢字 & <b>bold</b>",
    "grade: severe",
    "look_at: [the cabinet",
    "applies_when: {buys_stok: yes}",
]


@pytest.fixture
def outcome(pack: Mapping[str, bytes], lint_files: LintFiles, put: Put) -> Outcome:
    """What is found in the small pack with a vague question in it."""
    files = put(pack, "requirement", CASES[0])
    return Outcome(tuple(lint_files(files)), tuple(sorted(files)), date(2026, 11, 23))


@pytest.fixture(params=CASES, ids=range(len(CASES)))
def any_outcome(
    request: pytest.FixtureRequest, pack: Mapping[str, bytes], lint_files: LintFiles, put: Put
) -> Outcome:
    files = put(pack, "requirement", request.param)
    return Outcome(tuple(lint_files(files)), tuple(sorted(files)), date(2026, 11, 23))


def test_sarif_is_valid_by_the_schema_of_oasis(any_outcome: Outcome) -> None:
    assert validation_errors(json.loads(render(any_outcome, "sarif"))) == []


def test_sarif_holds_every_finding_with_help_and_a_place_that_counts_from_one(
    any_outcome: Outcome,
) -> None:
    [run] = json.loads(render(any_outcome, "sarif"))["runs"]
    assert len(run["results"]) == len(any_outcome.findings)
    for result in run["results"]:
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["help"]["markdown"].startswith(f"# {rule['id']}")
        region = result["locations"][0]["physicalLocation"]["region"]
        assert min(region["startLine"], region["startColumn"]) >= 1


def test_fingerprints_differ_and_stay_when_lines_move(
    pack: Mapping[str, bytes], lint_files: LintFiles, put: Put
) -> None:
    files = put(pack, "requirement", CASES[0])
    moved = {**files, "trial.yaml": b"# One more line.\n\n" + files["trial.yaml"]}
    marks = []
    for one in (files, moved):
        found = Outcome(tuple(lint_files(one)), tuple(one), date(2026, 11, 23))
        [run] = json.loads(render(found, "sarif"))["runs"]
        marks.append([result["partialFingerprints"]["place/v1"] for result in run["results"]])
    assert marks[0] == marks[1]
    assert len(set(marks[0])) == len(marks[0])


def test_json_holds_every_finding(any_outcome: Outcome) -> None:
    data = json.loads(render(any_outcome, "json"))
    assert data["version"] == 1
    assert len(data["findings"]) == len(any_outcome.findings) == sum(data["counts"].values())
    codes = {rule.code for rule in list_rules()}
    assert {one["code"] for one in data["findings"]} <= codes


def test_junit_fails_the_files_with_errors_and_warnings(any_outcome: Outcome) -> None:
    suites = ET.fromstring(render(any_outcome, "junit"))  # noqa: S314 - our own text
    [suite] = suites
    failed = [case.get("name") for case in suite if case.find("failure") is not None]
    grave = {f.diagnostic.file for f in any_outcome.findings if f.rule.severity != "note"}
    assert failed == sorted(grave)
    assert suite.get("tests") == str(len(suite)) == str(len(any_outcome.files))
    assert suite.get("failures") == suites.get("failures") == str(len(failed))


def test_github_gets_a_command_for_each_finding_on_a_line_of_its_own(any_outcome: Outcome) -> None:
    lines = render(any_outcome, "github").splitlines()
    commands = [line for line in lines if line.startswith("::")]
    assert len(commands) == len(any_outcome.findings) == len(lines) - 1
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in commands)


def test_github_cannot_be_given_a_command_by_a_file(
    pack: Mapping[str, bytes], lint_files: LintFiles, put: Put
) -> None:
    files = put(pack, "requirement", r'ask: "Is it?\n::error::planted"')
    found = Outcome(tuple(lint_files(files)), tuple(files), date(2026, 11, 23))
    assert "\n::error::planted" not in render(found, "github")


def test_text_shows_the_line_with_a_caret_and_the_code(outcome: Outcome) -> None:
    text = render(outcome, "text")
    assert "warning: Two auditors would not agree on “regularly”." in text
    assert "[W303]" in text
    assert "ask: Is the stock counted regularly?\n" in text
    assert text.splitlines()[-1].startswith("6 files, ")


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_found_is_said_in_every_format(form: str) -> None:
    empty = Outcome((), ("a.yaml",), date(2026, 11, 23))
    text = render(empty, form)  # type: ignore[arg-type]
    assert text.endswith("\n")
    if form == "sarif":
        assert validation_errors(json.loads(text)) == []


def test_the_schema_refuses_what_is_no_sarif(any_outcome: Outcome) -> None:
    log = json.loads(render(any_outcome, "sarif"))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"] = 0
    assert validation_errors(log) != []
