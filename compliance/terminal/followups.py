"""What is asked after an answer: what was seen, the evidence, and who mends a critical gap.

Each part is saved as soon as it is typed. Which parts are still to be asked is read from the
journal, so that a sitting that was cut off goes on where it stopped.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal

from compliance.checklist.frozen import read_iso_date
from compliance.clinic.applicability import Item
from compliance.terminal.evidence_asking import ask_evidence
from compliance.terminal.places import find_run
from compliance.terminal.sitting import Sitting
from compliance.terminal.typed import plain_words
from compliance.terminal.verdict import judge_item, say_counts, say_fix, say_saved, say_verdict
from compliance.terminal.wording import sentence
from compliance.walk.event import Event
from compliance.walk.outcome import find_outcome
from compliance.walk.session import Session

Part = Literal["note", "evidence", "action"]

CLOSE = "Close this gap."
SEEN = "What did you see? (A line or two. It goes into the report. No patient names.)"
_NEEDED = "This answer needs evidence; without it, it counts as not determined. (An empty line leaves it.)"
_OWNER = "Who will see to it? (A name. “corrected” if it is mended already; empty if nobody yet.)"
_A_WEEK = timedelta(days=7)
_DUE = "By when? (A date, such as {}; empty if none is set.)"


def list_parts(session: Session, item: Item, done: Sequence[str] = ()) -> list[Part]:
    """Return what is still to be asked about an answered item; `done` are kinds asked already."""
    state = session.state
    attached = state.attached_to(item.key)
    outcome = find_outcome(item.entry, state.answers.get(item.key), state.as_of)
    gap = judge_item(session, item).gap_grade
    parts: list[Part] = []
    if outcome.word in {"no", "partly"}:
        parts.append("note")
    needed = item.entry.requirement.evidence == "required" and outcome.word in {"yes", "partly"}
    if needed and not attached.evidence:
        parts.append("evidence")
    if gap == "critical" and not (attached.actions or attached.corrections):
        parts.append("action")
    return [part for part in parts if part not in done]


def follow_up(sitting: Sitting, item: Item, parts: Sequence[Part], *, first: bool) -> None:
    """Ask the parts, say what the answer comes to, and close the section when it is done.

    `first` is whether the item had neither an answer nor a skip before.
    """
    if "note" in parts:
        _ask_note(sitting, item)
    if "evidence" in parts:
        ask_evidence(sitting, item, _NEEDED)
    seen, to_do = say_verdict(sitting.session, item), say_fix(sitting.session, item)
    if to_do:
        sitting.screen.say(seen)
        sitting.screen.say(to_do)
        seen = ""
    if "action" in parts and "action" in list_parts(sitting.session, item):
        ask_owner_and_day(sitting, item, item.entry.requirement.fix or CLOSE)
    last = [seen, _say_mended(sitting.session, item), say_saved(sitting.session)]
    sitting.screen.say(" ".join(filter(None, last)))
    close_section(sitting, item, first=first)


def close_section(sitting: Sitting, item: Item, *, first: bool) -> None:
    """Say how a section went once nothing in it is left to be asked."""
    session = sitting.session
    if not first or item.key not in {one.key for one in session.queue}:
        return
    run = find_run(session, item)
    done = session.state.answers.keys() | session.state.skipped
    if all(one.key in done for one in run):
        sitting.screen.say()
        sitting.screen.say(say_counts(session, item.entry.section.title, run))


def _ask_note(sitting: Sitting, item: Item) -> None:
    note = sitting.ask_text(item, SEEN, optional=True)
    if note:
        sitting.record(Event("note", {"key": item.key}, {"note": note}))


def _say_mended(session: Session, item: Item) -> str:
    corrected = session.state.attached_to(item.key).corrections
    gap = judge_item(session, item).gap_grade
    return "Mended already? Type “corrected”." if gap and not corrected else ""


def ask_owner_and_day(sitting: Sitting, item: Item, action: str) -> None:
    """Ask who mends a gap and by when, and record what was set; both may be left empty."""
    owner = sitting.ask_text(item, _OWNER, optional=True, own=("corrected", "Corrected"))
    if owner.lower() == "corrected":
        ask_correction(sitting, item)
        return
    due = _ask_day(sitting, item)
    if not owner and not due:
        sitting.screen.say("No one and no date was set; “action” sets them later.")
        return
    data = {"key": item.key, "due": due}
    sitting.record(Event("action", data, {"action": action, "owner": owner}))
    sitting.screen.say(f"Set: {owner or 'nobody yet'}, {f'by {due}' if due else 'no date yet'}.")


def _ask_day(sitting: Sitting, item: Item) -> str:
    """Return the day in ISO form, or nothing."""
    today = sitting.session.state.as_of
    while True:
        line = sitting.ask_text(item, _DUE.format(today + _A_WEEK), optional=True)
        if not line:
            return ""
        try:
            day = today if plain_words(line) == "today" else read_iso_date(line)
        except ValueError as error:
            sitting.screen.say(sentence(error))
            continue
        if day >= today:
            return str(day)
        sitting.screen.say(f"{day} is past; give a day from {today} on.")


def ask_correction(sitting: Sitting, item: Item, said: str = "") -> None:
    """Record that a gap was mended on the spot; the finding stays, with this beside it."""
    question = "What was done? (A line; it goes into the report. An empty line leaves it.)"
    said = said or sitting.ask_text(item, question, optional=True)
    if not said:
        sitting.screen.say("Nothing was recorded.")
        return
    sitting.record(Event("correction", {"key": item.key}, {"correction": said}))
    ask_proof(sitting, item)


def ask_proof(sitting: Sitting, item: Item) -> None:
    """Ask for evidence of a correction."""
    ask_evidence(
        sitting, item, "Is there a photo or paper that shows it? (An empty line: there is none.)"
    )
    sitting.screen.say(
        "Noted as corrected during the audit. The gap stays in the report beside it."
    )
