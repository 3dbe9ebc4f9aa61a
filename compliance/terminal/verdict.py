"""What an answer comes to, in the words of the report, and the counts of a section."""

from collections import Counter
from collections.abc import Sequence

from compliance.audit.finding import (
    CONFORMING,
    NOT_APPLICABLE,
    NOT_DETERMINED,
    PARTLY,
    find_requirement,
)
from compliance.audit.result import RequirementFinding
from compliance.checklist.frozen import GRADES
from compliance.clinic.applicability import Item
from compliance.terminal.wording import count, listing
from compliance.walk.session import Session

_CITED = 2


def judge_item(session: Session, item: Item) -> RequirementFinding:
    """Return the finding of one item alone, by the rules that the report goes by."""
    return find_requirement(item.entry, [item], session.state, session.library.sources)


def say_verdict(session: Session, item: Item) -> str:
    """Return what an answer comes to; empty where a plain answer conforms."""
    finding = judge_item(session, item)
    thing = finding.things[0]
    if finding.gap_grade:
        part = " in part" if finding.conclusion == PARTLY else ""
        return f"Gap seen{part}, {finding.gap_grade}; may not meet {_say_cited(session, finding)}."
    if finding.conclusion == NOT_DETERMINED:
        return f"Not determined. {thing.detail}"
    if finding.conclusion == NOT_APPLICABLE:
        return "Declared not applicable."
    if thing.answer == thing.said or not thing.said:
        return ""
    return f"Conforming. {thing.warning}".strip()


def say_fix(session: Session, item: Item) -> str:
    """Return what to do about a gap; empty where there is none."""
    finding = judge_item(session, item)
    return f"To do: {finding.fix}" if finding.gap_grade and finding.fix else ""


def _say_cited(session: Session, finding: RequirementFinding) -> str:
    cited = [session.library.sources[name].citation for name in finding.cite]
    rest = len(cited) - _CITED
    if rest < 2:  # noqa: PLR2004 - “and 1 more” is no shorter
        return listing(cited, "or")
    return f"{', '.join(cited[:_CITED])} and {rest} more (“why”)"


def say_saved(session: Session) -> str:
    """Return how many are answered: `Saved (7 of 70)` as a sentence."""
    progress = session.progress()
    return f"Saved ({progress.answered} of {progress.total})."


def say_counts(session: Session, title: str, run: Sequence[Item]) -> str:
    """Return how a section went: `The cabinet: 6 asked, 4 conforming, 1 critical gap, …`."""
    return f"{title}: {count(len(run), 'asked', 'asked')}, {count_findings(session, run)}."


def count_findings(session: Session, items: Sequence[Item]) -> str:
    """Return the counts of what was found, leaving out what was not."""
    findings = [judge_item(session, item) for item in items]
    conclusions = Counter(one.conclusion for one in findings if not one.gap_grade)
    gaps = Counter(one.gap_grade for one in findings)
    parts = [_count(conclusions[CONFORMING], CONFORMING)]
    parts += [_count(gaps[grade], f"{grade} gap", f"{grade} gaps") for grade in GRADES]
    parts += [_count(conclusions[word], word) for word in (NOT_DETERMINED, NOT_APPLICABLE)]
    return ", ".join(part for part in parts if part) or "nothing found"


def _count(number: int, one: str, many: str = "") -> str:
    return count(number, one, many or one) if number else ""
