"""A requirement does not say what to do about a gap."""

from compliance.lint.left_out import check_for
from compliance.lint.rule import Rule

RULE = Rule(
    code="F514",
    name="missing-fix",
    severity="warning",
    what="A requirement without `fix`: what a clinic can do this week.",
    why="An owner who is told of a gap and not what to do about it puts the report away.",
    bad="minutes: 1",
    good="fix: Fit a lock this week.",
    check=check_for("fix"),
)
