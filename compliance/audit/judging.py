"""Puts the result of an audit together from what was recorded."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from compliance import __version__
from compliance.audit.finding import find_requirement, make_remark
from compliance.audit.replaced import list_replaced
from compliance.audit.result import (
    SCHEMA,
    ChecklistUsed,
    FactSaid,
    HiddenAnswer,
    JournalHead,
    Lapse,
    NotAsked,
    PackUsed,
    Person,
    Remark,
    RequirementFinding,
    Result,
    Scope,
    SourceCited,
    Superseded,
)
from compliance.audit.score import conclude, score_forces
from compliance.audit.signatory import list_signatories
from compliance.checklist.fact import Fact
from compliance.checklist.library import Entry, Library
from compliance.clinic.applicability import Applicability, Item, decide
from compliance.walk.journal import Head
from compliance.walk.outcome import list_given, say_answer
from compliance.walk.state import Answer, AuditState


def judge(library: Library, state: AuditState, head: Head) -> Result:
    """Return the result of an audit as it stands. The same journal always gives the same result."""
    given = list_given(library, state)
    applicability = decide(library, state.profile, given, state.chosen, state.as_of)
    findings = tuple(_find_all(library, state, applicability))
    return Result(
        schema=SCHEMA,
        tool=f"clinic-compliance {__version__}",
        clinic=state.profile.name,
        as_of=str(state.as_of),
        time_zone=state.time_zone,
        begun_at=state.begun_at,
        concluded_at=state.concluded_at,
        finished=bool(state.concluded_at),
        auditor=Person(state.auditor, state.role),
        signatories=list_signatories(
            state.signatories, state.auditor, state.role, state.profile.name
        ),
        privilege=state.privilege,
        scope=Scope(state.chosen.depth, state.chosen.only, state.order),
        packs=tuple(_list_packs(library)),
        checklists=tuple(_list_checklists(library, findings)),
        profile=tuple(_list_facts(state)),
        conclusion=conclude(findings, state.chosen),
        scores=score_forces(findings),
        findings=findings,
        not_asked=tuple(_list_not_asked(applicability)),
        hidden=tuple(_list_hidden(library, state, applicability)),
        superseded=tuple(_list_superseded(library, state, applicability)),
        lapses=tuple(_list_lapses(findings, state.as_of)),
        general_notes=tuple(make_remark(event, "note", state) for event in state.general_notes),
        withdrawals=tuple(_list_withdrawals(state)),
        sources=tuple(_list_sources(library, findings, state.as_of)),
        journal=JournalHead(head.count, head.hash),
    )


def _find_all(
    library: Library, state: AuditState, applicability: Applicability
) -> Iterator[RequirementFinding]:
    for key, items in groupby(applicability.asked, key=lambda item: item.entry.key):
        yield find_requirement(library.by_key[key], items, state, library.sources)


def _list_packs(library: Library) -> Iterator[PackUsed]:
    for edition in library.packs:
        pack = edition.pack
        yield PackUsed(pack.name, pack.title, str(pack.edition), pack.publisher, edition.digest)


def _list_checklists(
    library: Library, findings: tuple[RequirementFinding, ...]
) -> Iterator[ChecklistUsed]:
    used = {finding.checklist for finding in findings}
    for key, one in library.checklists.items():
        if key in used:
            digest = library.digest_of(key)
            yield ChecklistUsed(
                key, one.title, one.about, str(one.edition), one.jurisdiction, digest
            )


def _list_facts(state: AuditState) -> Iterator[FactSaid]:
    for group, thing_id, name, value in state.profile.each_fact():
        fact = state.find_fact(name, group)
        if fact is None:
            continue
        thing = state.profile.thing(group, thing_id) if group else None
        said = "not known" if value is None else fact.show(value)
        if value is not None and fact.of:
            said = _name_things(state, fact, value if isinstance(value, tuple) else (str(value),))
        yield FactSaid(name, fact.ask, said, group, thing.name if thing else "", thing_id)
    for group, things in state.profile.things.items():
        for thing in things:
            if not thing.facts:
                yield FactSaid("", "Listed", "yes", group, thing.name, thing.id)


def _name_things(state: AuditState, fact: Fact, ids: tuple[str, ...]) -> str:
    things = [(one, state.profile.thing(fact.of or "", one)) for one in ids]
    return ", ".join(thing.name if thing else one for one, thing in things) or "none"


def _list_not_asked(applicability: Applicability) -> Iterator[NotAsked]:
    """Every item that was not asked; a state that is none of the clinic's has one line for all."""
    elsewhere: dict[str, list[Item]] = {}
    for item in applicability.items:
        if item.elsewhere:
            elsewhere.setdefault(item.entry.checklist_key, []).append(item)
        elif item.standing != "asked":
            yield _say_not_asked(item)
    for key, items in elsewhere.items():
        one = items[0]
        title = f"{one.entry.checklist.title}: all {len(items)} questions"
        yield NotAsked(key, key, title, "", one.standing, one.because)


