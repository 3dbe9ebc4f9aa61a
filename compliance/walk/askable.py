"""Which things a question can be answered for, whether it is asked for them or not."""

from compliance.checklist.fact import FactSheet, Group
from compliance.clinic.profile import Profile


def list_askable(sheet: FactSheet, profile: Profile, group: Group) -> tuple[str, ...]:
    """Return the ids of all things a group could be made of; of pairs, every one of both sides.

    People who left and things that are no members of a subset are among them.
    """
    if group.pairs:
        first, second = (
            list_askable(sheet, profile, side) if (side := sheet.group(name)) else ()
            for name in group.pairs
        )
        return tuple(f"{one}+{other}" for one in first for other in second)
    return tuple(thing.id for thing in profile.things.get(sheet.base(group).id, ()))
