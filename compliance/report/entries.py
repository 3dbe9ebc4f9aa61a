"""What was answered for one thing, as labelled lines: the same in findings and in the full record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from compliance.report import wording
from compliance.report.wording import basis, joined, mark, minute, size

Data = Mapping[str, Any]

NO_OWNER = "no owner set"
NO_DATE = "no date set"
_UNSETTLED = frozenset({"nonconforming", "partly", "not determined"})


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled line; `aside` (who, when) follows in small print, a SHA-256 stands below it."""

    label: str
    text: str
    aside: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that a question was asked for; its title is empty when asked once."""

    title: str
    mark: str
    word: str
    lines: tuple[Line, ...]


def standing(conclusion: str, *, established: bool) -> tuple[str, str]:
    """Return how the mark of a conclusion looks, and its word.

    Where no source was read by anybody, there is no gap to see: the tool could not establish a rule.
    """
    if not established and conclusion in _UNSETTLED:
        return "open", "not established"
    return mark(conclusion), wording.conclusion(conclusion)


def things(finding: Data) -> tuple[Thing, ...]:
    """Return everything that is known of each thing that a question was asked for."""
    return tuple(thing(each, established=finding["established"]) for each in finding["things"])


def thing(found: Data, *, established: bool) -> Thing:
    """Return everything that is known of one thing."""
    look, word = standing(found["conclusion"], established=established)
    return Thing(title=found["title"], mark=look, word=word, lines=_lines(found))


def _lines(thing: Data) -> tuple[Line, ...]:
    due = thing["lapses_on"]
    lines = [
        answer_line(thing),
        Line("Reason", thing["reason"]),
        Line("Judged so", thing["detail"] if thing["said"] else ""),
        Line("Warning", thing["warning"]),
        Line("Good through", "" if due == thing["said"] else due),
        *remark_lines("Note", thing["notes"]),
        *remark_lines("Corrected", thing["corrections"], "during the audit"),
        *(evidence_line(held) for held in thing["evidence"]),
        *(action_line(action) for action in thing["actions"]),
        Line("Asked because", thing["asked_because"]),
    ]
    return tuple(line for line in lines if line.text)


def answer_line(thing: Data) -> Line:
    """Return the answer as it was given, how the answerer knows, and when; or why there is none."""
    said = thing["said"] or thing["detail"] or "not answered"
    return Line("Answer", said, joined([basis(thing["basis"]), minute(thing["answered_at"])], ", "))


def remark_lines(label: str, remarks: Sequence[Data], when: str = "") -> tuple[Line, ...]:
    """Return what was typed, with its author; of what was withdrawn, who withdrew it and why."""
    return tuple(
        Line(label, remark_text(remark), joined([when, remark["by"], minute(remark["at"])], ", "))
        for remark in remarks
    )


def remark_text(remark: Data) -> str:
    """Return the text of a remark; for one that was withdrawn, a statement in its place."""
    withdrawn = f"Withdrawn: {remark['withdrawn']}" if remark["withdrawn"] else ""
    return joined([remark["text"], withdrawn], "\n") or "(blank)"


def evidence_line(held: Data) -> Line:
    """Return a file with its SHA-256, or where the paper is kept."""
    if not held["sha256"]:
        return Line("Evidence", joined([held["name"], kept(held)]), minute(held["at"]))
    name = f"{held['name']} ({size(held['size'])})"
    return Line("Evidence", joined([name, kept(held)]), minute(held["at"]), held["sha256"])


def kept(held: Data) -> str:
    """Return where the paper is kept, or nothing."""
    return f"kept at: {held['kept_at']}" if held["kept_at"] else ""


def action_line(action: Data) -> Line:
    """Return what will be done, by whom and until when; what was not set is said."""
    owner = f"owner: {action['owner']}" if action["owner"] else NO_OWNER
    due = f"by {action['due']}" if action["due"] else NO_DATE
    return Line(
        "Action", action["text"] or "(no text)", joined([owner, due, _set_by(action)], ", ")
    )


def _set_by(action: Data) -> str:
    return f"set by {action['by']}, {minute(action['at'])}" if action["by"] else ""


def without_gaps(data: Data) -> str:
    """Return what is said where no gap is listed; where nothing was checked, none could be seen."""
    conclusions = {finding["conclusion"] for finding in data["findings"]}
    if not conclusions:
        return "Nothing was audited."
    if conclusions <= {"not determined", "not applicable"}:
        return "Nothing was checked, so no gap could be seen."
    return "No gap was seen in what was checked."
