"""“true” or “false” where the language says yes or no."""

from compliance.lint.fixing import replace_boolean
from compliance.lint.rule import Rule

RULE = Rule(
    code="F503",
    name="no-booleans",
    severity="error",
    what="A plain `true` or `false`, in any of the spellings of YAML 1.2.",
    why=(
        "The language has one pair of words for it, so that a reader never wonders whether they "
        "differ."
    ),
    bad="applies_when: {buys_stock: true}",
    good="applies_when: {buys_stock: yes}",
    fix=replace_boolean,
)
