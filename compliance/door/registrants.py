"""Who may hold a DEA registration at a site, as far as the profile says.

A profile says that somebody holds one, not for which address: that stands on the certificate
alone, so the sheet leaves it to be written in.
"""

from datetime import date

from compliance.checklist.fact import FactSheet
from compliance.clinic.membership import has_left
from compliance.clinic.profile import Profile, Thing


def list_registrants(
    profile: Profile, sheet: FactSheet, site: Thing | None, today: date
) -> tuple[str, ...]:
    """Return those who work at a site and hold a registration, or of whom that is not known."""
    people = [
        _introduce(one, sheet)
        for one in profile.things.get("staff", ())
        if _may_hold(one) and _may_work_at(one, site) and not has_left(one, today)
    ]
    if profile.facts.get("institution_registered") == "yes":
        people.append("The clinic itself, as an institution")
    return tuple(people)


def _may_hold(person: Thing) -> bool:
    said = person.facts.get("holds_dea_registration")
    return said == "yes" or (said is None and person.facts.get("orders_or_gives") != "no")


def _may_work_at(person: Thing, site: Thing | None) -> bool:
    places = person.facts.get("works_at")
    return site is None or not isinstance(places, tuple) or site.id in places


def _introduce(person: Thing, sheet: FactSheet) -> str:
    staff, role = sheet.group("staff"), person.facts.get("role")
    fact = staff.fact("role") if staff else None
    return f"{person.name}, {fact.show(role)}" if fact and role else person.name
