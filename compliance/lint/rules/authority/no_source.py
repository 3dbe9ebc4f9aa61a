"""Nothing is cited."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="A202",
    name="no-source",
    severity="error",
    what="`cite` is missing or empty.",
    why="No requirement without a source: what nobody wrote down cannot be asked of a clinic.",
    bad="cite: []",
    good="cite: [paper]",
)
