"""Asking one question of the audit and recording its answer."""

from compliance.checklist.answer import BASES, YesNoAnswer, read_answer
from compliance.clinic.applicability import Item
from compliance.terminal.changing import agree_to_change
from compliance.terminal.followups import follow_up, list_parts
from compliance.terminal.menu import Choice, Menu
from compliance.terminal.question import show_question, show_ways
from compliance.terminal.reply import Reply, is_slip, read_reply
from compliance.terminal.sitting import Prompt, Sitting
from compliance.terminal.wording import sentence
from compliance.walk.event import Event
from compliance.walk.outcome import say_answer
from compliance.walk.session import answer_event, needs_basis
from compliance.walk.state import Answer

_BASES = Menu(tuple(Choice(word, word) for word in BASES))
_HOW = "How do you know: seen with your own eyes, read in a record, or told?"
_REASON = "Why does it not apply here? (A line; it goes into the report.)"


def ask_item(sitting: Sitting, item: Item) -> None:
    """Ask a question, record the answer, and ask what follows from it."""
    show_question(sitting, item)
    state = sitting.session.state
    before = state.answers.get(item.key)
    first = before is None and item.key not in state.skipped
    reply = _ask_reply(sitting, item)
    if reply is None:
        return
    event = _make_event(sitting, item, reply)
    if before is None:
        sitting.record(event)
    elif not _record_change(sitting, item, before, event):
        return
    follow_up(sitting, item, list_parts(sitting.session, item), first=first)


def _ask_reply(sitting: Sitting, item: Item) -> Reply | None:
    """Return what was answered; None where an empty line keeps what stands already."""
    requirement, screen = item.entry.requirement, sitting.screen
    answered = item.key in sitting.session.state.answers
    prompt = Prompt(item, lambda: show_ways(screen, requirement))
    slip = ""
    while True:
        line = sitting.ask(prompt)
        if not line and answered:
            return None
        try:
            reply = _read_line(sitting, item, line)
        except ValueError as error:
            screen.say(sentence(error))
            continue
        if not is_slip(requirement, reply.said) or reply.said == slip:
            return reply
        slip = reply.said
        screen.say(
            f"“{slip}” does not check out: its form or its check digit is wrong. "
            "Look again; if it truly reads so, type it once more."
        )


def _read_line(sitting: Sitting, item: Item, line: str) -> Reply:
    """Return what a line answers; `=` is last time's answer, never its basis.

    Raises:
        ValueError: it answers nothing; the sentence says what does.
    """
    requirement, as_of = item.entry.requirement, sitting.session.state.as_of
    last = sitting.last_time.get(item.key)
    if line and line != "=":
        return read_reply(requirement, line, as_of)
    if not line:
        hint = "; “=” answers as last time" if last and last.same_text else ""
        raise ValueError(f"nothing was typed{hint}")
    if last is None:
        raise ValueError("there is no answer from last time")
    if not last.same_text:
        raise ValueError("the question has changed since last time; answer it as it reads now")
    return Reply(str(read_answer(requirement.answer, last.said, as_of)))


def _make_event(sitting: Sitting, item: Item, reply: Reply) -> Event:
    """Return the event of an answer, after asking how it is known or why it does not apply."""
    basis, reason = reply.basis, ""
    if not basis and _wants_basis(sitting, item, reply.said):
        basis = sitting.pick(item, _HOW, _BASES, back=item)
    while reply.said == "not-applicable" and not reason:
        reason = sitting.ask_text(item, _REASON)
        if not reason:
            sitting.screen.say(
                "It takes a reason to be not applicable. “:back” returns to the question."
            )
    return answer_event(sitting.session, item, reply.said, basis=basis, reason=reason)


def _wants_basis(sitting: Sitting, item: Item, said: str) -> bool:
    """Whether a `yes`, or a value that conforms, is to say how it is known."""
    rule, as_of = item.entry.requirement.answer, sitting.session.state.as_of
    if isinstance(rule, YesNoAnswer) or not needs_basis(item, said):
        return needs_basis(item, said)
    return rule.judge(rule.read(said, as_of), as_of).conforms


def _record_change(sitting: Sitting, item: Item, before: Answer, event: Event) -> bool:
    """Whether a different answer was recorded; what it would do to other questions is said first."""
    said = event.texts.get("value") or event.data.get("answer", "")
    same = (said, event.data.get("basis", ""), event.text("reason"))
    if same == (before.said, before.basis, before.reason):
        sitting.screen.say("That is what stands already.")
        return False
    if not agree_to_change(sitting, item, event):
        return False
    sitting.record(event)
    entry = item.entry
    old, new = say_answer(entry, before.said), say_answer(entry, str(said))
    if old != new:
        sitting.screen.say(f"Changed from “{old}” to “{new}”.")
    return True
