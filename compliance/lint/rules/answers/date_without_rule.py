"""A date is asked for, and nothing says which date conforms."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="Q402",
    name="date-without-rule",
    severity="error",
    what="An answer of type `date` has no `conforms_when`, or an empty one.",
    why="Without a rule every date would be a pass.",
    bad="answer: {type: date}",
    good="answer: {type: date, conforms_when: {within_last: 2 years}}",
)
