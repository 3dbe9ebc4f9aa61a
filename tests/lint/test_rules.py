"""Every rule is documented, finds its bad example and not its good one, and speaks on shipped text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from compliance.lint.page import render_index, render_page
from compliance.lint.rule import FAMILIES, Rule
from compliance.lint.rules import list_rules
from compliance.text.yaml_text import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conftest import LintFiles, Put

ROOT = Path(__file__).resolve().parents[2]
RULES = list_rules()
CASES = parse((Path(__file__).with_name("shipped.yaml")).read_text("utf-8"), "shipped.yaml")[0]
NOT_IN_A_TEXT = {"missing-file", "unreadable-file", "edition-behind"}
"""Their mistake is no text in a file; tests/lint/test_linting.py makes it."""


def named(rules: tuple[Rule, ...]) -> Any:  # noqa: ANN401
    return pytest.mark.parametrize("rule", rules, ids=lambda rule: rule.name)


WITH_TEXT = tuple(rule for rule in RULES if rule.name not in NOT_IN_A_TEXT)


def test_there_are_rules_in_each_family() -> None:
    assert len(RULES) >= 60
    assert {rule.code[0] for rule in RULES} == set(FAMILIES)


def test_codes_and_names_are_each_used_once() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)


@named(RULES)
def test_a_rule_is_called_as_its_file_is(rule: Rule) -> None:
    folder = ROOT / "compliance" / "lint" / "rules" / rule.family
    assert (folder / f"{rule.name.replace('-', '_')}.py").is_file()
    assert re.fullmatch(rf"[{''.join(FAMILIES)}]\d\d\d", rule.code)


@named(RULES)
def test_a_rule_says_what_it_finds_and_why_that_is_bad(rule: Rule) -> None:
    assert rule.what.endswith((".", "?"))
    assert rule.why.endswith(".")
    assert rule.what != rule.why


@named(WITH_TEXT)
def test_a_rule_finds_its_bad_example(
    rule: Rule, pack: Mapping[str, bytes], lint_files: LintFiles, put: Put
) -> None:
    found = [one.rule.name for one in lint_files(put(pack, rule.example, rule.bad))]
    assert rule.name in found


@named(WITH_TEXT)
def test_a_rule_is_silent_about_its_good_example(
    rule: Rule, pack: Mapping[str, bytes], lint_files: LintFiles, put: Put
) -> None:
    before = _found(lint_files(pack), rule.name)
    after = _found(lint_files(put(pack, rule.example, rule.good)), rule.name)
    assert [one for one in after if one not in before or "/tried" in one[1]] == []


@named(RULES)
def test_a_rule_has_its_mistake_in_a_shipped_file(rule: Rule) -> None:
    assert rule.name in CASES.data or rule.name in NOT_IN_A_TEXT


@pytest.fixture(scope="session")
def before(shipped: Mapping[str, bytes], lint_files: LintFiles) -> list[Any]:
    """What is found in the shipped files as they are."""
    return lint_files(shipped)


@pytest.mark.parametrize("name", CASES.data)
def test_a_mistake_put_into_a_shipped_file_is_found_there(
    name: str, shipped: Mapping[str, bytes], before: list[Any], lint_files: LintFiles
) -> None:
    case = CASES.data[name]
    added = {path: json.dumps(data).encode() for path, data in case.get("add", {}).items()}
    spoiled = _spoil(shipped[case["file"]], case)
    after = _found(lint_files({**shipped, **added, case["file"]: spoiled}), name)
    new = [one for one in after if one not in _found(before, name)]
    assert [one for one in new if case["at"] in one[1]], after


def _found(findings: list[Any], name: str) -> list[tuple[str, str]]:
    return [
        (one.diagnostic.file, f"{one.diagnostic.anchor} {one.diagnostic.message}")
        for one in findings
        if one.rule.name == name
    ]


def _spoil(raw: bytes, case: Mapping[str, Any]) -> bytes:
    """Return a file with the mistake of a case: a piece of text replaced, or fields of a part set."""
    text = raw.decode()
    if "replace" in case:
        spoiled = re.sub(case["replace"], case["with"], text, count=1)
        assert spoiled != text
        return spoiled.encode()
    document, _ = parse(text, "shipped.yaml")
    assert document
    part = _part(document.data, case.get("part"))
    part.update(case.get("set", {}))
    for key in case.get("remove", ()):
        del part[key]
    return json.dumps(document.data, ensure_ascii=False).encode()


def _part(data: Any, name: str | None) -> dict[str, Any]:  # noqa: ANN401
    """Return the part of that id, wherever it stands; the whole if none is named."""
    if name is None:
        return data
    waiting = [data]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, dict) and one.get("id") == name:
            return one
        waiting += (
            list(one.values()) if isinstance(one, dict) else one if isinstance(one, list) else []
        )
    raise AssertionError(name)


@named(RULES)
def test_the_page_of_a_rule_is_current(rule: Rule) -> None:
    page = ROOT / "docs" / "rules" / f"{rule.code}-{rule.name}.md"
    assert page.read_text("utf-8") == render_page(rule), "make docs"


def test_the_list_of_rules_is_current_and_no_page_is_left_over() -> None:
    folder = ROOT / "docs" / "rules"
    assert (folder / "README.md").read_text("utf-8") == render_index(RULES), "make docs"
    pages = {f"{rule.code}-{rule.name}.md" for rule in RULES} | {"README.md"}
    assert {path.name for path in folder.iterdir()} == pages


def test_an_answer_that_is_written_wrongly_is_said_once(
    pack: Mapping[str, bytes], lint_files: LintFiles, put: Put
) -> None:
    text = "ask: On what day was it?\nanswer: {type: date, conforms_when: {not_before: soon}}"
    found = {
        one.rule.name
        for one in lint_files(put(pack, "requirement", text))
        if "tried" in one.diagnostic.anchor
    }
    assert "wrong-value" in found
    assert found & {"no-question", "missing-yes-no-if"} == set()
