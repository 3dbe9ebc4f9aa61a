"""People who treat into another state are asked its questions; nobody else is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from compliance.clinic.applicability import Chosen, decide
from compliance.clinic.needs import NeedFact, list_needs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from compliance.checklist.library import Library
    from compliance.clinic.profile import Profile

TODAY = date(2026, 11, 23)
REQUIREMENT = "id: once\n\nid: person\nfor_each: staff\n\nid: place\nfor_each: practice_location"
FACT = """
      - id: treats_into
        type: choices
        ask: In which other states do this person's patients sit?
        choices: {CO: Colorado, UT: Utah, TX: Texas}
        applies_when: {telehealth: yes}
"""


@pytest.fixture(scope="module")
def library(
    read_small: Callable[..., tuple[Library | None, list[object]]],
    trial_files: Callable[..., dict[str, str | None]],
    small_pack: object,
) -> Library:
    """A checklist of Texas over the small pack, whose people may treat from afar."""
    facts = small_pack.files["facts.yaml"].decode()  # type: ignore[attr-defined]
    head, tail = facts.split("      - {id: hired,", 1)
    files = trial_files(REQUIREMENT, jurisdiction="US-TX")
    read, wrong = read_small(
        {**files, "facts.yaml": f"{head}{FACT.strip(chr(10))}\n      - {{id: hired,{tail}"}
    )
    assert read, wrong
    return read


CASES: dict[str, tuple[str | None, list[str] | None, str]] = {
    "nobody treats from afar": ("no", None, "out of scope"),
    "it was never asked": ("yes", None, "asked"),
    "she treats into Texas": ("yes", ["TX"], "asked"),
    "she treats into Utah": ("yes", ["UT"], "out of scope"),
    "what she said no longer counts": ("no", ["TX"], "out of scope"),
    "it is not known whether anybody does": (None, ["TX"], "asked"),
}


@pytest.mark.parametrize(("afar", "into", "standing"), CASES.values(), ids=CASES)
def test_a_person_is_asked_for_the_state_of_the_patient(
    library: Library,
    make_profile: Callable[..., Profile],
    afar: str | None,
    into: list[str] | None,
    standing: str,
) -> None:
    profile = profile_of(library, make_profile, afar, into)
    items = decide(library, profile, {}, Chosen("deep"), TODAY).by_key
    spared = items["trial/once"]  # where nobody can be asked, there is one item for all
    assert spared.standing == "out of scope"
    assert items.get("trial/person@ann", spared).standing == standing
    assert items.get("trial/place@ann+main", spared).standing == "out of scope"


def profile_of(
    library: Library,
    make_profile: Callable[..., Profile],
    afar: str | None,
    into: list[str] | None,
) -> Profile:
    own: Mapping[str, object] = {"works_at": ["main"], "prescribes": "yes"}
    person = {**own, **({"treats_into": into} if into is not None else {})}
    return make_profile(
        library, {"telehealth": afar}, site={"main": {"state": "CO"}}, staff={"ann": person}
    )


@pytest.mark.parametrize(("afar", "asked"), [("yes", True), (None, True), ("no", False)])
def test_the_other_states_are_asked_only_where_somebody_treats_from_afar(
    library: Library, make_profile: Callable[..., Profile], afar: str | None, asked: bool
) -> None:
    profile = profile_of(library, make_profile, afar, None)
    needs = list_needs(library, profile, Chosen("deep"), TODAY)
    named = [one.fact.id for one in needs if isinstance(one, NeedFact)]
    assert ("treats_into" in named) == asked


def test_what_decides_is_asked_first(
    library: Library, make_profile: Callable[..., Profile]
) -> None:
    profile = make_profile(library, {}, site={"main": {"state": "CO"}}, staff={"ann": {}})
    needs = list_needs(library, profile, Chosen("deep"), TODAY)
    names = [one.fact.id for one in needs if isinstance(one, NeedFact)]
    assert names.index("telehealth") < names.index("treats_into")
