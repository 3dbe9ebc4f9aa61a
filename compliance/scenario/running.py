"""Runs a scenario: the same session and judging as an audit, without a disk."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from compliance.audit.judging import judge
from compliance.audit.result import Result
from compliance.checklist.answer import YesNoAnswer
from compliance.checklist.condition import Given
from compliance.checklist.frozen import DEPTHS
from compliance.checklist.library import Library
from compliance.clinic.applicability import Applicability, Item
from compliance.scenario.model import Counts, Ending
from compliance.scenario.reading import Staged
from compliance.text.diagnostic import Diagnostic
from compliance.walk.answers_file import answer_events
from compliance.walk.answers_reading import read_given
from compliance.walk.event import Event
from compliance.walk.given import AnswersRead
from compliance.walk.journal import Head
from compliance.walk.outcome import list_given
from compliance.walk.profile_events import declare_profile
from compliance.walk.session import Session, answer_event
from compliance.walk.state import AuditState

_MOST_ROUNDS = 60  # follow-ups of follow-ups; each round answers all that is open


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a scenario: what is not as expected, and what was asked, answered and seen."""

    staged: Staged
    failures: tuple[Diagnostic, ...]
    applicability: Applicability
    given: Mapping[str, Given]
    questions: Counts
    minutes: Counts


def narrow(library: Library, only: Collection[str]) -> Library:
    """Return the library with the checklists that are meant, and the questions these follow.

    The others are out of such a scenario anyway, and deciding about each of them takes its time.
    """
    wanted = [entry.key for entry in library.entries if entry.checklist_key in only]
    kept: set[str] = set()
    while wanted:
        key = wanted.pop()
        if key not in kept:
            kept.add(key)
            facts = library.by_key[key].condition.facts()
            wanted += [one.path[0] for one in facts if one.kind in {"answer", "member-answer"}]
    entries = tuple(entry for entry in library.entries if entry.key in kept)
    return replace(library, entries=entries)


def run_scenario(staged: Staged, library: Library) -> Run:
    """Return what comes of a scenario."""
    state = AuditState(library.sheet)
    state.take(_begin(staged))
    for event in declare_profile(staged.profile, library.sheet):
        state.take(event)
    session = Session(library, state)
    wrong = _answer_by_name(staged, session)
    _answer_the_rest(staged, session)
    result = judge(library, state, Head())
    questions, minutes = _count(session)
    failures = wrong or [
        *_compare_asked(staged, session.applicability),
        *_compare_findings(staged, result),
        *_compare_conclusion(staged, result),
        *_compare_counts(staged, "questions", staged.scenario.expect.questions, questions),
        *_compare_counts(staged, "minutes", staged.scenario.expect.minutes, minutes),
    ]
    given = list_given(library, state)
    return Run(staged, tuple(failures), session.applicability, given, questions, minutes)


def _begin(staged: Staged) -> Event:
    scenario = staged.scenario
    data = {
        "as_of": str(staged.as_of),
        "time_zone": "UTC",
        "depth": scenario.depth,
        "order": "law",
        "only": list(staged.only),
        "packs": [],
        "digests": [],
        "tool": "",
    }
    return Event("begun", data, {"auditor": "", "role": "", "privilege": ""})


def _answer_by_name(staged: Staged, session: Session) -> list[Diagnostic]:
    """Take the answers that are given by name; return what is wrong with them."""
    document = staged.answers
    if document is None:
        return []
    given, wrong = read_given(document, session, Path(staged.document.file).parent)
    if wrong:
        return wrong
    for events in answer_events(AnswersRead(given, ()), session.state):
        for event in events:
            session.state.take(event)
    session.refresh()
    asked = {item.key for item in session.applicability.asked}
    hidden = [key for key in document.data if key not in asked]
    message = "This is answered, and nobody asks it of this clinic."
    return [document.diagnose((key,), message, "Take it out.", key=True) for key in hidden]


