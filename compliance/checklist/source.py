"""A legal or professional source: what it says, whom it binds, and how far it was read."""

from datetime import date
from typing import Literal

from compliance.checklist.frozen import Frozen, Id, IsoDate, ReadLevel, Text

SourceKind = Literal["statute", "regulation", "guidance", "label", "rems", "consensus", "standard"]

_LAW: frozenset[SourceKind] = frozenset({"statute", "regulation"})
_LAW_FOR_SOME: frozenset[SourceKind] = frozenset({"label", "rems"})

STALE_YEARS = 5


class Source(Frozen):
    """One source, cited by its id."""

    id: Id
    citation: Text
    title: Text
    publisher: Text
    kind: SourceKind
    binds: Text | None = None
    url: Text | None = None
    says: Text
    text_as_of: IsoDate | None = None
    read: ReadLevel
    review_by: IsoDate | None = None
    note: Text | None = None

    @property
    def binding(self) -> bool:
        """Whether it may carry a requirement of force law; a label or REMS must say whom it binds."""
        return self.kind in _LAW or (self.kind in _LAW_FOR_SOME and self.binds is not None)

    def is_stale(self, today: date) -> bool:
        """Whether the text that was read has no date or is over five years old."""
        if self.text_as_of is None:
            return True
        limit = today.year - STALE_YEARS
        return (self.text_as_of.year, self.text_as_of.month, self.text_as_of.day) < (
            limit,
            today.month,
            today.day,
        )

    def describe_reading(self, today: date) -> str:
        """Return how far the source was read, as the walk and the report print it."""
        words = {
            "full-text": "Read in full",
            "partial": "Read in part",
            "secondary": "Known from other people's accounts only",
            "not-read": "Not read by us",
        }[self.read]
        if self.text_as_of:
            words += f", text of {self.text_as_of}"
        return f"{words}; check the current text." if self.is_stale(today) else f"{words}."


class SourceList(Frozen):
    """The whole of one file under `sources/`."""

    sources: tuple[Source, ...]
