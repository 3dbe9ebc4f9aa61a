"""A question that nobody can hold in mind."""

from collections.abc import Iterator

from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic

MOST_WORDS = 32


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield questions with too many words."""
    for one in material.asked:
        for _, text in one.texts("ask"):
            count = len(text.split())
            if count > MOST_WORDS:
                message = f"This has {count} words; at most {MOST_WORDS} can be heard at once."
                yield one.diagnose("ask", message, "Move what explains it into yes_if or no_if.")


RULE = Rule(
    code="W310",
    name="long-question",
    severity="warning",
    what=f"A question of more than {MOST_WORDS} words.",
    why="By its end the beginning is forgotten, and the answer is a guess.",
    bad="ask: " + "Is it " + "very " * 31 + "so?",
    good="ask: Is it so?",
    check=check,
)
