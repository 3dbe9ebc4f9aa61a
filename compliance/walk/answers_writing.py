"""An audit as an answers file: what is answered, and every open question as a comment."""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from compliance.checklist.answer import (
    BASES,
    TYPED_WORDS,
    WORDS,
    ChoiceAnswer,
    DateAnswer,
    NumberAnswer,
    TextAnswer,
    read_answer,
)
from compliance.checklist.fact import list_words
from compliance.checklist.library import Entry
from compliance.clinic.applicability import Item
from compliance.text.hidden import drop_hidden
from compliance.text.yaml_writing import STEP, write_leaf, write_scalar, write_text
from compliance.walk.askable import list_askable
from compliance.walk.event import Event
from compliance.walk.outcome import say_answer
from compliance.walk.session import Session
from compliance.walk.state import AuditState

WIDTH = 100
_WITHDRAWN = "[withdrawn]"
_HELP = """\
To answer an open question, remove “# ” before its key and write the answer behind the colon:
    checklist/requirement@thing: yes
    checklist/requirement@thing: {answer: no, basis: seen, note: "What was seen, in a line."}
An answer may have: basis (seen, record or told), reason (needed with not-applicable), note,
evidence (a file; its path is relative to this file), kept_at (where a paper is kept),
corrected (how it was mended on the spot), action: {what: …, owner: …, due: 2026-12-31}.
What is deleted here stays in the audit; what is changed is recorded beside what stood before."""


def write_answers(session: Session) -> str:
    """Return the answers file of an audit; reading it back records nothing.

    Texts that were withdrawn are left out. What was answered to questions that are not asked
    stands at the end; where its thing is no longer listed, as a comment.
    """
    lines = [*_write_top(session), *_write_asked(session), *_write_hidden(session)]
    return "\n".join(lines) + "\n"


def _write_top(session: Session) -> Iterator[str]:
    state, progress = session.state, session.progress()
    yield from _comment(
        f"{state.profile.name}: answers of the audit as of {state.as_of}, depth "
        f"{state.chosen.depth}. {progress.answered} of {progress.total} questions are answered."
    )
    yield "#"
    yield from (f"# {line}" for line in _HELP.split("\n"))


def _write_asked(session: Session) -> Iterator[str]:
    asked = session.applicability.asked
    for _, of_checklist in groupby(asked, key=lambda item: item.entry.checklist_key):
        items = list(of_checklist)
        entry = items[0].entry
        yield from ("", "", f"# {'=' * (WIDTH - STEP)}")
        yield from _comment(f"{entry.checklist.title} ({entry.checklist_key})")
        yield f"# {'=' * (WIDTH - STEP)}"
        for _, of_section in groupby(items, key=lambda item: id(item.entry.section)):
            yield from _write_section(session.state, list(of_section))


def _write_section(state: AuditState, items: Sequence[Item]) -> Iterator[str]:
    section = items[0].entry.section
    yield ""
    yield from _comment(f"---- {section.title} ----")
    if section.where:
        yield from _comment(section.where)
    for _, of_requirement in groupby(items, key=lambda item: item.entry.key):
        yield from _write_requirement(state, list(of_requirement))


def _write_requirement(state: AuditState, items: Sequence[Item]) -> Iterator[str]:
    entry = items[0].entry
    requirement = entry.requirement
    yield ""
    yield from _comment(f"{requirement.ask} [{requirement.force}, {requirement.grade}]")
    if not all(_is_answered(state, item.key) for item in items):
        yield from _write_question(entry)
    for item in items:
        if item.empty:
            yield from _comment(f"{item.because} Add one to the profile.", "  ")
            continue
        if item.title:
            yield from _comment(f"{item.title}:", "  ")
        yield from _write_key(state, entry, item.key)


def _write_question(entry: Entry) -> Iterator[str]:
    """What a person needs to answer: what good looks like, where to look, how to say it."""
    requirement = entry.requirement
    for label, text in (
        ("Yes if", requirement.yes_if),
        ("Partly if", requirement.partly_if),
        ("No if", requirement.no_if),
        ("Look at", "; ".join(requirement.look_at)),
        ("Answer", _say_allowed(entry)),
        ("Evidence", "" if requirement.evidence == "none" else f"{requirement.evidence}."),
    ):
        if text:
            yield from _comment(text, f"  {label:<10}", " " * 12)


