"""The state of an audit: a fold over its events. Nothing else is stored."""

from copy import copy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from compliance.checklist.fact import Fact, FactSheet, Value
from compliance.checklist.frozen import Depth, read_iso_date
from compliance.clinic.applicability import Chosen
from compliance.clinic.profile import Profile, Thing
from compliance.walk.event import Event


@dataclass(frozen=True, slots=True)
class Answer:
    """One recorded answer: a word or a typed value as text, and how it is known."""

    key: str
    digest: str
    said: str
    basis: str
    reason: str
    number: int
    at: str
    by: str


@dataclass(slots=True)
class Attached:
    """What was added to one item beside its answer."""

    notes: list[Event] = field(default_factory=list)
    evidence: list[Event] = field(default_factory=list)
    corrections: list[Event] = field(default_factory=list)
    actions: list[Event] = field(default_factory=list)


@dataclass(slots=True)
class AuditState:
    """What an audit knows. `take` is the one way to change it."""

    sheet: FactSheet
    as_of: date = date.min
    time_zone: str = "UTC"
    order: str = "law"
    chosen: Chosen = field(default_factory=Chosen)
    packs: tuple[str, ...] = ()
    auditor: str = ""
    role: str = ""
    privilege: str = ""
    signatories: tuple[str, ...] = ()
    begun_at: str = ""
    concluded_at: str = ""
    tool: str = ""
    profile: Profile = field(default_factory=Profile)
    answers: dict[str, Answer] = field(default_factory=dict)
    superseded: list[Answer] = field(default_factory=list)
    attached: dict[str, Attached] = field(default_factory=dict)
    skipped: set[str] = field(default_factory=set)
    general_notes: list[Event] = field(default_factory=list)
    withdrawals: dict[int, Event] = field(default_factory=dict)
    fact_history: list[Event] = field(default_factory=list)
    thing_history: list[Event] = field(default_factory=list)

    def take(self, event: Event) -> None:
        """Take the next event."""
        getattr(self, "_take_" + event.kind.replace("-", "_"))(event)

    def fork(self) -> "AuditState":
        """Return a copy that can be changed to see what an event would do."""
        other = copy(self)
        other.answers, other.attached = dict(self.answers), dict(self.attached)
        other.superseded, other.skipped = list(self.superseded), set(self.skipped)
        other.fact_history = list(self.fact_history)
        other.thing_history = list(self.thing_history)
        other.general_notes, other.withdrawals = list(self.general_notes), dict(self.withdrawals)
        return other

    def attached_to(self, key: str) -> Attached:
        """Return what was added to an item; the empty collection is not stored."""
        return self.attached.get(key) or Attached()

    def _take_begun(self, event: Event) -> None:
        data = event.data
        self.as_of = read_iso_date(data["as_of"])
        self.time_zone, self.order, self.tool = data["time_zone"], data["order"], data["tool"]
        depth: Depth = data["depth"]
        self.chosen = Chosen(depth, tuple(data["only"]))
        self.packs = tuple(data["packs"])
        self.signatories = tuple(data.get("signatories", ("auditor", "owner")))
        self.auditor, self.role = event.text("auditor"), event.text("role")
        self.privilege, self.begun_at = event.text("privilege"), event.at

    def _take_fact(self, event: Event) -> None:
        self.fact_history.append(event)
        data = event.data
        name, group, thing = data["fact"], data.get("group", ""), data.get("thing", "")
        raw = event.text("value") if "value" in event.texts else data.get("value")
        value = _read_fact(self.find_fact(name, group), raw)
        if group:
            self.profile = self.profile.with_own_fact(group, thing, name, value)
        else:
            self.profile = self.profile.with_fact(name, value)

    def find_fact(self, name: str, group: str = "") -> Fact | None:
        """Return a declared fact, of the clinic or of a group."""
        if not group:
            return self.sheet.fact(name)
        declared = self.sheet.group(group)
        return declared.fact(name) if declared else None

    def _take_group(self, event: Event) -> None:
        self.profile = self.profile.with_group(event.data["group"])

    def _take_thing(self, event: Event) -> None:
        self.thing_history.append(event)
        group, thing_id = event.data["group"], event.data["id"]
        known = self.profile.thing(group, thing_id)
        thing = Thing(thing_id, event.text("name"), known.facts if known else {})
        self.profile = self.profile.with_thing(group, thing)

    def _take_thing_removed(self, event: Event) -> None:
        self.thing_history.append(event)
        self.profile = self.profile.without_thing(event.data["group"], event.data["id"])

    def _take_answer(self, event: Event) -> None:
        data, key = event.data, event.data["key"]
        if key in self.answers:
            self.superseded.append(self.answers[key])
        said = event.text("value") if "value" in event.texts else data["answer"]
        self.answers[key] = Answer(
            key,
            data["digest"],
            said,
            data.get("basis", ""),
            event.text("reason"),
            event.number,
            event.at,
            event.by,
        )
        self.skipped.discard(key)

    def _take_skip(self, event: Event) -> None:
        self.skipped.add(event.data["key"])

    def _take_note(self, event: Event) -> None:
        if key := event.data.get("key"):
            self._attach(key).notes.append(event)
        else:
            self.general_notes.append(event)

    def _take_evidence(self, event: Event) -> None:
        self._attach(event.data["key"]).evidence.append(event)

    def _take_correction(self, event: Event) -> None:
        self._attach(event.data["key"]).corrections.append(event)

    def _take_action(self, event: Event) -> None:
        self._attach(event.data["key"]).actions.append(event)

    def _attach(self, key: str) -> Attached:
        """Return a fresh copy, so that a fork never changes the state it came from."""
        old = self.attached_to(key)
        self.attached[key] = Attached(
            list(old.notes), list(old.evidence), list(old.corrections), list(old.actions)
        )
        return self.attached[key]

    def _take_withdraw(self, event: Event) -> None:
        self.withdrawals[event.data["n"]] = event

    def _take_concluded(self, event: Event) -> None:
        self.concluded_at = event.at

    def _take_recovered(self, event: Event) -> None:
        """A torn line was set aside; the journal says so, nothing else changes."""


def _read_fact(fact: Fact | None, raw: Any) -> Value | None:  # noqa: ANN401 - plain data
    if raw is None or fact is None or raw == "[withdrawn]":
        return None if fact is None or raw is None else str(raw)
    return fact.read(raw)
