"""What the audit could not settle: what nobody knew, and what this tool could not establish."""

from dataclasses import dataclass

from compliance.report.book import Book, Data, rank
from compliance.report.gaps import SEEN, place
from compliance.report.wording import capital, force, joined

NOTHING_OPEN = "Nothing was left open."
NOTHING_ASKED = "Nothing was asked, so nothing could be settled."


@dataclass(frozen=True, slots=True)
class Undetermined:
    """Something that the audit could not settle, and why."""

    ask: str
    standing: str
    place: str
    why: str


def undetermined(data: Data, book: Book) -> tuple[Undetermined, ...]:
    """Return what the clinic did not know or was not asked, gravest first."""
    return _unsettled(data, book, established=True)


def unestablished(data: Data, book: Book) -> tuple[Undetermined, ...]:
    """Return what this tool could not establish, because nobody read the rule."""
    return _unsettled(data, book, established=False)


def _unsettled(data: Data, book: Book, *, established: bool) -> tuple[Undetermined, ...]:
    wanted = {"not determined"} if established else {"not determined", *SEEN}
    found = [
        finding
        for finding in data["findings"]
        if finding["established"] is established
        and finding["conclusion"] in wanted
        and not finding["gap_grade"]
    ]
    found.sort(key=lambda finding: rank(finding["grade"], finding["force"]))
    return tuple(_open(finding, book) for finding in found)


def _open(finding: Data, book: Book) -> Undetermined:
    return Undetermined(
        ask=finding["ask"],
        standing=joined([finding["grade"], force(finding["force"])], ", "),
        place=place(finding, book),
        why="\n".join(_why_open(each) for each in finding["things"] if _is_open(each)),
    )


def _is_open(found: Data) -> bool:
    return found["conclusion"] not in {"conforming", "not applicable"}


def _why_open(found: Data) -> str:
    reasons = joined([found["said"], found["detail"]], ". ") or "not answered"
    return f"{found['title']}: {reasons}" if found["title"] else capital(reasons)
