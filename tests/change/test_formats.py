"""The same comparison as text, JSON and Markdown, and what hostile texts may not do there."""

import dataclasses
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from compliance.change.comparison import compare
from compliance.change.json_format import write_json
from compliance.change.markdown_format import MOST_CHARACTERS, write_markdown
from compliance.change.report import Report
from compliance.change.text_format import write_text
from compliance.checklist.library import Library

GOLDEN = Path(__file__).with_name("golden")
WRITERS = {"text.txt": write_text, "data.json": write_json, "markdown.md": write_markdown}
Trial = Callable[..., Library]


@pytest.mark.parametrize("name", WRITERS)
def test_a_difference_of_every_kind_is_written_as_it_was(name: str, report: Report) -> None:
    assert WRITERS[name](report) == (GOLDEN / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", WRITERS)
def test_no_difference_is_said_in_a_word(name: str, small: Library) -> None:
    written = WRITERS[name](Report("a", "b", compare(small, small)))
    if name == "data.json":
        data = json.loads(written)
        assert data["requirements"] == data["checklists"] == data["problems"] == []
        assert data["summary"]["answers_would_not_carry"] == 0
        assert data["audit"] is None
    else:
        assert "No difference. Every answer carries." in written
        assert len(written.splitlines()) <= 3


HOSTILE = [
    "</details><script>alert(1)</script>",
    "``` ```` @everyone | [x](javascript:alert) <b>",
    "![x](https://example.org/x.png) #1 &lt;",
    "\x1b[31mred\x1b[0m \u202egnirts",
    "| --- | \\| ` |",
]


def list_tokens(markdown: str) -> Iterator[Token]:
    """Yield what a reader of Markdown makes of a text, to the smallest part."""
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        yield token
        yield from token.children or ()


@pytest.mark.parametrize("text", HOSTILE)
def test_what_somebody_wrote_is_shown_and_never_acts(text: str, read_trial: Trial) -> None:
    quoted = json.dumps(text)
    old = read_trial("id: one\n\nid: two")
    new = read_trial(
        f"id: one\nask: {quoted}\nyes_if: {quoted}\nlook_at: [{quoted}]",
        f"applies_when: {{motto: {quoted}}}\n"
        f"retired: [{{id: two, on: 2026-12-01, reason: {quoted}}}]",
    )
    report = Report(f"a {text}", "b", compare(old, new))
    markdown, plain = write_markdown(report), write_text(report)
    tokens = list(list_tokens(markdown))
    assert not {token.type for token in tokens} & {"image", "link_open", "html_inline"}
    assert "@everyone" not in "".join(token.content for token in tokens if token.type == "text")
    tags = "".join(token.content for token in tokens if token.type == "html_block")
    assert set(re.findall(r"</?(\w+)", tags)) == {"details", "summary", "code"}
    assert tags.count("<details>") == tags.count("</details>") > 0
    for written in (markdown, plain):
        assert not re.search("[\x1b\u202e]", written)
    assert json.loads(write_json(report))["old"] == f"a {text}"


def test_a_table_keeps_its_columns_whatever_a_name_holds(report: Report) -> None:
    named = dataclasses.replace(report, old="a|b`c")
    rows = [line for line in write_markdown(named).splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {4}


@pytest.mark.slow
def test_a_comment_that_would_be_too_long_is_cut_between_its_parts(read_trial: Trial) -> None:
    many = "\n\n".join(f"id: r-{n}\nask: {'Is it so? ' * 20}" for n in range(300))
    comparison = compare(read_trial(many), read_trial(many.replace("Is it", "Was it")))
    markdown = write_markdown(Report("a", "b", comparison))
    assert len(markdown) < MOST_CHARACTERS + 100
    assert markdown.count("<details>") == markdown.count("</details>")
    assert "And 200 more." in markdown
    assert re.search(r"\n\d+ more parts left out: `compliance diff` prints all\.\n$", markdown)
    plain = write_text(Report("a", "b", comparison))
    assert all(f"r-{n}:" in plain for n in range(300))


def test_the_plain_lines_fit_a_terminal(report: Report) -> None:
    assert max(len(line) for line in write_text(report).splitlines()) <= 88


def test_names_in_the_data_are_those_that_the_text_uses(report: Report) -> None:
    data = json.loads(write_json(report))
    assert data["version"] == 1
    assert data["summary"]["answers_would_not_carry"] == sum(
        not one["answers_carry"] for one in data["requirements"]
    )
    assert data["audit"]["lost"][1] == {
        "key": "rooms/locked@cabinet-a",
        "reason": "changed",
        "before": True,
    }
