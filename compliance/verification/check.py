"""One thing that was checked, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["holds", "told", "fails"]
_LONGEST, _MOST_TROUBLES = 1_000, 5


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


def combine(question: str, troubles: Iterable[str], good: str) -> Check:
    """Return a check that fails with its troubles, or holds with one sentence."""
    found = list(dict.fromkeys(troubles))
    if not found:
        return Check(question, "holds", good)
    rest = len(found) - _MOST_TROUBLES
    more = [f"And {rest} more like this."] if rest > 0 else []
    return Check(question, "fails", " ".join([*found[:_MOST_TROUBLES], *more]))


def harmless(check: Check) -> Check:
    """Return a check that a terminal can show: names in it come from whoever made the file.

    What a terminal would act on, line ends included, becomes a middle dot; endless texts are cut.
    """
    return Check(_clean(check.question), check.verdict, _clean(check.sentence))


def _clean(text: str) -> str:
    shown = "".join(c if c.isprintable() else "·" for c in text[:_LONGEST])
    return shown + "…" * (len(text) > _LONGEST)
