"""What must hold between the files of a pack: names that exist, and authority that carries."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from compliance.checklist.fact import FactSheet
from compliance.checklist.fact_rules import check_facts, report_group
from compliance.checklist.mending import ChecklistRead
from compliance.checklist.model import Requirement
from compliance.checklist.pack_reading import PackRead
from compliance.checklist.source import Source
from compliance.text.diagnostic import Diagnostic, suggest
from compliance.text.yaml_text import Path

CONFIRMED = "Has the clinic confirmed"


@dataclass(frozen=True, slots=True)
class Known:
    """What may be named; nothing is said of what refers to a file that could not be read."""

    sheet: FactSheet
    sources: Mapping[str, Source]
    facts_broken: bool = False
    sources_broken: bool = False
    broken_sources: Collection[str] = ()


def know(reads: Sequence[PackRead]) -> tuple[Known, list[Diagnostic]]:
    """Return everything that the packs declare, and what is wrong between their facts."""
    sheet = FactSheet(
        clinic=tuple(fact for read in reads for fact in read.facts),
        groups=tuple(group for read in reads for group in read.groups),
    )
    troubles = [
        trouble
        for index, read in enumerate(reads)
        for trouble in check_facts(read, reads[:index], sheet)
    ]
    known = Known(
        sheet,
        {source.id: source for read in reads for source in read.sources},
        bool(troubles) or any(read.facts_broken for read in reads),
        any(read.sources_broken for read in reads),
        {name for read in reads for name in read.broken_sources},
    )
    return known, troubles


def check_pack(read: PackRead, earlier: Sequence[PackRead], known: Known) -> Iterator[Diagnostic]:
    """Yield everything wrong between the files of one pack, and with the packs before it."""
    yield from _check_name(read, earlier)
    yield from _check_sources(read, earlier)
    yield from _check_order(read)
    yield from _check_forms(read, known)
    seen: dict[str, str] = {}
    for one in read.checklists:
        document, name = one.document, one.checklist.id
        if name in seen:
            message = f"The checklist “{name}” stands in {seen[name]} too."
            hint = "Ids are unique across folders."
            yield document.diagnose(("id",), message, hint, rule="duplicate-id")
        seen[name] = document.file
        yield from _check_ids(one)
        yield from _check_requirements(one, known)


def _check_name(read: PackRead, earlier: Sequence[PackRead]) -> Iterator[Diagnostic]:
    names = {one.pack.name for one in earlier if one.pack}
    if read.pack and read.pack_document and read.pack.name in names:
        message = f"Two packs are called “{read.pack.name}”."
        hint = "Give this one another name."
        yield read.pack_document.diagnose(("name",), message, hint, rule="duplicate-id")


def _check_sources(read: PackRead, earlier: Sequence[PackRead]) -> Iterator[Diagnostic]:
    seen = {
        source.id: document.file
        for one in earlier
        for source, (document, _) in zip(one.sources, one.source_places, strict=True)
    }
    for source, (document, index) in zip(read.sources, read.source_places, strict=True):
        if source.id in seen:
            message = f"The source “{source.id}” stands in {seen[source.id]} too."
            hint = "Cite it; keep one."
            yield document.diagnose((index, "id"), message, hint, rule="duplicate-id")
        seen[source.id] = document.file


def _check_order(read: PackRead) -> Iterator[Diagnostic]:
    """The order names every checklist at most once; one in a broken file may be any of them."""
    document = read.pack_document
    if not (read.pack and document) or read.broken_checklists:
        return
    ids = {one.checklist.id for one in read.checklists}
    for index, name in enumerate(read.pack.order):
        if name not in ids:
            message = f"There is no checklist “{name}” in this pack."
            hint = suggest(name, ids) or "Remove it here, or add its file."
            yield document.diagnose(("order", index), message, hint, rule="walking-order")
        if name in read.pack.order[:index]:
            message = f"“{name}” stands twice in the order."
            yield document.diagnose(("order", index), message, "Keep one.", rule="walking-order")


def _check_forms(read: PackRead, known: Known) -> Iterator[Diagnostic]:
    for form in read.forms.by_name.values():
        name = form.requirement.for_each
        if name and not known.facts_broken and known.sheet.group(name) is None:
            yield report_group(form.document, (form.index, "for_each"), name, known.sheet)


def _check_ids(one: ChecklistRead) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    retired = {gone.id for gone in one.checklist.retired}
    for path, requirement in each_requirement(one):
        if requirement.id in seen:
            message = f"The requirement “{requirement.id}” stands twice in this checklist."
            hint = "Give one of them another id."
            yield one.document.diagnose((*path, "id"), message, hint, rule="duplicate-id")
        if requirement.id in retired:
            message = f"The id “{requirement.id}” was retired and is never used again."
            hint = "Choose a new id."
            yield one.document.diagnose((*path, "id"), message, hint, rule="retired-id")
        seen.add(requirement.id)


def each_requirement(one: ChecklistRead) -> Iterator[tuple[Path, Requirement]]:
    """Yield every requirement of a checklist with its path."""
    for s, section in enumerate(one.checklist.sections):
        for r, requirement in enumerate(section.requirements):
            yield ("sections", s, "requirements", r), requirement


def _check_requirements(one: ChecklistRead, known: Known) -> Iterator[Diagnostic]:
    for path, requirement in each_requirement(one):
        name, place = requirement.for_each, (*path, "for_each")
        unknown = name and not known.facts_broken and known.sheet.group(name) is None
        if name and unknown and place not in one.document.lent:
            yield report_group(one.document, place, name, known.sheet)
        if not one.is_mended((*path, "cite")):
            yield from _check_authority(one, path, requirement, known)


def _check_authority(
    one: ChecklistRead, path: Path, requirement: Requirement, known: Known
) -> Iterator[Diagnostic]:
    document, sources = one.document, known.sources
    for c, name in enumerate(requirement.cite):
        if name not in sources and name not in known.broken_sources and not known.sources_broken:
            hint = suggest(name, sources) or "Sources are declared under sources/."
            message = f"There is no source “{name}”."
            yield document.diagnose((*path, "cite", c), message, hint, rule="unknown-source")
    cited = [sources[name] for name in requirement.cite if name in sources]
    if len(cited) != len(requirement.cite):
        return
    if requirement.force == "law" and not any(source.binding for source in cited):
        message = (
            "A requirement of law must cite a statute or a regulation, "
            "or a label or REMS that says whom it binds."
        )
        hint = "Cite one, or lower the force."
        yield document.diagnose((*path, "force"), message, hint, rule="law-without-law")
    if any(source.read != "not-read" for source in cited):
        return
    if requirement.grade == "critical":
        message = "Nobody has read what this cites, so it cannot be critical."
        hint = "Read one, or lower the grade."
        yield document.diagnose((*path, "grade"), message, hint, rule="critical-unread")
    if not requirement.ask.startswith(CONFIRMED) and not one.is_mended((*path, "ask")):
        message = "Nobody has read what this cites, so it cannot state the rule."
        hint = f"Ask “{CONFIRMED} …?”, or read one."
        yield document.diagnose((*path, "ask"), message, hint, rule="unread-states-rule")
