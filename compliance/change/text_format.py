"""A comparison as plain lines for a terminal."""

import textwrap
from collections.abc import Iterable, Iterator

from compliance.change.carrying import EarlierAnswers
from compliance.change.checklists import ChecklistChange
from compliance.change.parts import FieldChange, PartChange
from compliance.change.report import Report
from compliance.change.requirements import RequirementChange
from compliance.change.wording import count, name_changes, show, summarize

_WIDTH = 88
_DEEP = " " * 6
_SIGNS = {"added": "+", "changed": "~", "vanished": "!"}
_LOST = "Answers given before would not carry."


def write_text(report: Report) -> str:
    """Return the report as text that ends with a line feed."""
    return "\n".join(_write(report)) + "\n"


def _write(report: Report) -> Iterator[str]:
    comparison = report.comparison
    yield f"{show(report.old)} → {show(report.new)}"
    yield from _wrap(" ".join(summarize(comparison)), "")
    if comparison.problems:
        yield "\nTo mend"
        for problem in comparison.problems:
            yield from _wrap(f"{problem.key} {problem.message}", "  ")
    for checklist in comparison.checklists:
        yield ""
        mine = [one for one in comparison.requirements if one.checklist == checklist.key]
        yield from _write_checklist(checklist, mine)
    parts = {"Sources": comparison.sources, "Facts": comparison.facts, "Packs": comparison.packs}
    for title, changes in parts.items():
        if changes:
            yield f"\n{title}"
        for change in changes:
            yield from _write_part(change)
    if report.earlier:
        yield from _write_answers(report.earlier, report.old)


def _write_checklist(
    checklist: ChecklistChange, requirements: Iterable[RequirementChange]
) -> Iterator[str]:
    yield from _wrap(f"{checklist.key}: {show(checklist.title)}", "")
    yield f"    {_say_edition(checklist)}"
    for field in checklist.fields:
        yield from _write_field(field, "    ")
    shown: set[str] = set()
    for one in requirements:
        if checklist.change == "changed" or one.twin:
            yield from _write_requirement(one, shown)


def _say_edition(checklist: ChecklistChange) -> str:
    old, new = checklist.old_edition, checklist.new_edition
    if checklist.change == "changed":
        return f"edition: {old} → {new}" if old != new else f"edition: {old}, as before"
    lost = f". {_LOST}" if checklist.change == "removed" else ""
    number = count(checklist.requirements, "requirement")
    return f"edition: {new or old}, {checklist.change} with {number}{lost}"


def _write_requirement(change: RequirementChange, shown: set[str]) -> Iterator[str]:
    name = change.key.partition("/")[2]
    names = f": {', '.join(name_changes(change))}" if change.fields else ""
    yield f"  {_SIGNS.get(change.change, '-')} {change.change:<9} {name}{names}"
    if change.on:
        yield from _wrap(f"on {change.on}: {show(change.reason)}", _DEEP)
    if change.twin:
        yield f"{_DEEP}It seems to {'have been' if change.change == 'added' else 'be'} {change.twin}."
    if change.loses_answers:
        yield f"{_DEEP}{_LOST}"
    for field in change.fields:
        yield from _write_field(field, _DEEP, shown)


def _write_part(change: PartChange) -> Iterator[str]:
    yield f"  {_SIGNS.get(change.change, '-')} {change.change:<9} {change.key}"
    for field in change.fields:
        yield from _write_field(field, _DEEP)


def _write_field(change: FieldChange, indent: str, shown: set[str] | None = None) -> Iterator[str]:
    """On one line where it fits, else the old above the new; what is inherited only once."""
    old, new = show(change.old), show(change.new)
    aside = "" if change.normative or shown is None else " (unnormative)"
    line = f"{indent}{change.field}: {old} → {new}{aside}"
    if change.inherited and shown is not None:
        if line in shown:
            yield f"{indent}{change.field}: as above"
            return
        shown.add(line)
    if len(line) <= _WIDTH:
        yield line
        return
    yield f"{indent}{change.field}:{aside}"
    yield from _wrap(old, f"{indent}  - ")
    yield from _wrap(new, f"{indent}  + ")


def _write_answers(earlier: EarlierAnswers, old: str) -> Iterator[str]:
    lost = len(earlier.lost)
    said = f"{count(earlier.carried, 'answer')} would carry, {lost} would not"
    if earlier.elsewhere:
        said += f"; {earlier.elsewhere} more of checklists that were not compared"
    yield ""
    yield from _wrap(f"The audit of {show(earlier.audit)}: {said}.", "")
    for one in earlier.lost:
        aside = f", and not to {show(old)} either" if one.before else ""
        yield f"  - {one.reason:<9} {show(one.key)}{aside}"


def _wrap(text: str, first: str) -> list[str]:
    """Break a text behind its first indent; long words stay whole, so that they can be copied."""
    rest = " " * len(first)
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=rest or "  ",
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first.rstrip()]
