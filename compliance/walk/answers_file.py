"""The answers file: an audit's answers as YAML, to be filled in an editor and read back.

checklist/requirement@thing: yes
checklist/requirement@thing: {answer: no, note: What was seen., evidence: [photo.jpg]}
"""

from collections.abc import Iterator

from compliance.checklist.fact import read_number
from compliance.walk.answers_reading import read_answers
from compliance.walk.answers_writing import write_answers
from compliance.walk.event import Event
from compliance.walk.given import AnswersRead, Given, GivenAction
from compliance.walk.state import Answer, AuditState

__all__ = ["AnswersRead", "answer_events", "read_answers", "write_answers"]


def answer_events(read: AnswersRead, state: AuditState) -> list[list[Event]]:
    """Return the events of what is new in the file, key by key; keys with nothing new are left out.

    An answer that stands already is not repeated, nor a note, correction, action, paper or file
    that is there. Where the file gives no basis or reason, it does not contradict the one that
    stands.
    """
    groups = (list(_events_of(given, state)) for given in read.given)
    return [group for group in groups if group]


def _events_of(given: Given, state: AuditState) -> Iterator[Event]:
    stands = state.answers.get(given.key)
    if given.answer and not (stands and _says_the_same(given.answer, stands)):
        yield given.answer
    attached, data = state.attached_to(given.key), {"key": given.key}
    for note in _new(given.notes, attached.notes, "note"):
        yield Event("note", data, {"note": note})
    held = {event.data.get("sha256") for event in attached.evidence}
    for one in dict.fromkeys(one.file for one in given.evidence):
        if one.sha256 not in held:
            held.add(one.sha256)
            file = {**data, "sha256": one.sha256, "size": one.size}
            yield Event("evidence", file, {"name": one.name})
    for place in _new(given.kept_at, attached.evidence, "kept_at"):
        yield Event("evidence", data, {"kept_at": place})
    for correction in _new(given.corrections, attached.corrections, "correction"):
        yield Event("correction", data, {"correction": correction})
    planned = {_plan(event) for event in attached.actions}
    for action in dict.fromkeys(given.actions):
        if action not in planned:
            texts = {"action": action.what, "owner": action.owner}
            yield Event("action", {**data, "due": action.due}, texts)


def _new(texts: tuple[str, ...], there: list[Event], name: str) -> Iterator[str]:
    known = {event.text(name).strip() for event in there}
    return (text for text in dict.fromkeys(texts) if text not in known)


def _plan(event: Event) -> GivenAction:
    what, owner = event.text("action").strip(), event.text("owner").strip()
    return GivenAction(what, owner, event.data.get("due", ""))


def _says_the_same(event: Event, stands: Answer) -> bool:
    said = event.text("value") if "value" in event.texts else event.data["answer"]
    basis, reason = event.data.get("basis", ""), event.text("reason")
    return (
        _equal(said, stands.said)
        and basis in {"", stands.basis}
        and reason in {"", stands.reason.strip()}
    )


def _equal(said: str, other: str) -> bool:
    """Whether two answers are the same; 30 and 30.0 are."""
    try:
        return said == other or read_number(said) == read_number(other)
    except ValueError:
        return False
