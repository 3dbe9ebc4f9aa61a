"""What the sections of a report look up in one another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from compliance.report.wording import FORCES, GRADES, joined, minute

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Book:
    """Sources and titles by id, the number of each gap by its requirement, who wrote, and when."""

    sources: Mapping[str, Data]
    titles: Mapping[str, str]
    gaps: Mapping[str, int]
    author: str
    day: str

    def title(self, checklist: str) -> str:
        """Return the title of a checklist; its id where the result does not list it."""
        return self.titles.get(checklist, checklist)

    def stamp(self, at: str, by: str = "") -> str:
        """Return who and when; the auditor and the first day of the audit go without saying."""
        return joined(["" if by == self.author else by, self.another_day(at)], ", ")

    def another_day(self, at: str) -> str:
        """Return when, unless it was on the first day of the audit."""
        return "" if at[:10] == self.day else minute(at)


def open_book(data: Data) -> Book:
    """Return what the sections of a result look up."""
    ranked = enumerate(gaps_in_order(data["findings"]), start=1)
    return Book(
        sources={source["id"]: source for source in data["sources"]},
        titles={checklist["id"]: checklist["title"] for checklist in data["checklists"]},
        gaps={finding["requirement"]: number for number, finding in ranked},
        author=data["auditor"]["name"],
        day=data["begun_at"][:10],
    )


def gaps_in_order(findings: Sequence[Data]) -> list[Data]:
    """Return the findings with a gap in the order of `audit.corrective_action.rank_gaps`."""
    seen = [finding for finding in findings if finding["gap_grade"]]
    return sorted(seen, key=_urgency)


def _urgency(finding: Data) -> tuple[int, int, bool]:
    """The gravest first, then law before guidance, then a no before a partly."""
    return (*rank(finding["gap_grade"], finding["force"]), finding["conclusion"] != "nonconforming")


def rank(grade: str, force: str) -> tuple[int, int]:
    """Return how grave something is, the gravest lowest; strong forces come before weak ones."""
    return _index(GRADES, grade), _index(tuple(FORCES), force)


def _index(words: Sequence[str], word: str) -> int:
    return words.index(word) if word in words else len(words)
