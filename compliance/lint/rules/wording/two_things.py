"""A question that asks two things."""

import re
from collections.abc import Iterator

from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic

_JOINTS = (
    re.compile(r"\?.*\?"),
    re.compile(r"\band/or\b"),
    re.compile(r"\bas well as\b"),
    re.compile(r"[,;]? (and|or) (is|are|was|were|does|do|did|has|have|had|can|will) [a-z]"),
    re.compile(r"\b(?!(?:fixed|limited|related|used|needed) )\w{3,}ed and \w{3,}ed\b"),
)


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield questions with a joint between two things asked."""
    for one in material.asked:
        for _, text in one.texts("ask"):
            joint = next((found for form in _JOINTS if (found := form.search(text))), None)
            if joint:
                words = joint.group().strip(",; ")
                message = f"This asks two things at once: “{words}”."
                hint = "Make two requirements: a half that holds would hide a half that does not."
                yield one.diagnose("ask", message, hint)


RULE = Rule(
    code="W301",
    name="two-things",
    severity="warning",
    what="A question in which two clauses, or two things done, are joined.",
    why="If one half holds and the other does not, there is no honest answer.",
    bad="ask: Is the cart locked and is the key signed for?",
    good="ask: Is the cart locked?",
    check=check,
)
