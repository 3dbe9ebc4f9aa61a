"""A comparison as Markdown for a comment on a pull request: short first, details folded.

Whatever somebody wrote stands in a code span or a fenced block, so that it is shown and never
acts: no mention, no link, no HTML.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from compliance.change.carrying import EarlierAnswers
from compliance.change.checklists import ChecklistChange
from compliance.change.parts import FieldChange, PartChange
from compliance.change.problems import Problem
from compliance.change.report import Report
from compliance.change.requirements import RequirementChange
from compliance.change.wording import count, name_changes, show, summarize

MOST_CHARACTERS = 60_000
"""A comment on GitHub takes 65,536; what does not fit is counted instead."""

_MOST_ROWS = 100


def write_markdown(report: Report) -> str:
    """Return the report as Markdown that ends with a line feed."""
    written, left_out = "", 0
    for block in _write(report):
        if left_out or len(written) + len(block) > MOST_CHARACTERS:
            left_out += 1
        else:
            written += f"{block}\n\n"
    if left_out:
        written += f"{count(left_out, 'more part')} left out: `compliance diff` prints all.\n"
    return written.rstrip("\n") + "\n"


def _write(report: Report) -> Iterator[str]:
    comparison = report.comparison
    yield f"### Checklists: {_code(report.old)} → {_code(report.new)}"
    said, carry = summarize(comparison)
    yield f"{said} {f'**{carry}**' if comparison.losing else carry}"
    if comparison.problems:
        yield _list_problems(comparison.problems)
    if report.earlier:
        yield _say_earlier(report.earlier)
    rows = [_describe_checklist(one) for one in comparison.checklists]
    yield from _write_table(("checklist", "change", "edition"), rows)
    rows = [_describe_requirement(one) for one in comparison.requirements]
    yield from _write_table(("requirement", "change", "answers given before"), rows)
    for title, parts in _name_parts(report).items():
        rows = [(_code(one.key), one.change, _list_fields(one.fields)) for one in parts]
        yield from _write_table((title, "change", "what"), rows)
    yield from _write_details(report)


def _list_problems(problems: Iterable[Problem]) -> str:
    return "**To mend**\n\n" + "\n".join(f"- {_code(one.key)} {one.message}" for one in problems)


def _say_earlier(earlier: EarlierAnswers) -> str:
    lost = [f"- {_code(one.key)}: {one.reason}" for one in earlier.lost]
    said = f"The audit of {_code(earlier.audit)}: {count(earlier.carried, 'answer')} would carry, "
    said += f"**{len(lost)} would not**."
    return said + ("\n\n" + _fold("Answers that would not carry", "\n".join(lost)) if lost else "")


def _name_parts(report: Report) -> dict[str, tuple[PartChange, ...]]:
    comparison = report.comparison
    return {"source": comparison.sources, "fact": comparison.facts, "pack": comparison.packs}


def _describe_checklist(change: ChecklistChange) -> tuple[str, ...]:
    edition = f"{change.old_edition} → {change.new_edition}".strip(" →")
    stands = change.old_edition == change.new_edition
    return _code(change.key), change.change, change.new_edition if stands else edition


def _describe_requirement(change: RequirementChange) -> tuple[str, ...]:
    said = ", ".join(name_changes(change)) if change.fields else str(change.change)
    said += " (unnormative)" if change.fields and not change.normative else ""
    said += f", see {_code(change.twin)}" if change.twin else ""
    carry = (
        "would not carry" if change.loses_answers else "" if change.change == "added" else "carry"
    )
    return _code(change.key), said, carry


def _list_fields(fields: Iterable[FieldChange]) -> str:
    return ", ".join(_code(one.field) for one in fields)


def _write_table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if not rows:
        return
    lines = [f"| {' | '.join(row)} |" for row in (titles, ["---"] * len(titles), *rows)]
    table = "\n".join(lines[: _MOST_ROWS + 2])
    more = len(rows) - _MOST_ROWS
    yield table + (f"\n\nAnd {more} more." if more > 0 else "")


def _write_details(report: Report) -> Iterator[str]:
    """What is inherited is shown once, with the first requirement that inherits it."""
    shown: set[str] = set()
    for checklist in report.comparison.checklists:
        yield from _fence(_tag(checklist.key), checklist.fields)
    for one in report.comparison.requirements:
        title = f"{_tag(one.key)}: {', '.join(name_changes(one)) or one.change}"
        if one.change == "retired":
            yield _fold(title, f"```diff\n  on {one.on}: {show(one.reason)}\n```")
        fields = [field for field in one.fields if not (field.inherited and _show(field) in shown)]
        yield from _fence(title, fields, unnormative=" (unnormative)")
        shown |= {_show(field) for field in fields}
    for parts in _name_parts(report).values():
        for part in parts:
            yield from _fence(_tag(part.key), part.fields)


def _show(change: FieldChange, unnormative: str = "") -> str:
    name = change.field if change.normative else f"{change.field}{unnormative}"
    return f"- {name}: {show(change.old)}\n+ {name}: {show(change.new)}"


def _fence(title: str, fields: Sequence[FieldChange], unnormative: str = "") -> Iterator[str]:
    if fields:
        lines = "\n".join(_show(one, unnormative) for one in fields)
        yield _fold(title, f"```diff\n{lines}\n```")


def _tag(key: str) -> str:
    return f"<code>{escape(key)}</code>"


def _fold(title: str, body: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"


def _code(text: str) -> str:
    """Return a code span that holds whatever the text holds, also within a table."""
    text = show(text).replace("|", "\\|")
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}" if longest else f"`{text}`"
