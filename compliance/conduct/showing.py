"""A checklist as a person reads it, and as a form on paper."""

import textwrap
from collections.abc import Iterator
from datetime import date

from compliance.checklist.answer import (
    ChoiceAnswer,
    DateAnswer,
    NumberAnswer,
    TypedAnswer,
    YesNoAnswer,
)
from compliance.checklist.library import Entry, Library
from compliance.errors import InputError
from compliance.text.diagnostic import suggest

_WIDTH = 88


def show_named(library: Library, name: str) -> str:
    """Return a checklist, or one requirement with its sources, as text.

    Raises:
        InputError: there is none of that name.
    """
    entries = find_entries(library, name)
    if "/" in name:
        return "\n".join(_show_requirement(library, entries[0]))
    checklist = entries[0].checklist
    head = [
        f"{checklist.title} ({checklist.jurisdiction}), edition {checklist.edition}",
        checklist.about,
    ]
    lines = [line for text in head for line in _wrap(text, "")]
    section = ""
    for entry in entries:
        if entry.section.title != section:
            section = entry.section.title
            lines += ["", f"{section}. {entry.section.where or ''}".rstrip()]
        lines += ["", *_show_requirement(library, entry)]
    return "\n".join(lines)


def draw_worksheet(library: Library, name: str) -> str:
    """Return a form to print: every question with boxes and lines to write on."""
    entries = find_entries(library, name)
    lines = [
        f"{entries[0].checklist.title}: worksheet",
        "Clinic ______________________  Date ____________  By ________________",
        "",
    ]
    section = ""
    for entry in entries:
        if entry.section.title != section:
            section = entry.section.title
            lines += [f"== {section}. {entry.section.where or ''}".rstrip(), ""]
        lines += [*_draw(entry), ""]
    return "\n".join(lines)


def find_entry(library: Library, name: str) -> Entry:
    """Return a requirement by `checklist/requirement`.

    Raises:
        InputError: there is none of that name.
    """
    if name not in library.by_key:
        hint = suggest(name, library.by_key) or "List them: compliance checklists"
        raise InputError(f"There is no requirement “{name}”. {hint}")
    return library.by_key[name]


def find_entries(library: Library, name: str) -> list[Entry]:
    """Return a requirement by `checklist/requirement`, or all of a checklist in their order.

    Raises:
        InputError: there is none of that name.
    """
    if "/" in name:
        return [find_entry(library, name)]
    if name not in library.checklists:
        hint = suggest(name, library.checklists) or f"There are {', '.join(library.checklists)}."
        raise InputError(f"There is no checklist “{name}”. {hint}")
    return [entry for entry in library.entries if entry.checklist_key == name]


def _show_requirement(library: Library, entry: Entry) -> Iterator[str]:
    requirement = entry.requirement
    group = library.group_of(entry)
    each = f", for each {group.title.lower()}" if group else ""
    yield f"{entry.key}    {requirement.force} · {requirement.grade} · {requirement.depth}{each}"
    yield from _wrap(requirement.ask, "  ")
    if not isinstance(requirement.answer, YesNoAnswer):
        yield from _wrap(f"Answer: {describe_answer(requirement.answer)}", "    ")
    labelled = {
        "Yes if": requirement.yes_if,
        "Partly if": requirement.partly_if,
        "No if": requirement.no_if,
        "Look at": "; ".join(requirement.look_at),
        "Why": requirement.why,
        "Fix": requirement.fix,
    }
    for label, text in labelled.items():
        if text:
            yield from _wrap(f"{label}: {text}", "    ")
    today = date.today()  # noqa: DTZ011 - only for the age of a text, by the reader's own clock
    for name in requirement.cite:
        source = library.sources[name]
        yield from _wrap(
            f"Source: {source.citation}, {source.publisher}. {source.says} {source.describe_reading(today)}",
            "    ",
        )


def describe_answer(rule: TypedAnswer) -> str:
    """Return what a typed question takes, and when that conforms."""
    if isinstance(rule, ChoiceAnswer):
        marks = (
            f"{text}{' (conforms)' if c in rule.conforms_when.one_of else ''}"
            for c, text in rule.choices.items()
        )
        return "; ".join(marks)
    if isinstance(rule, NumberAnswer):
        bounds = [
            (f"at least {rule.conforms_when.at_least}", rule.conforms_when.at_least),
            (f"at most {rule.conforms_when.at_most}", rule.conforms_when.at_most),
        ]
        return f"a number of {rule.unit}, " + " and ".join(
            text for text, bound in bounds if bound is not None
        )
    if isinstance(rule, DateAnswer):
        when = rule.conforms_when
        said = {
            "not before": when.not_before,
            "not after": when.not_after,
            "within the last": when.within_last,
        }
        return "a date, " + " and ".join(
            f"{words} {value}" for words, value in said.items() if value
        )
    return "a DEA number" if rule.pattern == "dea-number" else "an NPI"


def _draw(entry: Entry) -> Iterator[str]:
    requirement = entry.requirement
    yield from _wrap(f"[{requirement.grade}, {requirement.force}] {requirement.ask}", "")
    if isinstance(requirement.answer, YesNoAnswer):
        yield "  [ ] yes: [ ] seen [ ] record [ ] told   [ ] partly   [ ] no   [ ] n/a   [ ] don't know"
    else:
        yield from _wrap(
            f"Answer ({describe_answer(requirement.answer)}): ____________________", "  "
        )
    if requirement.yes_if:
        yield from _wrap(f"Yes if: {requirement.yes_if}", "  ")
    if requirement.look_at:
        yield from _wrap(f"Look at: {'; '.join(requirement.look_at)}", "  ")
    yield "  Where, what was seen: " + "_" * 60
    yield "  " + "_" * 82


def _wrap(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=indent + "  " * bool(indent)
    )
