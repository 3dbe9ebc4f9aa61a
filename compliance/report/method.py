"""How the audit was made and where it ends, and every count of the score."""

from dataclasses import dataclass

from compliance.report.book import Data
from compliance.report.front import PRIVILEGE
from compliance.report.wording import capital, force, share

_METHOD = (
    (
        "This is a first-party audit: the auditor named on the cover answered the questions for "
        "the clinic, and the tool judged the answers by the checklists. Nobody independent "
        "confirmed them. It is not a certificate, and it is not legal advice."
    ),
    (
        "Each requirement is counted once, by its worst thing, in the order gap seen, partly, not "
        "determined, conforming. Score of a force = conforming ÷ (in scope − declared not "
        "applicable). Partly, unknown and unanswered stay in the denominator and add nothing. "
        "Law and good practice are never added up. There is no pass mark."
    ),
    (
        "A question that nobody answered is not a pass, and “I don’t know” is not a pass. "
        "A yes to a critical or major question says how it is known: seen, read in a record, "
        "or told. What rests on word alone was not checked."
    ),
    (
        "Records, staff files and stock were looked at in samples, on one day. What was not in "
        "the sample may differ. Records are named by the clinic’s own reference; this report "
        "is meant to hold no patient data."
    ),
    (
        "Law is given in our words, with how far each source was read and the date of the text. "
        "The law may have changed since. Where no source was read by anybody, no rule is stated, "
        "and the finding says: not established by this tool."
    ),
    (
        "A gap is what was seen on that day against what a source asks. It is not a finding of "
        "fault, and no statement that anyone was harmed. This report may be discoverable in a "
        "dispute. A gap that is known and left without an owner and a date weighs most."
    ),
)

_SIGNATURES = (
    "The frames for signatures stand on the cover; an empty one is unsigned. A signature "
    "shows that this file was not changed since, and which certificate made it; by itself it does "
    "not prove who a person is. To check: compliance verify, or the signature panel of a PDF reader."
)


@dataclass(frozen=True, slots=True)
class Score:
    """One row of the table of scores: every count beside its denominator."""

    force: str
    counts: tuple[str, ...]


def method(data: Data) -> tuple[str, ...]:
    """Return how the audit was made and where it ends, one paragraph each."""
    return (
        *_METHOD,
        _SIGNATURES,
        data["privilege"] or PRIVILEGE,
        f"Times are those of {data['time_zone']}. Dates are year, month, day.",
    )


def scores(data: Data) -> tuple[Score, ...]:
    """Return every count of every force, and the score last."""
    return tuple(Score(capital(force(score["force"])), _counts(score)) for score in data["scores"])


def _counts(score: Data) -> tuple[str, ...]:
    words = ("conforming", "partly", "nonconforming", "not_determined", "not_applicable", "counted")
    result = f"{score['conforming']} of {score['counted']}"
    percent = share(score["conforming"], score["counted"])
    return (*(str(score[word]) for word in words), f"{result} ({percent})")