def _answer_the_rest(staged: Staged, session: Session) -> None:
    """Answer what is open with yes or no, round after round, since answers open follow-ups."""
    word = {"conforming": "yes", "nonconforming": "no"}.get(staged.scenario.rest)
    for _ in range(_MOST_ROUNDS if word else 0):
        answers = (item.entry.requirement.answer for item in session.open_items())
        plain = [
            item
            for item, answer in zip(session.open_items(), answers, strict=True)
            if isinstance(answer, YesNoAnswer)
        ]
        for item in plain:
            for event in _answer(session, item, str(word)):
                session.state.take(event)
        if not plain:
            return
        session.refresh()


def _answer(session: Session, item: Item, word: str) -> Iterator[Event]:
    yield answer_event(session, item, word, basis="seen" if word == "yes" else "")
    if word == "yes" and item.entry.requirement.evidence == "required":
        yield Event("evidence", {"key": item.key}, {"kept_at": "in the binder"})


def _count(session: Session) -> tuple[Counts, Counts]:
    """Return how many requirements are asked and the minutes they take, by their own depth."""
    asked = {item.entry.key: item.entry.requirement for item in session.queue}
    sizes = [(one.depth, one.minutes) for one in asked.values()]
    questions = {depth: sum(own == depth for own, _ in sizes) for depth in DEPTHS}
    minutes = {depth: sum(m for own, m in sizes if own == depth) for depth in DEPTHS}
    return Counts(**questions), Counts(**minutes)


def _compare_asked(staged: Staged, applicability: Applicability) -> Iterator[Diagnostic]:
    expect = staged.scenario.expect
    items = applicability.items
    for index, key in enumerate(expect.asked):
        if not _is_asked(staged.complete(key), applicability):
            because = next((i.because for i in items if _meets(i, staged.complete(key))), "")
            message = f"“{key}” should be asked, and is not."
            yield staged.diagnose(("expect", "asked", index), message, because)
    for index, key in enumerate(expect.not_asked):
        if _is_asked(staged.complete(key), applicability):
            message = f"“{key}” should not be asked, and is."
            yield staged.diagnose(("expect", "not_asked", index), message)


def _is_asked(key: str, applicability: Applicability) -> bool:
    return any(_meets(item, key) for item in applicability.asked)


def _meets(item: Item, key: str) -> bool:
    return key in {item.key, item.entry.key}


def _compare_findings(staged: Staged, result: Result) -> Iterator[Diagnostic]:
    found = {one.requirement: one.conclusion for one in result.findings}
    found |= {thing.key: thing.conclusion for one in result.findings for thing in one.things}
    for key, expected in staged.scenario.expect.findings.items():
        got = found.get(staged.complete(key), "not asked")
        if got != expected:
            message = f"“{key}” should be {expected}, and is {got}."
            yield staged.diagnose(("expect", "findings", key), message)


def _compare_conclusion(staged: Staged, result: Result) -> Iterator[Diagnostic]:
    expected = staged.scenario.expect.conclusion
    got = list_endings(result)
    if expected is not None and set(expected) != set(got):
        message = f"The conclusion should be {_list(expected)}, and is {_list(got)}."
        yield staged.diagnose(("expect", "conclusion"), message)


def list_endings(result: Result) -> tuple[Ending, ...]:
    """Return the conclusion as the words that scenarios use, worst first."""
    conclusion = result.conclusion
    endings: list[Ending] = []
    if conclusion.gaps["critical"]:
        endings.append("critical gaps")
    if conclusion.gaps["major"]:
        endings.append("major gaps")
    if conclusion.gaps["minor"]:
        endings.append("minor gaps")
    if conclusion.incomplete:
        endings.append("incomplete")
    return tuple(endings) or (("no gap seen",) if result.findings else ("nothing audited",))


def _compare_counts(
    staged: Staged, name: str, expected: Counts | None, got: Counts
) -> Iterator[Diagnostic]:
    for depth in DEPTHS if expected else ():
        wanted, there = getattr(expected, depth), getattr(got, depth)
        if wanted is not None and wanted != there:
            message = f"There should be {wanted} {depth} {name}, and there are {there}."
            yield staged.diagnose(("expect", name, depth), message)


def _list(words: tuple[str, ...]) -> str:
    return ", ".join(words) or "nothing"
