"""Fifty-one jurisdictions: every topic is asked in each, a site in each is walked, nothing is made up."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compliance.checklist.condition import Truth
from compliance.checklist.model import JURISDICTIONS
from compliance.clinic.applicability import Chosen, decide
from compliance.clinic.profile_file import read_profile
from compliance.conduct.states import TOPICS, draw_matrix, render_markdown, render_text

if TYPE_CHECKING:
    from compliance.checklist.library import Library
    from compliance.clinic.applicability import Applicability

ROOT = Path(__file__).resolve().parents[2]
STATES = sorted(JURISDICTIONS)
MOST_CORE = 4
CLINIC = """
facts: {{name: Elm, controlled_drugs_held: [ketamine], treats: [mood], buys_stock: yes,
  supply: [wholesaler], also_does: [{does}], payers: [self], electronic_billing: no,
  institution_registered: no, registration_changed: no, lay_owner_or_manager: no, standards: []}}
sites:
  elm: {{name: Elm Street, address: 1 Elm Street, state: {state}, routes: [iv], stock_kept: yes}}
staff:
  ann: {{name: Ann Lee, role: anesthesiologist, works_at: [elm], orders_or_gives: yes,
    holds_dea_registration: yes, handles_controlled_drugs: yes, monitors_patients: yes{into}}}
  bo: {{name: Bo Ray, role: rn, works_at: [elm], orders_or_gives: no,
    holds_dea_registration: no, handles_controlled_drugs: yes, monitors_patients: yes{none}}}
storage_units:
  safe: {{name: Safe, site: elm, kind: safe}}
"""


def decide_for(library: Library, state: str, into: str = "", depth: str = "deep") -> Applicability:
    """Decide what applies to one room in a state, whose doctor perhaps treats into another."""
    text = CLINIC.format(
        state=state,
        does="telemedicine" if into else "",
        into=f", treats_into: [{into}]" if into else "",
        none=", treats_into: []" if into else "",
    )
    read, wrong = read_profile(text.encode(), "clinic.yaml", library.sheet)
    assert read, wrong
    return decide(library, read.profile, {}, Chosen(depth), date(2026, 11, 27))  # type: ignore[arg-type]


def states_asked(applicability: Applicability) -> set[str]:
    return {
        item.entry.checklist.state for item in applicability.asked if item.entry.checklist.state
    }


def test_every_jurisdiction_has_its_checklist(real: Library) -> None:
    assert sorted(draw_matrix(real)) == STATES


@pytest.mark.parametrize("state", STATES)
def test_every_topic_is_asked_in_a_state(state: str, real: Library) -> None:
    _, row = draw_matrix(real)[state]
    assert set(row) == set(TOPICS)


@pytest.mark.parametrize("state", STATES)
def test_a_site_is_asked_the_questions_of_its_state_and_of_no_other(
    state: str, real: Library
) -> None:
    asked = decide_for(real, state)
    assert states_asked(asked) == {state}
    topics = {
        item.entry.requirement.id.partition("-")[0]
        for item in asked.asked
        if item.entry.checklist.state
    }
    assert len(topics) >= len(TOPICS) - 2  # some are asked only of professions that are not here


@pytest.mark.parametrize("state", STATES)
def test_a_state_adds_few_questions_to_an_ordinary_audit(state: str, real: Library) -> None:
    asked = decide_for(real, state, depth="core").asked
    own = {item.entry.key for item in asked if item.entry.checklist.state}
    assert len(own) <= MOST_CORE
    certain = {item.entry.key for item in asked if item.truth is Truth.YES}
    assert len(certain) <= 70  # of the whole library, at that depth, before follow-ups


def test_who_treats_into_another_state_is_asked_its_questions_alone(real: Library) -> None:
    asked = decide_for(real, "CO", into="TX")
    assert states_asked(asked) == {"CO", "TX"}
    texan = [item for item in asked.asked if item.entry.checklist.state == "TX"]
    assert {item.member.id for item in texan if item.member} == {"ann"}
    assert all(item.member for item in texan)


def test_nobody_states_a_rule_that_nobody_read(real: Library) -> None:
    for state, (_, row) in draw_matrix(real).items():
        for topic, cell in row.items():
            assert cell.read != "not-read" or not cell.states_rule, f"{state} {topic}"


@pytest.mark.parametrize("state", STATES)
def test_a_state_s_file_says_truly_how_much_of_it_was_read(state: str, real: Library) -> None:
    checklist = next(one for one in real.checklists.values() if one.state == state)
    file = ROOT / "checklists" / "sources" / f"state-{state.lower()}.yaml"
    own = re.findall(r"^- id: (.*)$", file.read_text("utf-8"), re.MULTILINE)
    levels = Counter(real.sources[name].read for name in own)
    numbers = [int(n) for n in re.findall(r"\b(\d+)\b", checklist.about)]
    assert numbers[0] == sum(levels.values()), (checklist.about, levels)
    for level, words in (
        ("full-text", r"(\d+|none|no one) (?:was |were )?read in full"),
        ("not-read", r"(\d+|none) (?:was |were )?(?:not (?:read )?at all|not read)"),
    ):
        said = re.search(words, checklist.about)
        if said and said[1].isdigit():
            assert int(said[1]) == levels[level], (checklist.about, levels)


def test_the_page_of_states_is_current(real: Library) -> None:
    page = (ROOT / "docs" / "states.md").read_text("utf-8")
    assert page == render_markdown(draw_matrix(real)), "make docs"


def test_the_matrix_fits_a_terminal(real: Library) -> None:
    assert max(len(line) for line in render_text(draw_matrix(real)).splitlines()) <= 96
