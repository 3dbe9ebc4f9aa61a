"""One thing that was checked, and what came of it."""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["holds", "told", "fails"]


@dataclass(frozen=True, slots=True)
class Check:
    """A question, its verdict, and a sentence that says why.

    `told` is something the reader should know and that does not make the report fail.
    """

    question: str
    verdict: Verdict
    sentence: str


@dataclass(frozen=True, slots=True)
class Verification:
    """All that was checked about a report."""

    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing failed."""
        return all(check.verdict != "fails" for check in self.checks)


def combine(question: str, troubles: list[str], good: str) -> Check:
    """Return a check that fails with its troubles, or holds with one sentence."""
    if troubles:
        return Check(question, "fails", " ".join(dict.fromkeys(troubles)))
    return Check(question, "holds", good)
