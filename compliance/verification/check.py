"""One thing that was checked, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Verdict = Literal["holds", "told", "fails"]
_LONGEST, _MOST_TROUBLES = 1_000, 5


@dataclass(frozen=True, slots=True)
class Check:
    """A question, its verdict, and a sentence that says why.

    `told` is something the reader should know and that does not make the report fail.
    `reason` is the same for programs: a short word that stays when the sentence is reworded.
    """

    question: str
    verdict: Verdict
    sentence: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """All that was checked about a report."""

    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing failed."""
        return all(check.verdict != "fails" for check in self.checks)


def combine(question: str, troubles: Iterable[str], good: str, reason: str = "") -> Check:
    """Return a check that fails with its troubles and the reason, or holds with one sentence."""
    found = list(dict.fromkeys(troubles))
    if not found:
        return Check(question, "holds", good)
    rest = len(found) - _MOST_TROUBLES
    more = [f"And {rest} more like this."] if rest > 0 else []
    return Check(question, "fails", " ".join([*found[:_MOST_TROUBLES], *more]), reason)


def harmless(check: Check) -> Check:
    """Return a check that a terminal can show: names in it come from whoever made the file.

    What a terminal would act on, line ends included, becomes a middle dot; endless texts are cut.
    """
    return replace(check, question=clean(check.question), sentence=clean(check.sentence))


def clean(text: str) -> str:
    """Return a text that a terminal can show: nothing in it acts, and it ends."""
    shown = "".join(c if c.isprintable() else "·" for c in text[:_LONGEST])
    return shown + "…" * (len(text) > _LONGEST)
