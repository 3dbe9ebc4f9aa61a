"""The file is no YAML."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="F501",
    name="not-yaml",
    severity="error",
    what=(
        "A bracket or quotation mark is not closed, an indent does not fit, or a byte is no UTF-8."
    ),
    why="Nothing in the file can be read before this is mended.",
    bad="look_at: [the cabinet",
    good="look_at: [the cabinet]",
)
