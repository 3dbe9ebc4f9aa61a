"""What was answered for one thing, as labelled lines: the same in findings and in the full record."""

from collections.abc import Sequence
from dataclasses import dataclass

from compliance.report import wording
from compliance.report.book import Book, Data
from compliance.report.wording import basis, clock, joined, mark, size

NO_OWNER = "no owner set"
NO_DATE = "no date set"
_UNSETTLED = frozenset({"nonconforming", "partly", "not determined"})


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled line; `aside` (who, when) follows in small print, a SHA-256 stands below it.

    `target` makes a link of the text, with the page where it leads.
    """

    label: str
    text: str
    aside: str = ""
    digest: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that a question was asked for; when asked once, its title is empty.

    `answer` stands beside the title; without one it is the first of the lines.
    """

    title: str
    mark: str
    word: str
    answer: Line
    lines: tuple[Line, ...]


def standing(conclusion: str, *, established: bool) -> tuple[str, str]:
    """Return how the mark of a conclusion looks, and its word.

    Where no source was read by anybody, there is no gap to see: the tool could not establish a rule.
    """
    if not established and conclusion in _UNSETTLED:
        return "open", "not established"
    return mark(conclusion), wording.conclusion(conclusion)


def thing(found: Data, book: Book, *, established: bool) -> Thing:
    """Return everything that is known of one thing."""
    look, word = standing(found["conclusion"], established=established)
    return Thing(found["title"], look, word, answer_line(found, book), _lines(found, book))


def _lines(thing: Data, book: Book) -> tuple[Line, ...]:
    due = thing["lapses_on"]
    answer = () if thing["title"] else (answer_line(thing, book),)
    lines = [
        *answer,
        Line("Reason", thing["reason"]),
        Line("Judged so", thing["detail"] if thing["said"] else ""),
        Line("Warning", thing["warning"]),
        Line("Good through", "" if due == thing["said"] else due),
        *remark_lines("Note", thing["notes"], book),
        *remark_lines("Corrected", thing["corrections"], book, "during the audit"),
        *(evidence_line(held, book) for held in thing["evidence"]),
        *(action_line(action, book) for action in thing["actions"]),
    ]
    return tuple(line for line in lines if line.text)


def answer_line(thing: Data, book: Book) -> Line:
    """Return the answer as it was given, and how the answerer knows; or why there is none.

    What was seen has its time: it was so at that time. Of several auditors, the one who answered
    is named, unless it is the one on the cover.
    """
    said = thing["said"] or thing["detail"] or "not answered"
    at = book.another_day(thing["answered_at"])
    if thing["basis"] == "seen":
        at = at or f"recorded {clock(thing['answered_at'])}"
    by = "" if thing["answered_by"] == book.author else thing["answered_by"]
    return Line("Answer", said, joined([basis(thing["basis"]), by, at], ", "))


def remark_lines(
    label: str, remarks: Sequence[Data], book: Book, when: str = ""
) -> tuple[Line, ...]:
    """Return what was typed, with its author; of what was withdrawn, who withdrew it and why."""
    return tuple(
        Line(
            label,
            remark_text(remark),
            joined([when, book.stamp(remark["at"], remark["by"])], ", "),
        )
        for remark in remarks
    )


def remark_text(remark: Data) -> str:
    """Return the text of a remark; for one that was withdrawn, a statement in its place."""
    withdrawn = f"Withdrawn: {remark['withdrawn']}" if remark["withdrawn"] else ""
    return joined([remark["text"], withdrawn], "\n") or "(blank)"


def evidence_line(held: Data, book: Book) -> Line:
    """Return a file with its SHA-256, or where the paper is kept."""
    at = book.stamp(held["at"], book.author)
    if not held["sha256"]:
        return Line("Evidence", joined([held["name"], kept(held)]), at)
    name = f"{held['name']} ({size(held['size'])})"
    return Line("Evidence", joined([name, kept(held)]), at, held["sha256"])


def kept(held: Data) -> str:
    """Return where the paper is kept, or nothing."""
    return f"kept at: {held['kept_at']}" if held["kept_at"] else ""


def action_line(action: Data, book: Book) -> Line:
    """Return what will be done, by whom and until when; what was not set is said."""
    owner = f"owner: {action['owner']}" if action["owner"] else NO_OWNER
    due = f"by {action['due']}" if action["due"] else NO_DATE
    by = "" if action["by"] in ("", book.author) else f"set by {action['by']}"
    return Line("Action", action["text"] or "(no text)", joined([owner, due, by], ", "))


def without_gaps(data: Data) -> str:
    """Return what is said where no gap is listed; where nothing was checked, none could be seen."""
    conclusions = {finding["conclusion"] for finding in data["findings"]}
    if not conclusions:
        return "Nothing was audited."
    if conclusions <= {"not determined", "not applicable"}:
        return "Nothing was checked, so no gap could be seen."
    return "No gap was seen in what was checked."
