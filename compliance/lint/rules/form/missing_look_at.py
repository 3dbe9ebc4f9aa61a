"""A requirement does not say where to look."""

from compliance.lint.left_out import check_for
from compliance.lint.rule import Rule

RULE = Rule(
    code="F513",
    name="missing-look-at",
    severity="warning",
    what="A requirement without `look_at`: the place or paper to look at.",
    why="Two auditors look at different things and find different answers.",
    bad="minutes: 1",
    good="look_at: [the lock]",
    check=check_for("look_at"),
)
