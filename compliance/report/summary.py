"""Page two: the whole audit for an owner who reads one page."""

from collections.abc import Sequence
from dataclasses import dataclass

from compliance.report.book import Book, Data, gaps_in_order
from compliance.report.chart import Bar, Pen, draw_bars
from compliance.report.entries import NO_DATE, NO_OWNER, without_gaps
from compliance.report.gaps import requirement_key, rules, things_in_gap, unplanned_critical
from compliance.report.lapsing import HORIZON, Lapsing, lapsing, timeline
from compliance.report.unsettled import NOTHING_ASKED, NOTHING_OPEN, undetermined
from compliance.report.wording import (
    capital,
    clipped,
    count,
    first_sentence,
    force,
    joined,
    listing,
    share,
)

FIRST = 5
_LISTED = 4
_UNSETTLED = 1
_LONGEST = 92
_NAMED = 3
_NOTHING_SET = {"owner": "", "due": ""}
_RESTS = {
    "seen": "seen",
    "record": "from a record",
    "told": "on word alone",
    "not said": "without saying how it is known",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A small figure: the number, what it counts, and what stands beside it."""

    value: str
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class Fix:
    """One of the things to fix first."""

    number: int
    target: str
    grade: str
    what: str
    where: str
    law: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Rest:
    """What a short list leaves out (`more`), or that there was nothing to list (`none`)."""

    more: str
    none: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The one-page summary; what does not fit is counted, and stands in its own section."""

    headline: str
    reasons: str
    plan: str
    figures: tuple[Figure, ...]
    bars: str
    bases: str
    declared: tuple[str, ...]
    fixes: tuple[Fix, ...]
    fixes_rest: Rest
    timeline: str
    lapses: tuple[Lapsing, ...]
    lapses_rest: Rest
    unsettled: tuple[str, ...]
    unsettled_rest: Rest


def summarize(data: Data, book: Book, pen: Pen) -> Summary:
    """Return the summary of a result."""
    soon = lapsing(data)
    unsettled = [f"{item.ask} ({item.standing})" for item in undetermined(data, book)]
    gaps = gaps_in_order(data["findings"])
    return Summary(
        headline=data["conclusion"]["headline"],
        reasons=" ".join(data["conclusion"]["lines"][1:]),
        plan=unplanned_critical(data, book)[1],
        figures=_figures(data),
        bars=score_bars(data, pen),
        bases=bases(data),
        declared=_declared(data),
        fixes=tuple(_fix(gap, number, book) for number, gap in enumerate(gaps[:FIRST], start=1)),
        fixes_rest=_rest(len(gaps), FIRST, "gap", without_gaps(data)),
        timeline=timeline(data, soon, pen),
        lapses=soon[:_LISTED],
        lapses_rest=_rest(len(soon), _LISTED, "date", f"Nothing lapses within {HORIZON} days."),
        unsettled=tuple(unsettled[:_UNSETTLED]),
        unsettled_rest=_rest(
            len(unsettled),
            _UNSETTLED,
            "question",
            NOTHING_OPEN if data["findings"] else NOTHING_ASKED,
        ),
    )


def _rest(number: int, shown: int, noun: str, nothing: str) -> Rest:
    more = count(number - shown, f"more {noun}") if number > shown else ""
    return Rest(more, "" if number else nothing)


def _figures(data: Data) -> tuple[Figure, ...]:
    scores = {score["force"]: score for score in data["scores"]}
    near = [lapse for lapse in data["lapses"] if 0 <= lapse["days"] <= HORIZON]
    lapsed = [lapse for lapse in data["lapses"] if lapse["days"] < 0]
    unsettled = sum(score["not_determined"] for score in data["scores"])
    return (
        _conforming("Law", scores.get("law")),
        _conforming("Consensus", scores.get("consensus")),
        Figure(str(unsettled), "not determined", "never counts as a pass"),
        Figure(str(len(near)), f"dates within {HORIZON} days", _already(len(lapsed))),
    )


def _conforming(label: str, score: Data | None) -> Figure:
    if score is None or not score["counted"]:
        return Figure("–", f"{label}: none in scope", "")
    value = f"{score['conforming']} of {score['counted']}"
    aside = f"{score['not_applicable']} declared not applicable"
    return Figure(value, f"{label}: conforming", aside if score["not_applicable"] else "")


def _already(number: int) -> str:
    return f"{number} lapsed already" if number else "none has lapsed already"


def score_bars(data: Data, pen: Pen) -> str:
    """Return the chart of the scores, with its numbers once more in words for who cannot see it."""
    counted = [score for score in data["scores"] if score["counted"]]
    if not counted:
        return ""
    words = [f"{_force(score)}: {_spoken(score)}" for score in counted]
    title = f"Requirements by force. {'. '.join(words)}."
    return draw_bars([_bar(score) for score in counted], title, pen)


def _bar(score: Data) -> Bar:
    counts = (
        score["conforming"],
        score["partly"],
        score["not_determined"],
        score["nonconforming"],
    )
    conforming, counted = score["conforming"], score["counted"]
    caption = f"{conforming} of {counted} conforming ({share(conforming, counted)})"
    return Bar(_force(score), counts, caption)


def _force(score: Data) -> str:
    return capital(force(score["force"]))


def _spoken(score: Data) -> str:
    return (
        f"{score['conforming']} of {score['counted']} conforming, {score['partly']} partly, "
        f"{score['not_determined']} not determined, {score['nonconforming']} with a gap"
    )


def bases(data: Data) -> str:
    """Return what the conforming answers to critical and major questions rest on."""
    by = data["conclusion"]["bases"]
    total = sum(by.values())
    if not total:
        return "No critical or major question was answered as conforming."
    parts = [f"{by[word]} {phrase}" for word, phrase in _RESTS.items() if by.get(word)]
    answers = count(total, "conforming answer")
    return f"{answers} to critical and major questions: {listing(parts)}."


def _declared(data: Data) -> tuple[str, ...]:
    """Return the critical requirements that were declared not applicable, with the reason given."""
    keys = data["conclusion"]["critical_not_applicable"]
    known = {
        key: joined([thing["title"], finding["ask"], f"Reason given: {thing['reason']}"], " – ")
        for finding in data["findings"]
        for thing in finding["things"]
        if thing["conclusion"] == "not applicable"
        for key in (thing["key"], requirement_key(finding))
    }
    return tuple(known.get(key, key) for key in keys)


def _fix(finding: Data, number: int, book: Book) -> Fix:
    things = things_in_gap(finding)
    actions = [action for thing in things for action in thing["actions"] or (_NOTHING_SET,)]
    mended = all(thing["corrections"] for thing in things)
    return Fix(
        number=number,
        target=f"#gap-{number}",
        grade=joined([finding["gap_grade"], force(finding["force"])], ", "),
        what=clipped(first_sentence(finding["fix"] or finding["ask"]), _LONGEST),
        where=joined(
            [
                ", ".join(thing["title"] for thing in things if thing["title"]),
                "corrected during the audit" if mended else "",
            ]
        ),
        law=_law(finding, book),
        who=_set([action["owner"] for action in actions], NO_OWNER),
        when=_set([action["due"] for action in actions], NO_DATE),
    )


def _law(finding: Data, book: Book) -> str:
    """Return how the first cited source that was read begins; the finding has all of it."""
    read = [rule for rule in rules(finding, book) if rule.says]
    if not read or not finding["established"]:
        return "Not established by this tool: ask the board."
    return f"{read[0].citation}: {clipped(first_sentence(read[0].says), _LONGEST)}"


def _set(words: Sequence[str], nothing: str) -> str:
    """Return each name or date once, three at most; where some action has none, that is said first."""
    said = sorted(
        dict.fromkeys(word or nothing for word in words), key=lambda word: word != nothing
    )
    more = [f"and {len(said) - _NAMED} more"] if len(said) > _NAMED else []
    return "; ".join([*said[:_NAMED], *more]) or nothing
