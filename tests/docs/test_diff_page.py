"""The page about `compliance diff` shows what the program prints."""

import json
import re
from pathlib import Path

import pytest

from compliance.change.carrying import sort_answers
from compliance.change.comparison import compare
from compliance.change.json_format import write_json
from compliance.change.report import Report
from compliance.change.text_format import write_text
from compliance.checklist.identity import NORMATIVE
from compliance.checklist.library import Library, read_library
from compliance.checklist.pack_files import PackFiles

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "diff.md").read_text(encoding="utf-8")
WRITING = (DOCS / "writing-a-checklist.md").read_text(encoding="utf-8")
ANSWERED = ("cart-check/oxygen-ready@cart-1", "cart-check/last-check")


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def read(files: dict[str, str]) -> Library:
    pack = PackFiles("", {name: text.encode() for name, text in files.items()})
    library, diagnostics = read_library([pack])
    assert library, diagnostics
    return library


@pytest.fixture(scope="module")
def report() -> Report:
    """The pack that is grown on the page about writing, before and after the page's own diff."""
    named = re.findall(r"```yaml\n(# (\S+\.yaml)\n.*?)```", WRITING, re.DOTALL)
    files = {name: text for text, name in named if not name.endswith(".test.yaml")}
    changed = files["cart-check.yaml"]
    for hunk in re.split(r"@@.*\n", block("diff")):
        old = "".join(line[1:] for line in hunk.splitlines(keepends=True) if line[0] in " -")
        new = "".join(line[1:] for line in hunk.splitlines(keepends=True) if line[0] in " +")
        assert old in changed
        changed = changed.replace(old, new, 1)
    before, after = read(files), read({**files, "cart-check.yaml": changed})
    answers = [(key, before.by_key[key.partition("@")[0]].digest) for key in ANSWERED]
    earlier = sort_answers("2025-11-20", answers, before, after)
    return Report("main", "HEAD", compare(before, after), earlier)


def test_the_lines_on_the_page_are_those_that_are_printed(report: Report) -> None:
    assert block("text") == write_text(report)


def test_the_json_on_the_page_is_what_is_written(report: Report) -> None:
    assert block("json") == write_json(report)


def test_every_key_of_the_json_is_explained(report: Report) -> None:
    data = json.loads(write_json(report))
    explained = set(re.findall(r"`(\w+)`", PAGE))
    assert set(data) <= explained
    assert set(data["requirements"][0]) | set(data["checklists"][0]) <= explained
    assert set(data["requirements"][0]["fields"][0]) | set(data["audit"]) <= explained


def test_every_normative_field_is_named() -> None:
    line = next(line for line in PAGE.splitlines() if line.startswith("| normative |"))
    assert set(re.findall(r"`(\w+)`", line)) == set(NORMATIVE)
