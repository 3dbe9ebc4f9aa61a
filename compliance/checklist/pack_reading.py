"""One pack's files, each read as what its place says it is."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from compliance.checklist.fact import Fact, FactSheet, Group
from compliance.checklist.form import FORMS, Forms
from compliance.checklist.form_reading import read_forms
from compliance.checklist.mending import ChecklistRead, read_checklist
from compliance.checklist.model import Pack
from compliance.checklist.pack_files import PackFiles
from compliance.checklist.reading import read_document, read_model
from compliance.checklist.source import Source, SourceList
from compliance.text.diagnostic import Diagnostic, Position
from compliance.text.yaml_text import Document


@dataclass(slots=True)
class PackRead:
    """What one pack holds, with the documents for pointing at trouble.

    What could not be read is remembered by name (`broken_…`), so that nothing is said of whatever
    refers to it. `forms` are its own; its requirements may be like those of `lent`, too.
    """

    lead: bool
    lent: Forms = field(default_factory=Forms)
    pack: Pack | None = None
    pack_document: Document | None = None
    facts: tuple[Fact, ...] = ()
    groups: tuple[Group, ...] = ()
    facts_document: Document | None = None
    forms: Forms = field(default_factory=Forms)
    forms_document: Document | None = None
    sources: list[Source] = field(default_factory=list)
    source_places: list[tuple[Document, int]] = field(default_factory=list)
    checklists: list[ChecklistRead] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    facts_broken: bool = False
    sources_broken: bool = False
    broken_sources: set[str] = field(default_factory=set)
    broken_checklists: set[str] = field(default_factory=set)

    @property
    def prefix(self) -> str:
        """What stands before the ids of a pack that is added to another."""
        return f"{self.pack.name}:" if self.pack and not self.lead else ""

    def in_order(self) -> list[ChecklistRead]:
        """Return the checklists in the pack's walking order, unnamed ones after by path."""
        order = {name: index for index, name in enumerate(self.pack.order if self.pack else ())}
        last = len(order)
        return sorted(
            self.checklists, key=lambda one: (order.get(one.checklist.id, last), one.relative)
        )


def read_pack(files: PackFiles, lead: PackRead | None) -> PackRead:
    """Read every file of a pack; the first pack of a library, which no other leads, says its facts."""
    read = PackRead(lead is None, lead.forms if lead else Forms())
    for relative, raw in sorted(files.files.items(), key=lambda one: one[0] != FORMS):
        document, diagnostics = read_document(raw, files.name_of(relative))
        read.diagnostics += diagnostics
        read.diagnostics += _take(read, relative, document)
    for name in ("pack.yaml", "facts.yaml") if read.lead else ("pack.yaml",):
        if name not in files.files:
            message = f"The pack has no {name}."
            read.diagnostics.append(
                Diagnostic(
                    files.name_of(name), Position(1, 1), message, "Add it.", rule="missing-file"
                )
            )
    read.facts_broken |= read.lead and "facts.yaml" not in files.files
    return read


def _take(read: PackRead, relative: str, document: Document | None) -> list[Diagnostic]:
    """Read a document as what its place in the pack says; one that is no YAML is missing."""
    if relative == "facts.yaml":
        return _take_facts(read, document)
    if relative == FORMS:
        return _take_forms(read, document)
    if relative.startswith("sources/"):
        return _take_sources(read, document)
    if relative == "pack.yaml":
        if document is None:
            return []
        read.pack, diagnostics = read_model(document, Pack)
        read.pack_document = document
        return diagnostics
    return _take_checklist(read, relative, document)


def _take_facts(read: PackRead, document: Document | None) -> list[Diagnostic]:
    sheet, diagnostics = read_model(document, FactSheet) if document else (None, [])
    if sheet:
        read.facts, read.groups, read.facts_document = sheet.clinic, sheet.groups, document
    read.facts_broken = sheet is None
    return diagnostics


def _take_forms(read: PackRead, document: Document | None) -> list[Diagnostic]:
    """Forms come first of all files, because the checklists are made of them."""
    if document is None:
        read.forms = Forms(broken=True)
        return []
    read.forms_document = document
    read.forms, diagnostics = read_forms(document, read.lent)
    return diagnostics


def _take_sources(read: PackRead, document: Document | None) -> list[Diagnostic]:
    """A file of sources is a list; it is read under one key so that all errors come at once."""
    if document is None or not isinstance(document.data, list):
        read.sources_broken = True
        message, hint = "A file of sources is a list.", "Begin each with “- id:”."
        return [document.diagnose((), message, hint, rule="wrong-value")] if document else []
    wrapped = Document(
        document.file,
        document.text,
        {"sources": document.data},
        {("sources", *path): position for path, position in document.keys.items()},
        {("sources", *path): position for path, position in document.values.items()},
    )
    listed, diagnostics = read_model(wrapped, SourceList)
    if listed is None:
        ids = [one.get("id") if isinstance(one, dict) else None for one in document.data]
        read.broken_sources |= {name for name in ids if isinstance(name, str)}
        read.sources_broken |= not all(isinstance(name, str) for name in ids)
    for index, source in enumerate(listed.sources if listed else ()):
        read.sources.append(source)
        read.source_places.append((document, index))
    return diagnostics


def _take_checklist(read: PackRead, relative: str, document: Document | None) -> list[Diagnostic]:
    stem = PurePosixPath(relative).stem
    forms = read.forms.beside(read.lent)
    one, diagnostics = read_checklist(document, relative, forms) if document else (None, [])
    if one is None:
        read.broken_checklists.add(stem)
        return diagnostics
    read.checklists.append(one)
    if one.is_mended(("id",)):
        read.broken_checklists.add(stem)
    elif stem != one.checklist.id:
        message = f"The file is called {stem}.yaml and the checklist “{one.checklist.id}”."
        hint = "Give both the same name."
        diagnostics.append(one.document.diagnose(("id",), message, hint, rule="file-name"))
    return diagnostics
