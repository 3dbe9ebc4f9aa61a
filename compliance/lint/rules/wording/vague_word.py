"""A word on which two auditors would not agree."""

import re
from collections.abc import Iterator

from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic

_VAGUE = re.compile(
    r"\b(adequate(?:ly)?|appropriate(?:ly)?|sufficient(?:ly)?|proper(?:ly)?|regular(?:ly)?"
    r"|periodic(?:ally)?|timely|reasonabl[ey]|suitabl[ey]|as (?:needed|necessary|appropriate)"
    r"|etc|and so on|if possible|generally|normally|robust|best practices?)\b",
)


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield the first vague word of each text that decides between yes and no."""
    for one in material.asked:
        for name, text in one.texts("ask", "yes_if", "no_if", "partly_if"):
            if found := _VAGUE.search(text.lower()):
                message = f"Two auditors would not agree on “{found.group()}”."
                hint = "Say what is seen: how many, how often, by when, which."
                yield one.diagnose(name, message, hint)


RULE = Rule(
    code="W303",
    name="vague-word",
    severity="warning",
    what="A word such as adequate, proper, regular or timely in the question or in what yes and no mean.",
    why="The same clinic would pass with one auditor and not with another.",
    bad="ask: Is the stock counted regularly?",
    good="ask: Was the stock counted in the last seven days?",
    check=check,
)
