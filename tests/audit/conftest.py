"""Audits kept in memory: a library, a journal of bytes, and what follows from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from compliance.audit.judging import judge
from compliance.checklist.library import Library, read_library
from compliance.checklist.pack_files import PackFiles, gather
from compliance.walk.event import Event
from compliance.walk.journal import Head, blank_texts, read_journal, write_lines
from compliance.walk.session import Session, answer_event, fact_event, thing_events
from compliance.walk.state import AuditState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from compliance.audit.result import RequirementFinding, Result, ThingFinding

LIBRARY = Path(__file__).with_name("library")


class Audit:
    """An audit as a walk would record it, without a disk."""

    def __init__(self, library: Library, depth: str = "core", only: tuple[str, ...] = ()) -> None:
        self.library, self.journal, self.head = library, b"", Head()
        self.session = Session(library, AuditState(library.sheet))
        data = {
            "as_of": "2026-11-23",
            "time_zone": "UTC",
            "depth": depth,
            "order": "law",
            "only": list(only),
            "packs": ["small-pack"],
            "digests": [],
            "tool": "",
        }
        texts = {"auditor": "Dana Reyes", "role": "manager", "privilege": "asked by counsel"}
        self.record(Event("begun", data, texts))

    def record(self, *events: Event) -> Audit:
        raw, self.head, numbered = write_lines(
            events, self.head, at="2026-11-23T10:00:00+00:00", by="Dana Reyes", new_salt=bytes
        )
        self.journal += raw
        for event in numbered:
            self.session.state.take(event)
        self.session.refresh()
        return self

    def declare(self, group: str, *names: str) -> Audit:
        return self.record(*thing_events(self.session.state, group, names))

    def say(self, name: str, raw: Any, group: str = "", thing: str = "") -> Audit:  # noqa: ANN401
        sheet = self.library.sheet
        declared = sheet.group(group)
        fact = declared.fact(name) if declared else sheet.fact(name)
        return self.record(fact_event(fact, raw, group=group, thing=thing))

    def answer(self, key: str, said: str, basis: str = "", reason: str = "") -> Audit:
        item = self.session.applicability.by_key[key]
        reason = reason or ("It cannot be asked here." if said == "not-applicable" else "")
        return self.record(answer_event(self.session, item, said, basis=basis, reason=reason))

    def answer_all(self) -> Audit:
        """Answer every question so that it conforms, evidence and all."""
        typed = {
            "inventory": "2026-01-01",
            "watching": "2",
            "number": "AB1234563",
            "trained": "course",
        }
        while open_items := self.session.open_items():
            item = open_items[0]
            self.answer(item.key, typed.get(item.entry.requirement.id, "yes"))
            self.add("evidence", item.key, kept_at="the binder")
        return self

    def add(self, kind: str, key: str, **texts: str) -> Audit:
        return self.record(Event(kind, {"key": key}, texts))

    def withdraw(self, number: int, why: str) -> Audit:
        self.journal = blank_texts(self.journal, number)
        self.record(Event("withdraw", {"n": number}, {"why": why}))
        state = AuditState(self.library.sheet)
        for event in self.events():
            state.take(event)
        self.session = Session(self.library, state)
        return self

    def events(self) -> tuple[Event, ...]:
        return read_journal(self.journal, "journal").events

    def judge(self) -> Result:
        return judge(self.library, self.session.state, self.head)

    def finding(self, requirement: str) -> RequirementFinding:
        return next(one for one in self.judge().findings if one.requirement == requirement)

    def thing(self, key: str) -> ThingFinding:
        things = self.finding(key.partition("@")[0]).things
        return next(one for one in things if one.key == key)


def read(files: Mapping[str, bytes]) -> Library:
    library, diagnostics = read_library([PackFiles("", dict(sorted(files.items())))])
    assert library is not None, "\n".join(one.render() for one in diagnostics)
    return library


def write_checklist(requirements: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the file of a checklist `only`; what a requirement leaves out is ordinary."""
    made = []
    for one in requirements:
        whole = {"ask": "Is it so?", "force": "consensus", "grade": "major", **one}
        whole = {name: part for name, part in whole.items() if part is not None}
        whole.setdefault("cite", ["statute" if whole["force"] == "law" else "paper"])
        if whole["cite"] == ["unread"]:
            whole["ask"] = "Has the clinic confirmed with the board that it is so?"
        made.append(whole)
    head = {"id": "only", "title": "A checklist", "edition": "2026-11-23", "jurisdiction": "US"}
    data = {**head, "about": "Anything.", "sections": [{"title": "All", "requirements": made}]}
    unshared = json.loads(json.dumps(data))  # PyYAML makes an anchor of what stands twice
    return yaml.safe_dump(unshared, sort_keys=False).encode()


@pytest.fixture(scope="session")
def base() -> Mapping[str, bytes]:
    """The files of the small library."""
    return gather(LIBRARY).files


@pytest.fixture(scope="session")
def make_library(base: Mapping[str, bytes]) -> Callable[..., Library]:
    """Make a library of a few requirements over the small library's facts and sources."""
    pack = b"\n".join(line for line in base["pack.yaml"].split(b"\n") if b"order" not in line)
    shared = {name: base[name] for name in ("facts.yaml", "sources/all.yaml")}
    return lambda *requirements: read(
        {"pack.yaml": pack, **shared, "only.yaml": write_checklist(requirements)}
    )


@pytest.fixture(scope="session")
def library(base: Mapping[str, bytes]) -> Library:
    return read(base)


@pytest.fixture(scope="session")
def begin(library: Library) -> Callable[..., Audit]:
    """Begin an audit over the small library, or another."""
    return lambda other=None, **chosen: Audit(other or library, **chosen)


@pytest.fixture
def audit(begin: Callable[..., Audit]) -> Audit:
    """An audit of two sites at which one doctor works; nothing is answered."""
    made = begin().say("name", "Sunrise").say("routes", ["iv"])
    made.declare("site", "Main Street", "Orchard").declare("staff", "Ann Lee")
    made.say("role", "doctor", "staff", "ann-lee")
    return made.say("works_at", ["main-street", "orchard"], "staff", "ann-lee")
