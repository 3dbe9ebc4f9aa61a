"""A key stands twice in one mapping."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="F504",
    name="duplicate-key",
    severity="error",
    what="The same key is written twice at one level.",
    why="Most readers keep the last and say nothing; half of what was meant would be gone.",
    bad=("minutes: 1\nminutes: 2"),
    good="minutes: 2",
)
