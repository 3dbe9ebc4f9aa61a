"""A number of a known form is asked for, and no example shows it."""

import re
from collections.abc import Iterator

from compliance.checklist.answer import TextAnswer
from compliance.checklist.pattern import PATTERNS
from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic

_EXAMPLES = {"dea-number": "AB1234563", "npi": "1234567893"}
_WORD = re.compile(r"[A-Za-z0-9]+")


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield questions for a pattern in which no word fits the pattern."""
    for one in material.asked:
        answer = one.requirement.answer
        if isinstance(answer, TextAnswer):
            fits = PATTERNS[answer.pattern]
            texts = (text for _, text in one.texts("ask", "yes_if"))
            if not any(fits(word.upper()) for text in texts for word in _WORD.findall(text)):
                message = f"No example shows what a {answer.pattern} looks like."
                hint = f"Write one into yes_if, such as {_EXAMPLES[answer.pattern]}."
                yield one.diagnose("answer", message, hint, key=True)


RULE = Rule(
    code="Q401",
    name="pattern-without-example",
    severity="warning",
    what="A text answer with a pattern, and no example of it in the question or in `yes_if`.",
    why="Whoever holds the certificate must see which of its numbers is meant.",
    bad="answer: {type: text, pattern: dea-number}",
    good="answer: {type: text, pattern: dea-number}\nyes_if: Two letters and seven digits, such as AB1234563.",
    check=check,
)
