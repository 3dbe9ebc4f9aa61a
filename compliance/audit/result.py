"""The result of an audit: plain data that the report is made from and that the PDF carries.

Every value is text, a number, a list or a mapping, so that the result is its own JSON.
Dates are `2026-11-23`; moments are ISO 8601 with the offset of the clinic's time zone.
"""

from dataclasses import asdict, dataclass
from typing import Annotated, Any

from compliance.audit.plain import (
    AnswerWord,
    BasisWord,
    ConclusionWord,
    Count,
    Day,
    DayOrNone,
    DaysAway,
    DepthWord,
    ForceWord,
    GradeOrNone,
    GradeWord,
    Hash,
    HashOrNone,
    KindWord,
    Moment,
    MomentOrNone,
    NeedWord,
    OneOf,
    OrderWord,
    Plain,
    ReadWord,
    StandingWord,
)
from compliance.audit.signatory import Signatory

SCHEMA = "clinic-compliance/result/1"


@dataclass(frozen=True, slots=True)
class Person(Plain):
    """Who audits, and as what."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Scope(Plain):
    """What the audit covers: depth, and the checklists it was narrowed to (none = all)."""

    depth: DepthWord
    only: tuple[str, ...]
    order: OrderWord


@dataclass(frozen=True, slots=True)
class PackUsed(Plain):
    """A pack of checklists with its edition and the SHA-256 over its files."""

    name: str
    title: str
    edition: Day
    publisher: str
    digest: Hash


@dataclass(frozen=True, slots=True)
class ChecklistUsed(Plain):
    """One checklist with its edition and the SHA-256 over its requirements' digests."""

    id: str
    title: str
    about: str
    edition: Day
    jurisdiction: str
    digest: Hash


@dataclass(frozen=True, slots=True)
class FactSaid(Plain):
    """One fact of the profile as it was said; `group` is an id, `thing` the name of its member.

    A thing that no fact was asked of has one entry whose `fact` is empty, so that it is listed.
    """

    fact: str
    ask: str
    said: str
    group: str
    thing: str
    thing_id: str


@dataclass(frozen=True, slots=True)
class EvidenceHeld(Plain):
    """A file under its SHA-256, or (no hash) a statement of where the paper is kept."""

    sha256: HashOrNone
    name: str
    size: Count
    kept_at: str
    at: Moment


@dataclass(frozen=True, slots=True)
class Remark(Plain):
    """Something typed, by whom and when; `withdrawn` says who withdrew it and why."""

    text: str
    by: str
    at: Moment
    withdrawn: str


@dataclass(frozen=True, slots=True)
class Action(Plain):
    """What will be done about a gap: by whom and until when; empty where none was set."""

    text: str
    owner: str
    due: DayOrNone
    by: str
    at: Moment


