"""A key is missing that cannot be left out."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="F507",
    name="missing-key",
    severity="error",
    what="A checklist, section, requirement, source, fact or pack lacks a key that it needs.",
    why="Without it there is nothing to ask, cite or print.",
    bad="answer: {conforms_when: {within_last: 2 years}}",
    good="answer: {type: date, conforms_when: {within_last: 2 years}}",
)
