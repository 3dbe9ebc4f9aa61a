"""The full record: every requirement, everything not asked, everything changed or withdrawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from compliance.report.entries import Data, Line, Thing, remark_lines, standing, things
from compliance.report.gaps import Book, requirement_key, rules
from compliance.report.wording import capital, count, force, joined, minute

_EVIDENCE = {"required": "evidence required", "recommended": "evidence recommended"}
_KINDS = {
    "out of scope": "Out of scope: a condition decided that it does not apply",
    "deeper": "Deeper than this audit went",
    "not chosen": "Left out, because the audit was narrowed to some checklists",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One requirement with its conclusion, what was said of each thing, and its sources."""

    ask: str
    mark: str
    word: str
    standing: str
    things: tuple[Thing, ...]
    sources: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The requirements of one section of a checklist."""

    title: str
    where: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """One checklist with its edition and its sections."""

    title: str
    about: str
    edition: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Requirements that were not asked for one and the same reason."""

    because: str
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """Everything that was not asked in one way: out of scope, deeper, not chosen."""

    heading: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was said and no longer counts."""

    ask: str
    lines: tuple[Line, ...]


def by_checklist(data: Data, book: Book) -> tuple[Checklist, ...]:
    """Return the whole record in the order in which the checklists were walked."""
    used = {checklist["id"]: checklist for checklist in data["checklists"]}
    keys = dict.fromkeys(finding["checklist"] for finding in data["findings"])
    return tuple(
        _checklist(used.get(key, {}), key, tuple(_sections(data, key, book))) for key in keys
    )


def _checklist(used: Data, key: str, sections: tuple[Section, ...]) -> Checklist:
    edition = used.get("edition", "")
    return Checklist(
        title=used.get("title", key),
        about=used.get("about", ""),
        edition=joined([f"edition {edition}" if edition else "", used.get("jurisdiction", "")]),
        sections=sections,
    )


def _sections(data: Data, checklist: str, book: Book) -> Iterator[Section]:
    mine = [finding for finding in data["findings"] if finding["checklist"] == checklist]
    for (title, where), group in groupby(mine, key=lambda f: (f["section"], f["where"])):
        yield Section(title, where, tuple(_entry(finding, book) for finding in group))


def _entry(finding: Data, book: Book) -> Entry:
    look, word = standing(finding["conclusion"], established=finding["established"])
    return Entry(
        ask=finding["ask"],
        mark=look,
        word=word,
        standing=_standing(finding),
        things=things(finding),
        sources=_sources(finding, book),
    )


def _standing(finding: Data) -> str:
    return joined(
        [
            force(finding["force"]),
            finding["grade"],
            finding["depth"],
            _EVIDENCE.get(finding["evidence_needed"], ""),
            requirement_key(finding),
        ]
    )


def _sources(finding: Data, book: Book) -> tuple[Line, ...]:
    """Return citation, id and reading of each source that a requirement cites."""
    pairs = zip(finding["cite"], rules(finding, book), strict=True)
    return tuple(Line("Source", joined([rule.citation, rule.reading]), key) for key, rule in pairs)


def not_asked(data: Data, book: Book) -> tuple[Kind, ...]:
    """Return what was not asked: by kind, then by the reason, each as it came."""
    items = data["not_asked"]
    kinds = dict.fromkeys(item["kind"] for item in items)
    return tuple(_kind(kind, [i for i in items if i["kind"] == kind], book) for kind in kinds)


def _kind(kind: str, items: list[Data], book: Book) -> Kind:
    heading = f"{_KINDS.get(kind, capital(kind))} ({len(items)})"
    becauses = dict.fromkeys(item["because"] for item in items)
    reasons = (_reason(text, [i for i in items if i["because"] == text], book) for text in becauses)
    return Kind(heading, tuple(reasons))


def _reason(because: str, items: list[Data], book: Book) -> Reason:
    asks = tuple(_unasked(item, book) for item in items)
    return Reason(f"{capital(because)} ({count(len(asks), 'question')})", asks)


def _unasked(item: Data, book: Book) -> str:
    checklist = book.title(item["checklist"])
    return joined([item["title"], item["ask"], checklist, requirement_key(item)])


def hidden(data: Data) -> tuple[Change, ...]:
    """Return answers whose question no longer applies."""
    return tuple(
        Change(
            ask=joined([item["title"], item["ask"]]),
            lines=(
                Line("Answer", item["said"] or "not answered", item["key"]),
                Line("Hidden because", item["because"]),
                *remark_lines("Note", item["remarks"]),
            ),
        )
        for item in data["hidden"]
    )


def superseded(data: Data) -> tuple[Change, ...]:
    """Return answers that were changed later."""
    return tuple(
        Change(
            ask=joined([item["title"], item["ask"]]),
            lines=_superseded(item),
        )
        for item in data["superseded"]
    )


def _superseded(item: Data) -> tuple[Line, ...]:
    aside = joined([item["by"], minute(item["at"]), item["key"]])
    lines = (
        Line("Earlier answer", item["said"] or "not answered", aside),
        Line("Reason", item["reason"]),
    )
    return tuple(line for line in lines if line.text)
