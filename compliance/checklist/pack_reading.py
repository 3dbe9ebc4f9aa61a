"""One pack's files, each read as what its place says it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from compliance.checklist.fact import Fact, FactSheet, Group
from compliance.checklist.model import Checklist, Pack
from compliance.checklist.pack_files import PackFiles
from compliance.checklist.reading import read_document, read_model
from compliance.checklist.source import Source, SourceList
from compliance.text.diagnostic import Diagnostic, Position
from compliance.text.yaml_text import Document


@dataclass(slots=True)
class PackRead:
    """What one pack holds, with the documents for pointing at trouble."""

    lead: bool
    pack: Pack | None = None
    facts: tuple[Fact, ...] = ()
    groups: tuple[Group, ...] = ()
    facts_document: Document | None = None
    sources: list[Source] = field(default_factory=list)
    source_places: list[tuple[Document, int]] = field(default_factory=list)
    checklists: list[tuple[Document, str, Checklist]] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        """What stands before the ids of a pack that is added to another."""
        return f"{self.pack.name}:" if self.pack and not self.lead else ""

    def in_order(self) -> Iterator[tuple[Document, Checklist]]:
        """Yield the checklists in the pack's walking order, unnamed ones after by path."""
        order = {name: index for index, name in enumerate(self.pack.order if self.pack else ())}
        ranked = sorted(self.checklists, key=lambda one: (order.get(one[2].id, len(order)), one[1]))
        return ((document, checklist) for document, _, checklist in ranked)


def read_pack(files: PackFiles, *, lead: bool) -> PackRead:
    """Read every file of a pack; the first pack of a library must say its facts."""
    read = PackRead(lead)
    for relative, raw in files.files.items():
        document, diagnostics = read_document(raw, files.name_of(relative))
        read.diagnostics += diagnostics
        if document is not None:
            _take(read, relative, document)
    for name, is_there in (
        ("pack.yaml", "pack.yaml" in files.files),
        ("facts.yaml", "facts.yaml" in files.files or not lead),
    ):
        if not is_there:
            message = f"The pack has no {name}."
            read.diagnostics.append(
                Diagnostic(files.name_of(name), Position(1, 1), message, "Add it.")
            )
    return read


def _take(read: PackRead, relative: str, document: Document) -> None:
    """Read a document as what its place in the pack says."""
    if relative == "pack.yaml":
        read.pack, diagnostics = read_model(document, Pack)
    elif relative == "facts.yaml":
        sheet, diagnostics = read_model(document, FactSheet)
        if sheet:
            read.facts, read.groups, read.facts_document = sheet.clinic, sheet.groups, document
    elif relative.startswith("sources/"):
        diagnostics = _take_sources(read, document)
    else:
        checklist, diagnostics = read_model(document, Checklist)
        if checklist:
            read.checklists.append((document, relative, checklist))
            diagnostics = _check_name(document, relative, checklist)
    read.diagnostics += diagnostics


def _take_sources(read: PackRead, document: Document) -> list[Diagnostic]:
    """A file of sources is a list; it is read under one key so that all errors come at once."""
    if not isinstance(document.data, list):
        return [document.diagnose((), "A file of sources is a list.", "Begin each with “- id:”.")]
    wrapped = Document(
        document.file,
        document.text,
        {"sources": document.data},
        {("sources", *path): position for path, position in document.keys.items()},
        {("sources", *path): position for path, position in document.values.items()},
    )
    listed, diagnostics = read_model(wrapped, SourceList)
    for index, source in enumerate(listed.sources if listed else ()):
        read.sources.append(source)
        read.source_places.append((document, index))
    return diagnostics


def _check_name(document: Document, relative: str, checklist: Checklist) -> list[Diagnostic]:
    stem = PurePosixPath(relative).stem
    if stem == checklist.id:
        return []
    message = f"The file is called {stem}.yaml and the checklist “{checklist.id}”."
    return [document.diagnose(("id",), message, "Give both the same name.")]
