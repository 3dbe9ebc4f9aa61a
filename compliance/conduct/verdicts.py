"""What is told about a report that was checked, as lines for people."""

import sys

from compliance.terminal.prompts import Screen
from compliance.verification.check import Verification

_HANG = " " * 5
_MARK = {"holds": "yes", "told": "note", "fails": "NO"}


def tell_verification(verdict: Verification, name: str) -> str:
    """Return each question with its verdict and sentence, and the whole in a last line."""
    lines = [
        f"{_MARK[check.verdict]:>4}  {check.question}. {check.sentence}" for check in verdict.checks
    ]
    whole = "holds" if verdict.holds else "does NOT hold"
    return "\n".join([*lines, "", f"{name} {whole}."])


def show_verification(verdict: Verification, name: str) -> None:
    """Write the same, wrapped under its sentences where a person reads it."""
    Screen(sys.stdin, sys.stdout).say(tell_verification(verdict, name), hang=_HANG)
