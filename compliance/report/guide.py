"""The headings of the report with their lead sentences, and how to read its words."""

from collections.abc import Mapping
from dataclasses import dataclass

from compliance.report.book import Data
from compliance.report.entries import Line, without_gaps
from compliance.report.look import View
from compliance.report.wording import count


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's anchor, its title (in the outline, the contents and the running head), its lead."""

    anchor: str
    title: str
    lead: str

    @property
    def target(self) -> str:
        """The anchor as a link names it."""
        return f"#{self.anchor}"


WORDS = (
    Line("Law", "A statute or regulation asks for it, or a REMS or label where that binds."),
    Line("Guidance", "An agency asks for it without the force of law."),
    Line("Consensus", "Professional bodies have agreed on it in a document."),
    Line("Good practice", "Wise, and asked by nobody’s text."),
    Line("Critical", "A careful owner would stop giving the drug until it is fixed."),
    Line("Major", "It would weigh in an inspection or a claim; fix it within weeks."),
    Line("Minor", "Worth mending; on its own it changes little."),
    Line("Gap seen", "What was seen on that day may not meet the source that is cited."),
    Line("Not determined", "Nobody knew, nobody answered, or evidence is missing. Never a pass."),
    Line(
        "Not applicable", "The clinic declared so and gave its reason. It leaves the denominator."
    ),
    Line("Out of scope", "A fact about the clinic decided that the question does not arise."),
    Line(
        "Seen, record, told", "How a yes is known: looked at, read in a record, or on word alone."
    ),
)
"""The words of the report and what they mean."""

WORDS_OF_FONTS = (
    Line("[U+6F22]", "A character that the fonts of this report cannot print, by its number."),
)
"""What only a report that brings its fonts needs."""


def headings(data: Data, view: View) -> Mapping[str, Heading]:
    """Return the heading of every section of a view by its anchor, in the order of the report."""
    found = {heading.anchor: heading for heading in _headings(data)}
    return {anchor: found[anchor] for anchor in _VIEWS[view]}


_VIEWS: Mapping[View, tuple[str, ...]] = {
    "full": (
        "summary",
        "guide",
        "findings",
        "open",
        "actions",
        "dates",
        "record",
        "not-asked",
        "changes",
        "profile",
        "evidence",
        "sources",
        "method",
        "colophon",
    ),
    "owner": ("summary", "actions", "dates", "open"),
    "actions": ("actions", "dates"),
    "binder": ("papers",),
}
"""The sections of each view, in their order."""


def _headings(data: Data) -> tuple[Heading, ...]:
    seen = sum(1 for finding in data["findings"] if finding["gap_grade"])
    return (
        Heading("summary", "Summary", ""),
        Heading("guide", "Contents, and how to read this", ""),
        Heading("findings", "Findings", _findings(data, seen)),
        Heading(
            "open",
            "Not determined",
            "What the clinic did not know or was not asked. It stays in every denominator.",
        ),
        Heading(
            "actions",
            "Corrective actions",
            "A table to work from. The number is that of the finding.",
        ),
        Heading(
            "dates",
            "What lapses",
            "Everything dated, counted from the day of the audit.",
        ),
        Heading(
            "record",
            "Every requirement",
            f"{count(len(data['findings']), 'requirement')} in scope: what was answered, "
            "on what it rests, and which source asks for it.",
        ),
        Heading(
            "not-asked",
            "What was not asked, and why",
            f"{count(len(data['not_asked']), 'question')}, each under the reason that decided.",
        ),
        Heading(
            "changes",
            "Notes, changed answers, withdrawals",
            "Nothing that was typed is dropped: what was changed or no longer counts stands here.",
        ),
        Heading("profile", "The clinic’s profile", "The facts that decided which questions apply."),
        Heading("evidence", "Evidence register", "Each file under the SHA-256 of its bytes."),
        Heading(
            "sources",
            "Sources",
            "Each source in our words, with how far it was read. The words of the source decide.",
        ),
        Heading("method", "Method and limits", ""),
        Heading("colophon", "Digests", "What this report was made from."),
        Heading(
            "papers",
            "Where each paper is",
            "In the order in which inspectors ask. A blank line is to be filled in by hand.",
        ),
    )


def _findings(data: Data, seen: int) -> str:
    if not seen:
        return without_gaps(data)
    return (
        f"{count(seen, 'requirement')} with a gap, gravest first. "
        "Each says what was seen, which source it may not meet, and what to do."
    )
