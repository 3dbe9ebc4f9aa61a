"""The full record: every requirement, everything that was changed or hidden."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from compliance.report.book import Book, Data
from compliance.report.entries import Line, Thing, remark_lines, standing, thing
from compliance.report.gaps import SEEN, Readings, by_reading, requirement_key, rules
from compliance.report.wording import force, joined, listing

_EVIDENCE = {"required": "evidence required", "recommended": "evidence recommended"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One requirement with its conclusion, what was said of each thing, and its sources."""

    ask: str
    mark: str
    word: str
    standing: str
    things: tuple[Thing, ...]
    because: tuple[Line, ...]
    sources: tuple[Readings, ...]


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
        things=tuple(_things(finding, book)),
        because=tuple(_because(finding)),
        sources=by_reading(rules(finding, book)),
    )


def _things(finding: Data, book: Book) -> Iterator[Thing]:
    """Yield what is known of each thing; of one in a gap, where its finding stands."""
    number = book.gaps.get(finding["requirement"])
    for each in finding["things"]:
        whole = thing(each, book, established=finding["established"])
        if number and each["conclusion"] in SEEN:
            see = Line("Finding", f"gap {number}", target=f"#gap-{number}")
            lines = (see,) if whole.title else (whole.answer, see)
            yield replace(whole, lines=lines)
        else:
            yield whole


def _because(finding: Data) -> Iterator[Line]:
    """Yield once why it was asked, where that holds for every thing; else for which things."""
    reasons: dict[str, list[str]] = {}
    for each in finding["things"]:
        reasons.setdefault(each["asked_because"], []).append(each["title"])
    for text, titles in reasons.items():
        if text:
            yield Line("Asked because", text, "" if len(reasons) == 1 else listing(titles))


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


def hidden(data: Data, book: Book) -> tuple[Change, ...]:
    """Return answers whose question no longer applies."""
    return tuple(
        Change(
            ask=joined([item["title"], item["ask"]]),
            lines=(
                Line("Answer", item["said"] or "not answered", item["key"]),
                Line("Hidden because", item["because"]),
                *remark_lines("Note", item["remarks"], book),
            ),
        )
        for item in data["hidden"]
    )


def superseded(data: Data, book: Book) -> tuple[Change, ...]:
    """Return answers that were changed later."""
    return tuple(
        Change(
            ask=joined([item["title"], item["ask"]]),
            lines=_superseded(item, book),
        )
        for item in data["superseded"]
    )


def _superseded(item: Data, book: Book) -> tuple[Line, ...]:
    aside = joined([book.stamp(item["at"], item["by"]), item["key"]])
    lines = (
        Line("Earlier answer", item["said"] or "not answered", aside),
        Line("Reason", item["reason"]),
    )
    return tuple(line for line in lines if line.text)
