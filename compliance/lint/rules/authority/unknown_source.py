"""A source is cited that nobody declares."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="A201",
    name="unknown-source",
    severity="error",
    what="A name under `cite` is no id under `sources/`.",
    why="A reader who wants to check the rule finds nothing.",
    bad="cite: [statut]",
    good="cite: [statute]",
)
