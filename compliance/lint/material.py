"""What rules look at: packs as they were read, each part with the place it has in its file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from compliance.checklist.answer import YesNoAnswer
from compliance.checklist.condition import Condition
from compliance.checklist.fact import Fact
from compliance.checklist.form import Use
from compliance.checklist.library import Entry, Library, Reading
from compliance.checklist.mending import ChecklistRead
from compliance.checklist.model import Checklist, Requirement, Section
from compliance.checklist.pack_reading import PackRead
from compliance.checklist.rules import each_requirement
from compliance.checklist.source import Source
from compliance.lint.scrutiny import Verdict, scrutinize
from compliance.text.diagnostic import Diagnostic
from compliance.text.yaml_text import Document, Path


@dataclass(frozen=True, slots=True)
class Placed:
    """A part of a file and where it stands."""

    document: Document
    path: Path

    def diagnose(
        self, field_name: str, message: str, hint: str = "", *, key: bool = False
    ) -> Diagnostic:
        """Return a diagnostic at one field of the part; at the part itself if it is not there."""
        path = (*self.path, field_name) if field_name else self.path
        return self.document.diagnose(path, message, hint, key=key)


@dataclass(frozen=True, slots=True)
class PlacedSource(Placed):
    """A source and where it stands."""

    source: Source


@dataclass(frozen=True, slots=True)
class PlacedFact(Placed):
    """A fact of the clinic or of a group, and where it stands."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class Asked(Placed):
    """A requirement, what it stands in, and whether its condition was read whole."""

    read: ChecklistRead
    section: Section
    requirement: Requirement
    entry: Entry
    sound: bool

    @property
    def checklist(self) -> Checklist:
        """The checklist it stands in."""
        return self.read.checklist

    @property
    def use(self) -> Use | None:
        """How it is made of a form, if it is."""
        return self.read.uses.get(self.path)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that stand in the file, in the order in which they stand there."""
        written = self.read.written.data
        for step in self.path:
            written = written[step]
        return tuple(written)

    @property
    def takes_yes_or_no(self) -> bool:
        """Whether it is answered with yes or no, as far as its file says so."""
        plain = isinstance(self.requirement.answer, YesNoAnswer)
        return plain and not self.read.is_mended((*self.path, "answer"))

    def lacks(self, name: str) -> bool:
        """Whether a field was left out, and not merely written wrongly."""
        return not (getattr(self.requirement, name) or self.read.is_mended((*self.path, name)))

    def texts(self, *names: str) -> Iterator[tuple[str, str]]:
        """Yield the name and text of each field that is there as it was written."""
        for name in names:
            text = getattr(self.requirement, name)
            if text and not self.read.is_mended((*self.path, name)):
                yield name, text


@dataclass(frozen=True)
class Material:
    """Everything that the rules of one run look at.

    `own` are the packs that are judged; the others only lend facts and sources. `before` holds
    the digests of the requirements of each checklist, and its edition, at an earlier revision.
    """

    reading: Reading
    own: tuple[PackRead, ...]
    as_of: date
    before: Mapping[str, "Earlier"] = field(default_factory=dict)

    @property
    def library(self) -> Library:
        """What could be read."""
        return self.reading.library

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """The requirements of the packs that are judged, whole stand-ins left out."""
        return tuple(one for read in self.own for one in self._asked_in(read))

    def _asked_in(self, read: PackRead) -> Iterator[Asked]:
        by_key, unsound = self.library.by_key, self.reading.unsound
        for one in read.checklists:
            for path, requirement in each_requirement(one):
                entry = by_key.get(f"{read.prefix}{one.checklist.id}/{requirement.id}")
                if entry is None or one.is_mended(path):
                    continue
                section = one.checklist.sections[int(path[1])]
                sound = entry.key not in unsound and not self.reading.facts_broken
                yield Asked(one.document, path, one, section, requirement, entry, sound)

    @cached_property
    def checklists(self) -> tuple[ChecklistRead, ...]:
        """The checklists that are judged."""
        return tuple(one for read in self.own for one in read.checklists)

    @cached_property
    def sources(self) -> tuple[PlacedSource, ...]:
        """The sources that the judged packs declare."""
        return tuple(
            PlacedSource(document, (index,), source)
            for read in self.own
            for source, (document, index) in zip(read.sources, read.source_places, strict=True)
        )

    @cached_property
    def facts(self) -> tuple[PlacedFact, ...]:
        """The facts that the judged packs declare, the clinic's own first."""
        return tuple(one for read in self.own for one in _facts_in(read))

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Every document of the judged packs, by the name of its file."""
        found: list[Document] = []
        for read in self.own:
            found += [one.written for one in read.checklists]
            found += [document for document, _ in read.source_places]
            alone = (read.facts_document, read.forms_document, read.pack_document)
            found += [one for one in alone if one]
        return {one.file: one for one in found}

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What trying found of the conditions."""
        return tuple(scrutinize(self.library, self.asked))

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition of the whole library, of groups too."""
        library = self.library
        return (
            *(entry.condition for entry in library.entries),
            *library.group_conditions.values(),
            *library.memberships.values(),
        )

    def cited(self, requirement: Requirement) -> list[Source]:
        """Return the sources that a requirement cites, as far as they exist."""
        sources = self.library.sources
        return [sources[name] for name in requirement.cite if name in sources]


def _facts_in(read: PackRead) -> Iterator[PlacedFact]:
    if document := read.facts_document:
        for n, fact in enumerate(read.facts):
            yield PlacedFact(document, ("clinic", n), fact)
        for g, group in enumerate(read.groups):
            for n, fact in enumerate(group.facts):
                yield PlacedFact(document, ("groups", g, "facts", n), fact)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A checklist at an earlier revision: its edition, and its requirements' digests by id."""

    edition: date
    digests: Mapping[str, str]
