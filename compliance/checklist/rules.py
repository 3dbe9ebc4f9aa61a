"""What must hold between the files of a pack: names that exist, and authority that carries."""

from collections.abc import Iterator, Mapping

from compliance.checklist.fact import Fact, FactSheet
from compliance.checklist.model import Checklist, Requirement
from compliance.checklist.pack_reading import PackRead
from compliance.checklist.source import BINDING, Source
from compliance.text.diagnostic import Diagnostic, suggest
from compliance.text.yaml_text import Document, Path


def check_pack(
    read: PackRead, sheet: FactSheet, sources: Mapping[str, Source]
) -> Iterator[Diagnostic]:
    """Yield everything wrong between the files of one pack."""
    yield from _check_sources(read)
    yield from _check_facts(read, sheet)
    yield from _check_order(read)
    seen: dict[str, str] = {}
    for document, _, checklist in read.checklists:
        if checklist.id in seen:
            message = f"The checklist “{checklist.id}” stands in {seen[checklist.id]} too."
            yield document.diagnose(("id",), message, "Ids are unique across folders.")
        seen[checklist.id] = document.file
        yield from _check_checklist(document, checklist, sheet, sources)


def _check_sources(read: PackRead) -> Iterator[Diagnostic]:
    seen: dict[str, str] = {}
    for source, (document, index) in zip(read.sources, read.source_places, strict=True):
        if source.id in seen:
            message = f"The source “{source.id}” stands in {seen[source.id]} too."
            yield document.diagnose((index, "id"), message, "Cite it; keep one.")
        seen[source.id] = document.file


def _check_facts(read: PackRead, sheet: FactSheet) -> Iterator[Diagnostic]:
    document = read.facts_document
    if document is None:
        return
    yield from _check_unique(document, [fact.id for fact in sheet.clinic], ("clinic",), "fact")
    yield from _check_unique(document, [group.id for group in sheet.groups], ("groups",), "group")
    for g, group in enumerate(read.groups):
        named = [group.subset_of] if group.subset_of else list(group.pairs or ())
        for name in named:
            if sheet.group(name) is None:
                yield _unknown_group(document, ("groups", g), name, sheet)
        yield from _check_unique(
            document, [f.id for f in group.facts], ("groups", g, "facts"), "fact"
        )
        for f, fact in enumerate(group.facts):
            yield from _check_fact(document, ("groups", g, "facts", f), fact, sheet)


def _check_unique(
    document: Document, ids: list[str], path: Path, what: str
) -> Iterator[Diagnostic]:
    for index, name in enumerate(ids):
        if name in ids[:index]:
            message = f"The {what} “{name}” is declared twice."
            yield document.diagnose((*path, index, "id"), message, "Keep one.")


def _check_fact(
    document: Document, path: Path, fact: Fact, sheet: FactSheet
) -> Iterator[Diagnostic]:
    if fact.of and sheet.group(fact.of) is None:
        yield _unknown_group(document, (*path, "of"), fact.of, sheet)


def _unknown_group(document: Document, path: Path, name: str, sheet: FactSheet) -> Diagnostic:
    known = [group.id for group in sheet.groups]
    hint = suggest(name, known) or f"There are {', '.join(known)}."
    return document.diagnose(path, f"There is no group “{name}”.", hint)


def _check_order(read: PackRead) -> Iterator[Diagnostic]:
    ids = {checklist.id for _, _, checklist in read.checklists}
    complete = not read.diagnostics
    for name in read.pack.order if read.pack and complete else ():
        if name not in ids and read.checklists:
            document = read.checklists[0][0]
            message = f"pack.yaml orders “{name}”, which is no checklist of this pack."
            hint = suggest(name, ids) or "Remove it there."
            yield Diagnostic(document.file, document.locate(()), message, hint)


def _check_checklist(
    document: Document, checklist: Checklist, sheet: FactSheet, sources: Mapping[str, Source]
) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    retired = {one.id for one in checklist.retired}
    for s, section in enumerate(checklist.sections):
        for r, requirement in enumerate(section.requirements):
            path: Path = ("sections", s, "requirements", r)
            if requirement.id in seen:
                message = f"The requirement “{requirement.id}” stands twice in this checklist."
                yield document.diagnose((*path, "id"), message, "Give one another id.")
            if requirement.id in retired:
                message = f"The id “{requirement.id}” was retired and is never used again."
                yield document.diagnose((*path, "id"), message, "Choose a new id.")
            seen.add(requirement.id)
            if requirement.for_each and sheet.group(requirement.for_each) is None:
                yield _unknown_group(document, (*path, "for_each"), requirement.for_each, sheet)
            yield from _check_authority(document, path, requirement, sources)


def _check_authority(
    document: Document, path: Path, requirement: Requirement, sources: Mapping[str, Source]
) -> Iterator[Diagnostic]:
    for c, name in enumerate(requirement.cite):
        if name not in sources:
            hint = suggest(name, sources) or "Sources are declared under sources/."
            yield document.diagnose((*path, "cite", c), f"There is no source “{name}”.", hint)
    cited = [sources[name] for name in requirement.cite if name in sources]
    if len(cited) != len(requirement.cite):
        return
    if requirement.force == "law" and not any(source.kind in BINDING for source in cited):
        message = "Law needs a statute or a regulation among its sources."
        yield document.diagnose((*path, "force"), message, "Cite one, or lower the force.")
    if requirement.grade == "critical" and all(source.read == "not-read" for source in cited):
        message = "A source that nobody read never carries a critical requirement."
        yield document.diagnose((*path, "grade"), message, "Read one, or lower the grade.")
