"""A question that is none."""

import re
from collections.abc import Iterator

from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic

_VERB = re.compile(
    r"\b(is|are|was|were|does|do|did|has|have|had|can|could|will|would|may|must|should)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(what|which|who|whom|whose|where|how|why|by when|on what|on which"
    r"|when (?:is|are|was|were|did|do|does))\b",
    re.IGNORECASE,
)


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield texts without a question mark or verb, and open questions that take only yes or no."""
    for one in material.asked:
        closed = one.takes_yes_or_no
        for _, text in one.texts("ask"):
            opening = _OPEN.match(text)
            if not text.endswith("?"):
                yield one.diagnose("ask", "This is no question.", "End it with “?”.")
            elif not (opening or _VERB.search(text)):
                yield one.diagnose("ask", "This asks nothing.", "Ask with a verb: “Is …?”.")
            elif opening and closed:
                message = f"“{opening.group()} …?” cannot be answered with yes or no."
                hint = "Ask “Is …?”, or give it an answer of a type."
                yield one.diagnose("ask", message, hint)


RULE = Rule(
    code="W305",
    name="no-question",
    severity="error",
    what="An `ask` without a question mark or a verb, or one with who, what, when … that takes only yes or no.",
    why="Whoever is asked must know what yes would mean.",
    bad="ask: Keys of the cabinet.",
    good="ask: Does each key of the cabinet have one holder?",
    check=check,
)