def _say_allowed(entry: Entry) -> str:
    rule = entry.requirement.answer
    words = f"; or {list_words(TYPED_WORDS)}."
    if isinstance(rule, DateAnswer):
        return f"a date, as 2026-11-23{words}"
    if isinstance(rule, NumberAnswer):
        return f"a number, in {rule.unit}{words}"
    if isinstance(rule, ChoiceAnswer):
        return "; ".join(f"{word} ({said})" for word, said in rule.choices.items()) + words
    if isinstance(rule, TextAnswer):
        return f"the {rule.pattern} itself, in quotes{words}"
    basis = f" With yes: basis: {list_words(BASES)}." if entry.requirement.grade != "minor" else ""
    return f"{list_words(WORDS)}.{basis}"


def _is_answered(state: AuditState, key: str) -> bool:
    return key in state.answers and state.answers[key].said != _WITHDRAWN


def _write_key(state: AuditState, entry: Entry, key: str) -> Iterator[str]:
    parts = dict(_list_parts(state, entry, key))
    if list(parts) == ["answer"]:
        yield f"{key}: {parts['answer']}"
    elif parts:
        yield f"{key}:"
        yield from (
            f"{' ' * STEP}{name}: {text}".replace(": \n", ":\n", 1) for name, text in parts.items()
        )
    for event in state.attached_to(key).evidence:
        if event.data.get("sha256"):
            held = f"evidence held: {event.text('name')}, SHA-256 {event.data['sha256']}"
            yield from _comment(held, "  ")
    if not parts:
        yield f"# {key}:"
    elif "answer" not in parts:
        yield f"{' ' * STEP}# answer:"


def _list_parts(state: AuditState, entry: Entry, key: str) -> Iterator[tuple[str, str]]:
    """Yield each part of what was recorded under a key, as YAML."""
    if _is_answered(state, key):
        answer = state.answers[key]
        yield "answer", write_leaf(read_answer(entry.requirement.answer, answer.said, state.as_of))
        if answer.basis:
            yield "basis", answer.basis
        if answer.reason:
            yield "reason", write_text(answer.reason.strip(), 2 * STEP)
    attached = state.attached_to(key)
    for name, events, text in (
        ("note", attached.notes, "note"),
        ("kept_at", attached.evidence, "kept_at"),
        ("corrected", attached.corrections, "correction"),
    ):
        said = [one for event in events if (one := _text(event, text))]
        if said:
            yield name, _write_texts(said)
    actions = [_write_action(event) for event in attached.actions if _text(event, "action")]
    if actions:
        yield "action", actions[0] if len(actions) == 1 else _write_items(actions)


def _text(event: Event, name: str) -> str:
    """Return what was typed; nothing when it was withdrawn."""
    return (event.texts.get(name) or "").strip()


def _write_texts(texts: list[str]) -> str:
    if len(texts) == 1:
        return write_text(texts[0], 2 * STEP)
    return _write_items([write_scalar(text) for text in texts])


def _write_items(items: Sequence[str]) -> str:
    return "".join(f"\n{' ' * 2 * STEP}- {item}" for item in items)


def _write_action(event: Event) -> str:
    said = {"what": _text(event, "action"), "owner": _text(event, "owner")}
    action = {name: write_scalar(text) for name, text in said.items() if text}
    if event.data.get("due"):
        action["due"] = event.data["due"]
    return "{" + ", ".join(f"{name}: {text}" for name, text in action.items()) + "}"


def _write_hidden(session: Session) -> Iterator[str]:
    """What is kept though nobody asks it; what was asked for a thing that is gone cannot be read."""
    state, library = session.state, session.library
    asked = {item.key for item in session.applicability.asked}
    kept = [key for key in dict.fromkeys((*state.answers, *state.attached)) if key not in asked]
    if kept:
        yield from ("", "", f"# {'=' * (WIDTH - STEP)}")
        yield from _comment("Kept, though not asked as things stand")
        yield f"# {'=' * (WIDTH - STEP)}"
    for key in kept:
        entry = library.by_key[key.partition("@")[0]]
        yield ""
        yield from _comment(entry.requirement.ask)
        if _exists(session, entry, key):
            yield from _write_key(state, entry, key)
        else:
            answer = state.answers.get(key)
            said = f": {say_answer(entry, answer.said)}" if answer else ""
            yield from _comment(f"{key}{said} (no longer listed)")


def _exists(session: Session, entry: Entry, key: str) -> bool:
    group, thing = session.library.group_of(entry), key.partition("@")[2]
    if group is None:
        return True
    return thing in list_askable(session.library.sheet, session.state.profile, group)


def _comment(text: str, label: str = "", hang: str = "") -> list[str]:
    """Return a text as comment lines of at most 100 columns; one long word stays whole."""
    return textwrap.wrap(
        drop_hidden(text),
        WIDTH,
        initial_indent=f"# {label}",
        subsequent_indent=f"# {hang or label}",
        break_long_words=False,
        break_on_hyphens=False,
    )
