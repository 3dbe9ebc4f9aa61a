"""A question to which yes would be the bad answer."""

import re
from collections.abc import Iterator

from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic

_OPENING = r"^(?:(?:Is|Are|Was|Were) there (?:any|an?|some|ever)\b|(?:Has|Have|Did|Does|Do) (?:any|some|ever)\w*\b)"
_HARM = (
    r"\b(?:expired|missing|unlocked|unattended|stolen|lost|overdue|unsecured|unlabell?ed|unsigned"
    r"|failed|forgotten|diverted|violated|broken|outdated|without)\b"
)
_FORM = re.compile(rf"{_OPENING}[^,]*?{_HARM}")
_TURNED = re.compile(r"\b(?:no|none|never|not|nobody|nothing|free of)\b", re.IGNORECASE)


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield questions that ask whether something bad is there."""
    for one in material.asked:
        for _, text in one.texts("ask"):
            if _FORM.search(text) and not _TURNED.search(text):
                message = "“Yes” to this would be bad, and yes always conforms."
                hint = "Turn it round: “Is … free of …?”, “Is every … ?”."
                yield one.diagnose("ask", message, hint)


RULE = Rule(
    code="W302",
    name="yes-is-bad",
    severity="error",
    what="A question that asks whether something bad is there or has happened.",
    why="`yes` is always the conforming answer; a gap would count as a pass.",
    bad="ask: Are there any expired vials in the cabinet?",
    good="ask: Is the cabinet free of expired vials?",
    check=check,
)
