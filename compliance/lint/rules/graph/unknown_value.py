"""A condition compares with a value that cannot be."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="G102",
    name="unknown-value",
    severity="error",
    what=(
        "The value is not among the fact's choices or the answers to the earlier question, or "
        "is no number or date where one is needed."
    ),
    why="Nothing is ever equal to it, so the question would be asked of nobody.",
    bad="applies_when: {buys_stock: often}",
    good="applies_when: {buys_stock: yes}",
)
