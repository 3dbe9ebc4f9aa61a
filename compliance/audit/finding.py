"""From an answer to a finding: what it concludes about one thing, and about the requirement."""

from collections.abc import Iterable, Mapping

from compliance.audit.result import (
    Action,
    EvidenceHeld,
    Remark,
    RequirementFinding,
    ThingFinding,
)
from compliance.checklist.frozen import GRADES, Grade
from compliance.checklist.library import Entry
from compliance.checklist.source import Source
from compliance.clinic.applicability import Item
from compliance.walk.event import Event
from compliance.walk.outcome import Outcome, find_outcome, say_answer
from compliance.walk.state import Answer, Attached, AuditState

CONFORMING, PARTLY, NONCONFORMING = "conforming", "partly", "nonconforming"
NOT_DETERMINED, NOT_APPLICABLE = "not determined", "not applicable"

WORST_FIRST = (NONCONFORMING, PARTLY, NOT_DETERMINED, CONFORMING, NOT_APPLICABLE)
"""A requirement counts once, by its worst thing, in this order."""

_BY_WORD = {
    "yes": CONFORMING,
    "partly": PARTLY,
    "no": NONCONFORMING,
    "not-applicable": NOT_APPLICABLE,
}


def find_requirement(
    entry: Entry, items: Iterable[Item], state: AuditState, sources: Mapping[str, Source]
) -> RequirementFinding:
    """Return the finding of a requirement over the things that it was asked for."""
    requirement = entry.requirement
    established = any(sources[name].read != "not-read" for name in requirement.cite)
    things = tuple(_find_thing(item, state, established=established) for item in items)
    conclusion = min((one.conclusion for one in things), key=WORST_FIRST.index)
    return RequirementFinding(
        requirement=entry.key,
        checklist=entry.checklist_key,
        section=entry.section.title,
        where=entry.section.where or "",
        ask=requirement.ask,
        force=requirement.force,
        grade=requirement.grade,
        depth=requirement.depth,
        digest=entry.digest,
        cite=requirement.cite,
        yes_if=requirement.yes_if or "",
        no_if=requirement.no_if or "",
        partly_if=requirement.partly_if or "",
        evidence_needed=requirement.evidence,
        look_at=requirement.look_at,
        why=requirement.why or "",
        fix=requirement.fix or "",
        conclusion=conclusion,
        gap_grade=_grade_gap(entry, conclusion),
        established=established,
        things=things,
    )


def _grade_gap(entry: Entry, conclusion: str) -> str:
    """A `partly` counts at the requirement's grade, or one lower where the file says what is lesser."""
    grade: Grade = entry.requirement.grade
    if conclusion == PARTLY and entry.requirement.partly_if:
        return GRADES[min(GRADES.index(grade) + 1, len(GRADES) - 1)]
    return grade if conclusion in {NONCONFORMING, PARTLY} else ""


def _find_thing(item: Item, state: AuditState, *, established: bool) -> ThingFinding:
    answer = state.answers.get(item.key)
    attached = state.attached_to(item.key)
    outcome = find_outcome(item.entry, answer, state.as_of)
    conclusion, detail = _conclude(item, answer, attached, outcome, state.skipped)
    if not established and conclusion in {NONCONFORMING, PARTLY}:
        conclusion, detail = NOT_DETERMINED, "Nobody has read the rule: ask the board."
    judgement = outcome.judgement
    lapses = judgement.lapses_on if judgement else None
    return ThingFinding(
        key=item.key,
        thing=item.key.partition("@")[2],
        title=item.title,
        conclusion=conclusion,
        answer=outcome.word if answer else "",
        said=say_answer(item.entry, answer.said) if answer else "",
        basis=answer.basis if answer else "",
        reason=answer.reason if answer else "",
        detail=detail,
        warning=judgement.warning if judgement else "",
        lapses_on=str(lapses) if lapses else "",
        answered_at=answer.at if answer else "",
        answered_by=answer.by if answer else "",
        asked_because=item.because,
        notes=tuple(make_remark(event, "note", state) for event in attached.notes),
        evidence=tuple(_hold_evidence(event) for event in attached.evidence),
        corrections=tuple(
            make_remark(event, "correction", state) for event in attached.corrections
        ),
        actions=tuple(_plan(event) for event in attached.actions),
    )


def _conclude(
    item: Item, answer: Answer | None, attached: Attached, outcome: Outcome, skipped: set[str]
) -> tuple[str, str]:
    """Return the conclusion and, where the answer alone does not show it, why."""
    if item.empty:
        return NOT_DETERMINED, item.because
    if answer is None:
        return NOT_DETERMINED, "Skipped." if item.key in skipped else "Not answered."
    if answer.said == "[withdrawn]":
        return NOT_DETERMINED, "The answer was withdrawn."
    if outcome.word == "unknown":
        return NOT_DETERMINED, "Nobody asked knew."
    needed = item.entry.requirement.evidence == "required"
    if needed and outcome.word in {"yes", "partly"} and not attached.evidence:
        return NOT_DETERMINED, "Evidence missing."
    return _BY_WORD[outcome.word], ""


def make_remark(event: Event, name: str, state: AuditState) -> Remark:
    """Return something that was typed; of a withdrawn text, who withdrew it and why."""
    withdrawal = state.withdrawals.get(event.number)
    said = f"{withdrawal.by}, {withdrawal.at}: {withdrawal.text('why')}" if withdrawal else ""
    return Remark(event.text(name), event.by, event.at, said)


def _hold_evidence(event: Event) -> EvidenceHeld:
    data = event.data
    return EvidenceHeld(
        data.get("sha256", ""),
        event.text("name"),
        data.get("size", 0),
        event.text("kept_at"),
        event.at,
    )


def _plan(event: Event) -> Action:
    return Action(
        event.text("action"), event.text("owner"), event.data.get("due", ""), event.by, event.at
    )
