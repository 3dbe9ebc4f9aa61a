"""Everything the report prints, decided: templates only loop and print.

It is made from the result's data alone, so that a report can be made again from the JSON it carries.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from compliance.report import appendix, front, gaps, method, record
from compliance.report.entries import Data, Line, remark_lines
from compliance.report.fonts import printable_data
from compliance.report.guide import WORDS, Heading, headings
from compliance.report.lapsing import Lapsing, lapsing, later
from compliance.report.look import USUAL, Look
from compliance.report.summary import Summary, summarize
from compliance.report.tasks import Task, tasks
from compliance.report.unsettled import Undetermined, undetermined, unestablished
from compliance.report.wording import joined


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What the templates see, in the order of the report."""

    look: Look
    language: str
    title: str
    author: str
    generator: str
    running: front.Running
    headings: Mapping[str, Heading]
    contents: tuple[Heading, ...]
    cover: front.Cover
    summary: Summary
    words: tuple[Line, ...]
    grades: tuple[gaps.Grade, ...]
    undetermined: tuple[Undetermined, ...]
    unestablished: tuple[Undetermined, ...]
    lapses: tuple[Lapsing, ...]
    later: tuple[Lapsing, ...]
    tasks: tuple[Task, ...]
    checklists: tuple[record.Checklist, ...]
    not_asked: tuple[record.Kind, ...]
    general_notes: tuple[Line, ...]
    superseded: tuple[record.Change, ...]
    hidden: tuple[record.Change, ...]
    withdrawals: tuple[Line, ...]
    profile: tuple[appendix.Facts, ...]
    sources: tuple[appendix.Source, ...]
    limits: tuple[str, ...]
    scores: tuple[method.Score, ...]
    evidence: tuple[appendix.Exhibit, ...]
    attestation: str
    signatories: tuple[appendix.Signatory, ...]
    colophon: tuple[Line, ...]


def build_context(
    result: Mapping[str, Any],
    look: Look = USUAL,
    thumbnails: Mapping[str, str] = MappingProxyType({}),
) -> ReportContext:
    """Return what the templates print; `result` is `Result.as_data()`, or that from JSON.

    `thumbnails` are small JPEGs of evidence, as base64, by the SHA-256 of the evidence.

    Every text becomes printable in the bundled fonts here, before anything else looks at it.
    """
    data: Data = printable_data(dict(result))
    book = gaps.open_book(data)
    titled = headings(data)
    return ReportContext(
        look=look,
        language="en-US",
        title=title(data),
        author=joined([data["auditor"]["name"], data["auditor"]["role"]], ", "),
        generator=data["tool"],
        running=front.running(data),
        headings=titled,
        contents=tuple(titled.values()),
        cover=front.cover(data),
        summary=summarize(data, book),
        words=WORDS,
        grades=gaps.by_grade(data, book),
        undetermined=undetermined(data, book),
        unestablished=unestablished(data, book),
        lapses=lapsing(data),
        later=later(data),
        tasks=tasks(data),
        checklists=record.by_checklist(data, book),
        not_asked=record.not_asked(data, book),
        general_notes=remark_lines("Note", data["general_notes"]),
        superseded=record.superseded(data),
        hidden=record.hidden(data),
        withdrawals=remark_lines("Withdrawn", data["withdrawals"]),
        profile=appendix.profile(data),
        sources=appendix.sources(data),
        limits=method.method(data),
        scores=method.scores(data),
        evidence=appendix.evidence(data, thumbnails),
        attestation=appendix.ATTESTATION,
        signatories=appendix.signatories(data),
        colophon=appendix.colophon(data),
    )


def title(data: Data) -> str:
    """Return the title of the document, as its metadata and its window show it."""
    unfinished = "" if data["finished"] else " (unfinished)"
    return f"{data['clinic']}: self-audit report as of {data['as_of']}{unfinished}"
