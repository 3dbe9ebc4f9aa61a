"""Choices of which none conforms."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="Q405",
    name="choice-nobody-passes",
    severity="error",
    what="`one_of` is empty, or names what is no choice.",
    why="The clinic would have a gap whatever it chooses.",
    bad="answer: {type: choice, choices: {a: One, b: Two}, conforms_when: {one_of: []}}",
    good="answer: {type: choice, choices: {a: One, b: Two}, conforms_when: {one_of: [a]}}",
)
