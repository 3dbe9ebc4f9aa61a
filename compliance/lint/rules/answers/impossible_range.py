"""A range in which nothing lies."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="Q404",
    name="impossible-range",
    severity="error",
    what="The lower bound of a number or date lies above the upper one.",
    why="No answer could conform: the clinic would have a gap whatever it does.",
    bad="answer: {type: number, unit: minutes, conforms_when: {at_least: 120, at_most: 60}}",
    good="answer: {type: number, unit: minutes, conforms_when: {at_least: 60, at_most: 120}}",
)
