"""The score, for each force apart, and the conclusion as a list, worst first."""

from collections import Counter
from collections.abc import Sequence

from compliance.audit.finding import (
    CONFORMING,
    NONCONFORMING,
    NOT_APPLICABLE,
    NOT_DETERMINED,
    PARTLY,
)
from compliance.audit.result import Conclusion, ForceScore, RequirementFinding
from compliance.checklist.answer import BASES
from compliance.checklist.frozen import FORCES, GRADES
from compliance.clinic.applicability import Chosen

_FORCE_WORDS = {
    "law": "of law",
    "guidance": "of guidance",
    "consensus": "of consensus",
    "good-practice": "of good practice",
}
_DEPTH_WORDS = {
    "quick": "Only the quick questions were asked; the core and deep ones were not.",
    "core": "Quick and core questions were asked; the deep ones were not.",
    "deep": "Questions of every depth were asked.",
}


def score_forces(findings: Sequence[RequirementFinding]) -> tuple[ForceScore, ...]:
    """Return the counts of each force that has a requirement in scope; forces are never averaged.

    score = conforming / (in scope - declared not applicable).
    """
    return tuple(
        _score(force, [one for one in findings if one.force == force])
        for force in FORCES
        if any(one.force == force for one in findings)
    )


def _score(force: str, findings: Sequence[RequirementFinding]) -> ForceScore:
    count = Counter(one.conclusion for one in findings)
    return ForceScore(
        force,
        count[CONFORMING],
        count[PARTLY],
        count[NONCONFORMING],
        count[NOT_DETERMINED],
        count[NOT_APPLICABLE],
        len(findings) - count[NOT_APPLICABLE],
    )


def conclude(findings: Sequence[RequirementFinding], chosen: Chosen) -> Conclusion:
    """Return the conclusion: the worst first, always with its counts, the limits of scope last."""
    gaps: dict[str, dict[str, int]] = {
        grade: dict(
            Counter(one.force for one in findings if one.gap_grade == grade and one.established)
        )
        for grade in GRADES
    }
    open_law = [one for one in findings if _is_incomplete(one)]
    unread = [one for one in findings if not one.established and one.conclusion == NOT_DETERMINED]
    lines = [_say_gaps(grade, counts) for grade, counts in gaps.items() if counts]
    if open_law:
        lines.append(_say_incomplete(len(open_law)))
    lines = lines or [_say_no_gap(findings)]
    headline = lines[0]
    lines += _say_limits(findings, unread, chosen)
    return Conclusion(
        headline=headline,
        lines=tuple(lines),
        gaps=gaps,
        incomplete=len(open_law),
        not_established=len(unread),
        bases=_count_bases(findings),
        critical_not_applicable=_list_critical_not_applicable(findings),
    )


def _is_incomplete(finding: RequirementFinding) -> bool:
    """A critical or major requirement of law that is open; one that nobody read is not the clinic's."""
    return (
        finding.force == "law"
        and finding.grade in {"critical", "major"}
        and finding.established
        and any(thing.conclusion == NOT_DETERMINED for thing in finding.things)
    )


def _say_gaps(grade: str, counts: dict[str, int]) -> str:
    by_force = ", ".join(
        f"{counts[force]} {_FORCE_WORDS[force]}" for force in FORCES if force in counts
    )
    return f"{grade.capitalize()} gaps: {by_force}."


def _say_incomplete(count: int) -> str:
    what = "critical or major requirement" + ("" if count == 1 else "s")
    return f"Incomplete: {count} {what} of law could not be determined."


def _say_no_gap(findings: Sequence[RequirementFinding]) -> str:
    """What nobody answered, or all was declared not applicable to, shows no gap and was not checked."""
    if not findings:
        return "Nothing was audited: no requirement was in scope."
    if not any(one.conclusion == CONFORMING for one in findings):
        return "Nothing was checked: no requirement has an answer that counts."
    return "No gap seen in what was checked."


def _say_limits(
    findings: Sequence[RequirementFinding], unread: Sequence[RequirementFinding], chosen: Chosen
) -> list[str]:
    lines = []
    if unread:
        lines.append(
            f"Not established by this tool: {len(unread)}. Ask the board; these are not the clinic's gaps."
        )
    if apart := _count_apart(findings):
        lines.append(
            f"“Not applicable” for single things, whose requirements count by their other things: {apart}."
        )
    if findings:
        lines.append(_DEPTH_WORDS[chosen.depth])
    if chosen.only:
        lines.append(f"Only these checklists were walked: {', '.join(chosen.only)}.")
    return lines


def _count_apart(findings: Sequence[RequirementFinding]) -> int:
    """Count the declared not-applicables that the scores do not show beside their denominators."""
    return sum(
        thing.conclusion == NOT_APPLICABLE
        for one in findings
        if one.conclusion != NOT_APPLICABLE
        for thing in one.things
    )


def _count_bases(findings: Sequence[RequirementFinding]) -> dict[str, int]:
    """Count how the conforming answers to critical and major questions are known."""
    said = [
        thing.basis or "not said"
        for one in findings
        if one.grade in {"critical", "major"}
        for thing in one.things
        if thing.conclusion == CONFORMING
    ]
    return {basis: said.count(basis) for basis in (*BASES, "not said")}


def _list_critical_not_applicable(findings: Sequence[RequirementFinding]) -> tuple[str, ...]:
    return tuple(
        thing.key
        for one in findings
        if one.grade == "critical"
        for thing in one.things
        if thing.conclusion == NOT_APPLICABLE
    )
