"""A condition names a fact that nobody declares."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="G101",
    name="unknown-fact",
    severity="error",
    what=(
        "A key of a condition is neither a fact of `facts.yaml` nor one of the thing that is "
        "asked about."
    ),
    why=(
        "What cannot be known can decide nothing, and a misspelt fact would hide or show the "
        "question for everybody."
    ),
    bad="applies_when: {buys_stok: yes}",
    good="applies_when: {buys_stock: yes}",
)
