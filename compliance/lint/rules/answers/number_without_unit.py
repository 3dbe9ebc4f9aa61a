"""A number is asked for without its unit."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="Q403",
    name="number-without-unit",
    severity="error",
    what="An answer of type `number` has no `unit`.",
    why="“120” of what? Minutes and hours are a hundredfold apart.",
    bad="answer: {type: number, conforms_when: {at_least: 120}}",
    good="answer: {type: number, unit: minutes, conforms_when: {at_least: 120}}",
)
