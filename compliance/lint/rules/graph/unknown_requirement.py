"""A condition reads the answer to a question that does not exist."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="G103",
    name="unknown-requirement",
    severity="error",
    what="A key under `answers` is no requirement of any pack that is read.",
    why="A follow-up whose parent is gone is asked of nobody, or of everybody.",
    bad="applies_when: {answers: {trial/firstt: no}}",
    good="applies_when: {answers: {trial/first: no}}",
)
