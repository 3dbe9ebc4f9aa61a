"""A remark names no rule that can be silenced."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="F519",
    name="remark-unknown",
    severity="error",
    what=(
        "A `# lint-ignore` names a rule that does not exist, or one without which the file "
        "cannot be used."
    ),
    why="It silences nothing, and its author believes that it does.",
    bad="minutes: 1  # lint-ignore W999: because",
    good="minutes: 1",
)
