"""A condition is not of the form that conditions have."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="G109",
    name="malformed-condition",
    severity="error",
    what=(
        "A condition is empty, an operator does not fit the fact, or `count`, `answers` or "
        "`any_of` hold what they do not take."
    ),
    why="The grammar is closed so that a reviewer never has to guess what is meant.",
    bad="applies_when: {buys_stock: {at_least: 1}}",
    good="applies_when: {buys_stock: yes}",
)
