"""Saying what a rule of the lint finds, in the terminal."""

from compliance.errors import InputError
from compliance.lint.page import render_page
from compliance.lint.rules import find_rule, list_rules
from compliance.text.diagnostic import suggest


def explain_rule(word: str) -> str:
    """Return the page of a rule by its code or name.

    Raises:
        InputError: there is no such rule.
    """
    rule = find_rule(word)
    if rule is None:
        names = [name for one in list_rules() for name in (one.code, one.name)]
        hint = suggest(word, names) or suggest(word.upper(), names)
        raise InputError(f"There is no rule “{word}”. {hint or 'List them: compliance explain'}")
    return render_page(rule)


def list_all() -> str:
    """Return every rule, one a line."""
    lines = [f"{one.code}  {one.severity:8} {one.name}" for one in list_rules()]
    return "\n".join(lines) + "\n"
