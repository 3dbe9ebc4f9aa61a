"""The corrective actions as a table to work from."""

from dataclasses import dataclass

from compliance.report.book import Data, gaps_in_order
from compliance.report.entries import NO_DATE, NO_OWNER
from compliance.report.gaps import things_in_gap
from compliance.report.wording import force, joined


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the corrective-action table."""

    number: int
    target: str
    grade: str
    thing: str
    ask: str
    mended: str
    action: str
    owner: str
    due: str


def tasks(data: Data) -> tuple[Task, ...]:
    """Return a row for each action on each gap, and a row for each gap without one."""
    return tuple(
        task
        for number, finding in enumerate(gaps_in_order(data["findings"]), start=1)
        for each in things_in_gap(finding)
        for task in _tasks(number, finding, each)
    )


def _tasks(number: int, finding: Data, found: Data) -> list[Task]:
    suggestion = f"None set. Suggested: {finding['fix']}" if finding["fix"] else "None set."
    planned = found["actions"] or [{"text": suggestion, "owner": "", "due": ""}]
    return [
        Task(
            number=number,
            target=f"#gap-{number}",
            grade=joined([finding["gap_grade"], force(finding["force"])], ", "),
            thing=found["title"],
            ask=finding["ask"],
            mended="Corrected during the audit." if found["corrections"] else "",
            action=action["text"],
            owner=action["owner"] or NO_OWNER,
            due=action["due"] or NO_DATE,
        )
        for action in planned
    ]