@dataclass(frozen=True, slots=True)
class ThingFinding(Plain):
    """The finding for one thing, or (thing and title empty) for a question asked once.

    `said` is the answer as a person reads it; `answer` and `value` are the same as data.
    `detail` says why the conclusion is what it is where the answer alone does not show it.
    """

    key: str
    thing: str
    title: str
    conclusion: ConclusionWord
    answer: AnswerWord
    said: str
    basis: BasisWord
    reason: str
    detail: str
    warning: str
    lapses_on: DayOrNone
    answered_at: MomentOrNone
    answered_by: str
    asked_because: str
    notes: tuple[Remark, ...]
    evidence: tuple[EvidenceHeld, ...]
    corrections: tuple[Remark, ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class RequirementFinding(Plain):
    """One requirement, counted once by its worst thing.

    `conclusion` is one of conforming, partly, nonconforming, not determined, not applicable.
    `grade` is the requirement's; `gap_grade` is the grade of the gap that was seen, else empty.
    `evidence_needed` is required, recommended or none.
    `established` is False where no cited source was read by anybody: no rule is stated then.
    """

    requirement: str
    checklist: str
    section: str
    where: str
    ask: str
    force: ForceWord
    grade: GradeWord
    depth: DepthWord
    digest: Hash
    cite: tuple[str, ...]
    yes_if: str
    no_if: str
    partly_if: str
    evidence_needed: NeedWord
    look_at: tuple[str, ...]
    why: str
    fix: str
    conclusion: ConclusionWord
    gap_grade: GradeOrNone
    established: bool
    things: tuple[ThingFinding, ...]


@dataclass(frozen=True, slots=True)
class NotAsked(Plain):
    """A requirement (or one thing of it) that was not asked, and what decided so.

    `kind` is `out of scope`, `deeper` (the depth) or `not chosen` (`--only`).
    """

    requirement: str
    checklist: str
    ask: str
    title: str
    kind: StandingWord
    because: str


@dataclass(frozen=True, slots=True)
class HiddenAnswer(Plain):
    """An answer that was given and whose question no longer applies; kept, and not counted."""

    key: str
    ask: str
    title: str
    said: str
    because: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Superseded(Plain):
    """An answer or a fact that was changed later, or a name that no longer stands."""

    key: str
    ask: str
    title: str
    said: str
    reason: str
    by: str
    at: Moment


@dataclass(frozen=True, slots=True)
class ForceScore(Plain):
    """Counts of requirements of one force; score = conforming / counted.

    `counted` = in scope less those declared not applicable; partly, not determined and
    nonconforming stay in it and add nothing.
    """

    force: ForceWord
    conforming: Count
    partly: Count
    nonconforming: Count
    not_determined: Count
    not_applicable: Count
    counted: Count


@dataclass(frozen=True, slots=True)
class Conclusion(Plain):
    """The conclusion as a list, worst first; `headline` is its first line.

    `lines` are whole sentences, the scope's limits included. `bases` counts the yes answers to
    critical and major questions by seen, record, told. `critical_not_applicable` lists the keys
    of critical requirements that were declared not applicable.
    """

    headline: str
    lines: tuple[str, ...]
    gaps: dict[GradeWord, dict[ForceWord, Count]]
    incomplete: Count
    not_established: Count
    bases: dict[str, Count]
    critical_not_applicable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lapse(Plain):
    """Something dated: what, of whom, and the last day it is good; `days` from the audit's day."""

    key: str
    ask: str
    title: str
    on: Day
    days: DaysAway


@dataclass(frozen=True, slots=True)
class SourceCited(Plain):
    """A source with how far it was read, as the report prints it."""

    id: str
    citation: str
    title: str
    publisher: str
    kind: KindWord
    binds: str
    url: str
    says: str
    note: str
    read: ReadWord
    reading: str


@dataclass(frozen=True, slots=True)
class JournalHead(Plain):
    """How many events the journal held when this result was made, and the hash of the last."""

    events: Count
    head: Hash


@dataclass(frozen=True, slots=True)
class Result(Plain):
    """Everything that the report shows. `finished` is False for an audit still under way."""

    schema: Annotated[str, OneOf((SCHEMA,))]
    tool: str
    clinic: str
    as_of: Day
    time_zone: str
    begun_at: Moment
    concluded_at: MomentOrNone
    finished: bool
    auditor: Person
    signatories: tuple[Signatory, ...]
    privilege: str
    scope: Scope
    packs: tuple[PackUsed, ...]
    checklists: tuple[ChecklistUsed, ...]
    profile: tuple[FactSaid, ...]
    conclusion: Conclusion
    scores: tuple[ForceScore, ...]
    findings: tuple[RequirementFinding, ...]
    not_asked: tuple[NotAsked, ...]
    hidden: tuple[HiddenAnswer, ...]
    superseded: tuple[Superseded, ...]
    lapses: tuple[Lapse, ...]
    general_notes: tuple[Remark, ...]
    withdrawals: tuple[Remark, ...]
    sources: tuple[SourceCited, ...]
    journal: JournalHead

    def as_data(self) -> dict[str, Any]:
        """Return the result as plain data; the same result gives the same data."""
        return asdict(self)
