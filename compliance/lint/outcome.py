"""What a run of the lint found, counted."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from compliance.lint.engine import Finding
from compliance.lint.rule import Severity


@dataclass(frozen=True)
class Outcome:
    """Everything found in the files that were looked at, in the order of files and lines."""

    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    as_of: date

    @cached_property
    def counts(self) -> Counter[Severity]:
        """How many there are of each severity."""
        return Counter(one.rule.severity for one in self.findings)

    def passes(self, *, strict: bool) -> bool:
        """Whether there is no error; with `strict`, no warning either. Notes never fail."""
        return not (self.counts["error"] or (strict and self.counts["warning"]))

    def sentence(self) -> str:
        """Return the last line that a person reads."""
        files = _count(len(self.files), "file")
        if not self.findings:
            return f"{files}, nothing found."
        kinds: tuple[Severity, ...] = ("error", "warning", "note")
        said = [_count(self.counts[kind], kind) for kind in kinds if self.counts[kind]]
        return f"{files}, {' and '.join([', '.join(said[:-1]), said[-1]] if said[1:] else said)}."


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
