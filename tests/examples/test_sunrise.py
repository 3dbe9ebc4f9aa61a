"""The invented clinic of `examples/`: its files read, and it concludes what its README says."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from compliance.audit.finding import WORST_FIRST
from compliance.audit.judging import judge
from compliance.audit.result import Result
from compliance.checklist.library import Library, read_library
from compliance.checklist.pack_files import gather
from compliance.checklist.pattern import is_dea_number
from compliance.clinic.profile_file import read_profile
from compliance.resources import bundled_folder
from compliance.walk.answers_file import AnswersRead, answer_events, read_answers
from compliance.walk.event import Event
from compliance.walk.journal import Head
from compliance.walk.profile_events import declare_profile
from compliance.walk.session import Session, needs_basis
from compliance.walk.state import AuditState

EXAMPLES = Path(__file__).parents[2] / "examples"
SUNRISE = EXAMPLES / "sunrise"
README = (EXAMPLES / "README.md").read_text(encoding="utf-8")
BEGUN = {
    "as_of": "2026-11-23",
    "time_zone": "America/Denver",
    "order": "law",
    "tool": "",
    "depth": "core",
    "only": [],
    "packs": [],
}


@pytest.fixture(scope="module")
def library() -> Library:
    read, diagnostics = read_library([gather(bundled_folder("checklists"))])
    assert read, diagnostics
    return read


@pytest.fixture(scope="module")
def unanswered(library: Library) -> Session:
    """The audit with the profile in it and no answer yet."""
    raw = (SUNRISE / "clinic.yaml").read_bytes()
    said, diagnostics = read_profile(raw, "clinic.yaml", library.sheet)
    assert diagnostics == []
    assert said
    assert said.time_zone == "America/Denver"
    state = AuditState(library.sheet)
    for event in (Event("begun", BEGUN), *declare_profile(said.profile, library.sheet)):
        state.take(event)
    return Session(library, state)


@pytest.fixture(scope="module")
def read(unanswered: Session) -> AnswersRead:
    raw = (SUNRISE / "answers.yaml").read_bytes()
    answers, diagnostics = read_answers(raw, "answers.yaml", unanswered, SUNRISE)
    assert diagnostics == []
    assert answers
    return answers


@pytest.fixture(scope="module")
def answered(library: Library, unanswered: Session, read: AnswersRead) -> Session:
    state = unanswered.state.fork()
    for group in answer_events(read, state):
        for event in group:
            state.take(event)
    return Session(library, state)


@pytest.fixture(scope="module")
def result(library: Library, answered: Session) -> Result:
    return judge(library, answered.state, Head())


def test_the_profile_leaves_no_fact_to_be_asked(unanswered: Session) -> None:
    assert unanswered.needs() == ()


def test_two_sites_six_people_and_one_who_left(unanswered: Session) -> None:
    profile = unanswered.state.profile
    states = {site.facts["state"] for site in profile.things["site"]}
    left = [one.facts["left"] for one in profile.things["staff"] if "left" in one.facts]
    assert {"CO", "UT"} == states
    assert len(profile.things["staff"]) == 7
    assert [date(2026, 8, 31)] == left


def test_exactly_two_questions_are_left_unanswered(answered: Session) -> None:
    assert {
        "anesthesiologist-psychiatrist/supervision-written@priya-nair",
        "ownership-and-continuity/pace-is-clinical",
    } == {item.key for item in answered.open_items()}


def test_no_answer_ends_up_hidden(read: AnswersRead, result: Result) -> None:
    assert read.hidden == ()
    assert result.hidden == ()


def test_every_grave_yes_says_how_it_is_known(answered: Session) -> None:
    silent = [
        item.key
        for item in answered.queue
        if (answer := answered.state.answers.get(item.key))
        and needs_basis(item, answer.said)
        and not answer.basis
    ]
    assert silent == []
    assert {"seen", "record", "told"} == {
        one.basis for one in answered.state.answers.values() if one.basis
    }


def test_the_gaps_by_grade_and_force_are_these(result: Result) -> None:
    assert result.conclusion.gaps == {
        "critical": {"law": 3, "consensus": 1},
        "major": {"law": 6, "guidance": 1, "consensus": 5, "good-practice": 6},
        "minor": {"law": 6, "consensus": 3, "good-practice": 4},
    }
    assert result.conclusion.incomplete == 2


def test_every_conclusion_of_a_finding_occurs(result: Result) -> None:
    counts = Counter(finding.conclusion for finding in result.findings)
    assert counts == {
        "conforming": 82,
        "nonconforming": 18,
        "partly": 17,
        "not determined": 6,
        "not applicable": 8,
    }
    assert set(WORST_FIRST) == set(counts)


def test_something_lapses_within_ninety_days(result: Result) -> None:
    soon = {lapse.key: lapse.on for lapse in result.lapses if 0 <= lapse.days <= 90}
    assert soon == {
        "esketamine-rems/named-box-45-days": "2026-12-06",
        "workplace-safety/exposure-plan-date": "2026-12-15",
        "ownership-and-continuity/director-last-here@orchard": "2026-12-20",
        "ownership-and-continuity/director-last-here@main-street": "2026-12-23",
        "credentials/acls-expiry@ann-lee": "2026-12-31",
        "records-inventory/reconciled-on-paper": "2027-01-02",
        "records-inventory/last-inventory@orchard": "2027-01-13",
        "dea-registration/certificate-expiry@priya-nair+orchard": "2027-01-15",
        "ownership-and-continuity/director-read-charts": "2027-01-30",
        "credentials/acls-expiry@tessa-quinn": "2027-01-31",
        "credentials/license-expiry@tessa-quinn": "2027-01-31",
        "session-safety/cart-earliest-expiry@main-street": "2027-01-31",
    }
    assert f"Lapsing within 90 days of it: {len(soon)}, one of them a DEA registration." in README


def test_three_things_had_run_out_before_the_audit(result: Result) -> None:
    assert {lapse.key: lapse.on for lapse in result.lapses if lapse.days < 0} == {
        "incidents/last-drill@orchard": "2026-08-20",
        "session-safety/cart-earliest-expiry@orchard": "2026-09-30",
        "credentials/acls-expiry@joel-hart": "2026-10-31",
    }


def test_six_gaps_were_corrected_and_one_has_no_action(result: Result) -> None:
    gaps = [finding for finding in result.findings if finding.gap_grade]
    idle = [gap.requirement for gap in gaps if not any(thing.actions for thing in gap.things)]
    corrected = [thing for gap in gaps for thing in gap.things if thing.corrections]
    assert idle == ["diversion/weekly-count"]
    assert len(corrected) == 6
    assert "Six gaps were corrected during the audit; one gap has no action yet." in README


def test_the_readme_states_the_same_counts(result: Result, answered: Session) -> None:
    told = [line.removeprefix("> - ") for line in README.splitlines() if line.startswith("> - ")]
    rows = [
        f"| {s.force} | {s.conforming} | {s.partly} | {s.nonconforming} "
        f"| {s.not_determined} | {s.not_applicable} |"
        for s in result.scores
    ]
    assert list(result.conclusion.lines[:4]) == told
    assert rows == [line for line in README.splitlines() if line.startswith(tuple(_starts(result)))]
    count = f"{len(answered.queue)} questions about {len(result.findings)} requirements"
    assert count in README


def _starts(result: Result) -> list[str]:
    return [f"| {score.force} |" for score in result.scores]


@pytest.mark.parametrize(
    ("file", "number"),
    [("orchard-certificate.pdf", "XX1234563"), ("loss-notice.txt", "XX7654329")],
)
def test_a_dea_number_is_well_formed_and_invented(file: str, number: str) -> None:
    assert number.encode() in (SUNRISE / "evidence" / file).read_bytes()
    assert is_dea_number(number)


def test_every_paper_is_named_by_an_answer_and_says_that_it_is_invented(read: AnswersRead) -> None:
    papers = {path.name: path for path in (SUNRISE / "evidence").iterdir()}
    assert set(papers) == {file.name for file, _ in read.files}
    drawn = {name for name in papers if name.endswith(".png")}
    for name in set(papers) - drawn:
        assert b"INVENTED" in papers[name].read_bytes()
