"""Latin that the person in the room does not speak."""

import re
from collections.abc import Iterator

from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic

_LATIN = re.compile(
    r"\b(prima facie|inter alia|mutatis mutandis|pro rata|bona fide|ex parte|per se|ipso facto"
    r"|de minimis|sine qua non|i\.e\.|e\.g\.|viz\.|p\.?r\.?n\.?|q\.?d\.?|stat)(?=[\s,.;:)?]|$)",
)


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield texts with a Latin phrase or abbreviation."""
    for one in material.asked:
        for name, text in one.texts("ask", "yes_if", "no_if", "partly_if", "why", "fix"):
            if found := _LATIN.search(text.lower()):
                message = f"“{found.group()}” is Latin."
                yield one.diagnose(name, message, "Say it in plain words.")


RULE = Rule(
    code="W309",
    name="legal-latin",
    severity="warning",
    what="A Latin phrase or abbreviation of the law or of prescriptions.",
    why="A manager reads it aloud to a nurse; neither should need a dictionary.",
    bad="why: The rule is, inter alia, about keys.",
    good="why: The rule is about keys, among other things.",
    check=check,
)
