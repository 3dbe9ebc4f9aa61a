"""Choices of which every one conforms."""

from collections.abc import Iterator

from compliance.checklist.answer import ChoiceAnswer
from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield questions that no choice can fail."""
    for one in material.asked:
        answer = one.requirement.answer
        if isinstance(answer, ChoiceAnswer) and set(answer.choices) == {
            *answer.conforms_when.one_of
        }:
            message = "Whatever is chosen conforms, so this measures nothing."
            yield one.diagnose("answer", message, "Take out of one_of what is a gap.", key=True)


RULE = Rule(
    code="Q406",
    name="choice-everybody-passes",
    severity="error",
    what="An answer of type `choice` whose `one_of` holds every choice.",
    why="A question that cannot be failed flatters the score.",
    bad="answer: {type: choice, choices: {a: One, b: Two}, conforms_when: {one_of: [a, b]}}",
    good="answer: {type: choice, choices: {a: One, b: Two}, conforms_when: {one_of: [a]}}",
    check=check,
)
