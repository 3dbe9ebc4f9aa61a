"""Which gaps to close first."""

from collections.abc import Iterable

from compliance.audit.finding import NONCONFORMING
from compliance.audit.result import RequirementFinding
from compliance.checklist.frozen import FORCES, GRADES


def rank_gaps(findings: Iterable[RequirementFinding]) -> tuple[RequirementFinding, ...]:
    """Return the gaps, the gravest first; at equal grade law before guidance, a no before a partly."""
    gaps = [one for one in findings if one.gap_grade and one.established]
    return tuple(
        sorted(
            gaps,
            key=lambda one: (
                GRADES.index(one.gap_grade),
                FORCES.index(one.force),
                one.conclusion != NONCONFORMING,
            ),
        )
    )
