"""Everything the report prints, decided: templates only loop and print.

It is made from the result's data alone, so that a report can be made again from the JSON it carries.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from compliance.report import appendix, binder, front, gaps, method, record, unasked
from compliance.report.book import Data, open_book
from compliance.report.chart import Pen
from compliance.report.entries import Line, remark_lines
from compliance.report.fonts import printable, printable_data
from compliance.report.guide import WORDS, WORDS_OF_FONTS, Heading, headings
from compliance.report.lapsing import Lapsing, lapsing, later
from compliance.report.look import USUAL, Look
from compliance.report.sheet import Sheet, sheet
from compliance.report.summary import Summary, summarize
from compliance.report.tasks import Task, tasks
from compliance.report.unsettled import (
    NOTHING_ASKED,
    NOTHING_OPEN,
    Undetermined,
    undetermined,
    unestablished,
)

_NO_PICTURES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What the templates see, in the order of the report; `parts` are those of the view."""

    language: str
    title: str
    author: str
    generator: str
    sheet: Sheet
    running: front.Running
    parts: tuple[str, ...]
    headings: Mapping[str, Heading]
    targets: Mapping[str, str]
    contents: tuple[Heading, ...]
    cover: front.Cover
    summary: Summary
    words: tuple[Line, ...]
    grades: tuple[gaps.Grade, ...]
    undetermined: tuple[Undetermined, ...]
    nothing_open: str
    unestablished: tuple[Undetermined, ...]
    tasks: tuple[Task, ...]
    lapses: tuple[Lapsing, ...]
    later: tuple[Lapsing, ...]
    tabs: tuple[binder.Tab, ...]
    checklists: tuple[record.Checklist, ...]
    not_asked: tuple[unasked.Kind, ...]
    general_notes: tuple[Line, ...]
    superseded: tuple[record.Change, ...]
    hidden: tuple[record.Change, ...]
    withdrawals: tuple[Line, ...]
    profile: tuple[appendix.Facts, ...]
    evidence: tuple[appendix.Exhibit, ...]
    sources: tuple[appendix.Source, ...]
    limits: tuple[str, ...]
    scores: tuple[method.Score, ...]
    colophon: tuple[Line, ...]


def build_context(
    result: Mapping[str, Any],
    look: Look = USUAL,
    thumbnails: Mapping[str, str] = _NO_PICTURES,
    *,
    as_typed: bool = False,
) -> ReportContext:
    """Return what the templates print; `result` is `Result.as_data()`, or that from JSON.

    `thumbnails` are small JPEGs of evidence, as base64, by the SHA-256 of the evidence.
    Every text becomes printable in the bundled fonts here, before anything else looks at it;
    `as_typed` leaves the characters as they are, for outputs that bring no fonts.
    """
    data: Data = dict(result) if as_typed else printable_data(dict(result))
    look = look if as_typed else _printable_look(look)
    book = open_book(data)
    pen = Pen(look.theme.accent, look.letters)
    titled = headings(data, look.view)
    grades, sources = gaps.by_grade(data, book), appendix.sources(data)
    parts = ("cover" if look.view in {"full", "owner"} else "head", *titled)
    return ReportContext(
        language="en-US",
        title=front.title(data, look.view),
        author=front.author(data, look.view),
        generator=data["tool"],
        sheet=sheet(look),
        running=front.running(data, look),
        parts=tuple(f"partials/{part.replace('-', '_')}.html.j2" for part in parts),
        headings=titled,
        targets=_targets(titled, grades, sources),
        contents=tuple(one for one in titled.values() if one.anchor != "guide"),
        cover=front.cover(data, book, look),
        summary=summarize(data, book, pen),
        words=WORDS if as_typed else (*WORDS, *WORDS_OF_FONTS),
        grades=grades,
        undetermined=undetermined(data, book),
        nothing_open=NOTHING_OPEN if data["findings"] else NOTHING_ASKED,
        unestablished=unestablished(data, book),
        tasks=tasks(data),
        lapses=lapsing(data),
        later=later(data),
        tabs=binder.tabs(data, book) if "papers" in titled else (),
        checklists=record.by_checklist(data, book),
        not_asked=unasked.not_asked(data, book),
        general_notes=remark_lines("Note", data["general_notes"], book),
        superseded=record.superseded(data, book),
        hidden=record.hidden(data, book),
        withdrawals=remark_lines("Withdrawn", data["withdrawals"], book),
        profile=appendix.profile(data),
        evidence=appendix.evidence(data, book, thumbnails),
        sources=sources,
        limits=method.method(data),
        scores=method.scores(data),
        colophon=appendix.colophon(data, as_typed=as_typed),
    )


def _printable_look(look: Look) -> Look:
    """Return the look with a firm's name that the fonts can show."""
    theme = look.theme.model_copy(update={"firm": printable(look.theme.firm)})
    return look.model_copy(update={"theme": theme})


def _targets(
    titled: Mapping[str, Heading],
    grades: tuple[gaps.Grade, ...],
    sources: tuple[appendix.Source, ...],
) -> Mapping[str, str]:
    """Return what a link to each anchor is called where it is read aloud."""
    found = {gap.anchor: f"Gap {gap.number}: {gap.ask}" for grade in grades for gap in grade.gaps}
    cited = {source.anchor: f"Source: {source.citation}" for source in sources}
    titles = {anchor: heading.title for anchor, heading in titled.items()}
    return {"signatures": "Signatures", **titles, **found, **cited}
