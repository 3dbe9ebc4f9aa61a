"""A group of things is named that nobody declares."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="G104",
    name="unknown-group",
    severity="error",
    what="`for_each`, `of` or `subset_of` names no group of `facts.yaml`.",
    why="A question for each of nothing is never asked.",
    bad="for_each: sites",
    good="for_each: site",
)
