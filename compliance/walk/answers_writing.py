"""Writing an answers file: what is answered, and every open question as a comment."""

import json
import textwrap
from collections.abc import Iterator
from typing import Any

from compliance.checklist.answer import WORDS, ChoiceAnswer, DateAnswer, NumberAnswer, YesNoAnswer
from compliance.clinic.applicability import Item
from compliance.walk.event import Event
from compliance.walk.session import Session

_WIDTH = 96
_HEAD = """\
# Answers for {name}, audit as of {as_of}.
# Take away the “# ” before a line such as “# checklist/requirement: ” and write the answer behind
# it: a bare yes, or {{answer: no, basis: seen, note: …, reason: …, evidence: [path],
# kept_at: …, corrected: …, action: {{what: …, owner: …, due: 2026-12-01}}}}.
# Bases are seen, record and told. Evidence paths are relative to this file. No patient names.
# Then: compliance audit FOLDER --answers FILE
"""


def write_answers(session: Session) -> str:
    """Return the file. Read back, it changes nothing until somebody answers more."""
    state = session.state
    lines = [_HEAD.format(name=" ".join(state.profile.name.split()), as_of=state.as_of)]
    place = ("", "")
    for item in session.applicability.asked:
        if item.empty:
            continue
        here = (item.entry.checklist.title, item.entry.section.title)
        if here != place:
            lines += ["", f"# ==== {here[0]}: {here[1]}"]
            place = here
        lines += ["", *_write_item(session, item)]
    return "\n".join(lines) + "\n"


def _write_item(session: Session, item: Item) -> Iterator[str]:
    requirement = item.entry.requirement
    yield from _comment(f"{item.title + ': ' if item.title else ''}{requirement.ask}")
    yield from _comment(f"[{requirement.force}, {requirement.grade}] {_describe(item)}")
    if requirement.yes_if:
        yield from _comment(f"Yes if: {requirement.yes_if}")
    if requirement.no_if:
        yield from _comment(f"No if: {requirement.no_if}")
    for event in session.state.attached_to(item.key).evidence:
        held = event.text("kept_at") or f"{event.text('name')}, SHA-256 {event.data.get('sha256')}"
        yield from _comment(f"Evidence held: {held}")
    said = _said(session, item)
    yield f"{item.key}: {said}" if said else f"# {item.key}: "


def _describe(item: Item) -> str:
    rule = item.entry.requirement.answer
    if isinstance(rule, YesNoAnswer):
        return ", ".join(WORDS)
    words = {DateAnswer: "a date such as 2026-12-01", NumberAnswer: "a number"}.get(
        type(rule), "a text"
    )
    if isinstance(rule, NumberAnswer):
        words += f" of {rule.unit}"
    if isinstance(rule, ChoiceAnswer):
        words = "; ".join(f"{choice} ({text})" for choice, text in rule.choices.items())
    return f"{words}; or no, not-applicable, unknown"


def _said(session: Session, item: Item) -> str:
    """Return what was said as flow-style YAML; JSON is that."""
    answer = session.state.answers.get(item.key)
    attached = session.state.attached_to(item.key)
    data: dict[str, Any] = {}
    if answer and answer.said != "[withdrawn]":
        data["answer"] = answer.said
        data |= {
            name: value
            for name, value in (("basis", answer.basis), ("reason", answer.reason))
            if value
        }
    for name, events, text in (
        ("note", attached.notes, "note"),
        ("corrected", attached.corrections, "correction"),
    ):
        if events and events[-1].texts.get(text):
            data[name] = events[-1].text(text)
    if attached.actions and attached.actions[-1].texts.get("action"):
        data["action"] = _action(attached.actions[-1])
    return json.dumps(data, ensure_ascii=False) if data else ""


def _action(event: Event) -> dict[str, str]:
    said = {
        "what": event.text("action"),
        "owner": event.text("owner"),
        "due": event.data.get("due", ""),
    }
    return {name: value for name, value in said.items() if value}


def _comment(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="# ", subsequent_indent="#   ")