def _say_not_asked(item: Item) -> NotAsked:
    because = {
        "out of scope": item.because,
        "deeper": f"It is one of the {item.entry.requirement.depth} questions.",
        "not chosen": "This checklist was not among those chosen.",
    }[item.standing]
    entry = item.entry
    return NotAsked(
        entry.key, entry.checklist_key, entry.requirement.ask, item.title, item.standing, because
    )


def _list_hidden(
    library: Library, state: AuditState, applicability: Applicability
) -> Iterator[HiddenAnswer]:
    """Everything that was answered or added to a question that is not asked (any more)."""
    asked = {item.key for item in applicability.asked}
    for key in dict.fromkeys((*state.answers, *state.attached)):
        entry = library.by_key.get(key.partition("@")[0])
        if key in asked or entry is None:
            continue
        item = applicability.by_key.get(key)
        because = item.because if item else "What it was asked for is no longer listed."
        if item and item.standing != "out of scope":
            because = "It is outside the depth or the checklists that were chosen."
        answer = state.answers.get(key)
        said = _say_with_basis(entry, answer) if answer else ""
        title = item.title if item else key.partition("@")[2]
        remarks = tuple(_list_remarks(state, key))
        yield HiddenAnswer(key, entry.requirement.ask, title, said, because, remarks)


def _list_remarks(state: AuditState, key: str) -> Iterator[Remark]:
    """Every text that was typed about one item."""
    attached = state.attached_to(key)
    answer = state.answers.get(key)
    if answer and answer.reason:
        yield Remark(answer.reason, answer.by, answer.at, "")
    for event in (*attached.notes, *attached.evidence, *attached.corrections, *attached.actions):
        for name in event.texts:
            yield make_remark(event, name, state)
        for name, label in (("sha256", "SHA-256"), ("due", "Due")):
            if event.data.get(name):
                yield Remark(f"{label} {event.data[name]}", event.by, event.at, "")


def _list_superseded(
    library: Library, state: AuditState, applicability: Applicability
) -> Iterator[Superseded]:
    for answer in state.superseded:
        entry = library.by_key.get(answer.key.partition("@")[0])
        if entry is None:
            continue
        item = applicability.by_key.get(answer.key)
        title = item.title if item else answer.key.partition("@")[2]
        said = _say_with_basis(entry, answer)
        yield Superseded(
            answer.key, entry.requirement.ask, title, said, answer.reason, answer.by, answer.at
        )
    yield from list_replaced(state)


def _say_with_basis(entry: Entry, answer: Answer) -> str:
    return say_answer(entry, answer.said) + (f" ({answer.basis})" if answer.basis else "")


def _list_lapses(findings: tuple[RequirementFinding, ...], as_of: date) -> list[Lapse]:
    lapses = [
        Lapse(thing.key, one.ask, thing.title, thing.lapses_on, _days(thing.lapses_on, as_of))
        for one in findings
        for thing in one.things
        if thing.lapses_on
    ]
    return sorted(lapses, key=lambda lapse: (lapse.on, lapse.key))


def _days(text: str, as_of: date) -> int:
    return (date.fromisoformat(text) - as_of).days


def _list_withdrawals(state: AuditState) -> Iterator[Remark]:
    for number, event in sorted(state.withdrawals.items()):
        yield Remark(f"Event {number}: {event.text('why')}", event.by, event.at, "")


def _list_sources(
    library: Library, findings: tuple[RequirementFinding, ...], as_of: date
) -> Iterator[SourceCited]:
    for name in sorted({name for finding in findings for name in finding.cite}):
        one = library.sources[name]
        yield SourceCited(
            one.id,
            one.citation,
            one.title,
            one.publisher,
            one.kind,
            one.binds or "",
            one.url or "",
            one.says,
            one.note or "",
            one.read,
            one.describe_reading(as_of),
        )
