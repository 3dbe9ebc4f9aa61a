"""A word that makes an answer an admission."""

import re
from collections.abc import Iterator

from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic

_BLAMES = re.compile(
    r"\b(violat\w+|illegal(?:ly)?|unlawful(?:ly)?|criminal(?:ly)?|guilty|negligen\w+|malpractice case"
    r"|fraudulent(?:ly)?)\b",
)


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield texts that whoever answers would be taken to have said."""
    for one in material.asked:
        for name, text in one.texts("ask", "yes_if", "no_if", "partly_if"):
            if found := _BLAMES.search(text.lower()):
                message = f"“{found.group()}” turns an answer into an admission."
                yield one.diagnose(name, message, "Say what was seen; the report speaks of gaps.")


RULE = Rule(
    code="W308",
    name="blaming-word",
    severity="warning",
    what="A word such as violation, illegal or negligent in the question or in what yes and no mean.",
    why="An owner signs what was observed that day, not a legal conclusion against the clinic.",
    bad="no_if: The law is violated.",
    good="no_if: The cabinet opens when you pull.",
    check=check,
)
