"""A comparison as it is handed out: what was compared, and what becomes of earlier answers."""

from dataclasses import dataclass

from compliance.change.carrying import EarlierAnswers
from compliance.change.comparison import Comparison


@dataclass(frozen=True, slots=True)
class Report:
    """`old` and `new` are the names as they were given, without the machine's folders."""

    old: str
    new: str
    comparison: Comparison
    earlier: EarlierAnswers | None = None

    @property
    def loses_answers(self) -> bool:
        """Whether answers would not carry: those of the audit, or any that were given before."""
        return bool(self.earlier.lost if self.earlier else self.comparison.losing)
