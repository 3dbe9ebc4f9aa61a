"""Who may hold a registration at a site: nobody is left out because nobody asked."""

from datetime import date

import pytest

from compliance.checklist.library import Library
from compliance.clinic.profile import Profile, Thing
from compliance.door.registrants import list_registrants

TODAY = date(2026, 11, 23)
SITE = Thing("main", "Main Street")

# what the profile says of a person, and whether the sheet of the site names them
PEOPLE = {
    "holds one and works here": ({"holds_dea_registration": "yes", "works_at": ("main",)}, True),
    "holds one and works elsewhere": ({"holds_dea_registration": "yes", "works_at": ("b",)}, False),
    "holds one, nobody said where they work": ({"holds_dea_registration": "yes"}, True),
    "holds none": ({"holds_dea_registration": "no", "orders_or_gives": "yes"}, False),
    "nobody knows, and they prescribe": (
        {"holds_dea_registration": None, "orders_or_gives": "yes"},
        True,
    ),
    "nothing is said of them": ({}, True),
    "nobody asked, and they do not prescribe": ({"orders_or_gives": "no"}, False),
    "left yesterday": ({"holds_dea_registration": "yes", "left": date(2026, 11, 22)}, False),
    "leaves tomorrow": ({"holds_dea_registration": "yes", "left": date(2026, 11, 24)}, True),
}


@pytest.mark.parametrize(("facts", "named"), PEOPLE.values(), ids=PEOPLE)
def test_a_person_is_named_unless_they_hold_none_here(
    facts: dict[str, str | date | None], named: bool, real: Library
) -> None:
    profile = Profile(things={"staff": (Thing("a", "Dr A", facts),)})
    assert list_registrants(profile, real.sheet, SITE, TODAY) == (("Dr A",) if named else ())


def test_a_profession_is_said_in_words(real: Library) -> None:
    person = Thing("a", "Dr A", {"holds_dea_registration": "yes", "role": "crna"})
    [said] = list_registrants(Profile(things={"staff": (person,)}), real.sheet, None, TODAY)
    assert said == "Dr A, Nurse anesthetist (CRNA)"


def test_an_institution_stands_behind_its_people(real: Library) -> None:
    profile = Profile({"institution_registered": "yes"})
    assert list_registrants(profile, real.sheet, SITE, TODAY) == (
        "The clinic itself, as an institution",
    )
