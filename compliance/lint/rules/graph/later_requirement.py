"""A condition reads an answer that comes later."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="G105",
    name="later-requirement",
    severity="error",
    what="A key under `answers` names this requirement or one that is asked after it.",
    why=(
        "A walk asks in one direction; a condition on what was not asked yet is unknown when it "
        "is needed."
    ),
    bad="applies_when: {answers: {trial/last: no}}",
    good="applies_when: {answers: {trial/first: no}}",
)
