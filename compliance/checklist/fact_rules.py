"""What must hold within `facts.yaml`: names declared once, and groups that are made of groups."""

from collections.abc import Collection, Iterator, Sequence

from compliance.checklist.fact import FactSheet, Group, list_words
from compliance.checklist.pack_reading import PackRead
from compliance.text.diagnostic import Diagnostic, suggest
from compliance.text.yaml_text import Document, Path


def check_facts(
    read: PackRead, earlier: Sequence[PackRead], sheet: FactSheet
) -> Iterator[Diagnostic]:
    """Yield everything wrong in one pack's facts; `sheet` holds those of all packs."""
    document = read.facts_document
    if document is None:
        return
    facts = [fact.id for one in earlier for fact in one.facts]
    groups = [group.id for one in earlier for group in one.groups]
    yield from _check_unique(document, [f.id for f in read.facts], facts, ("clinic",), "fact")
    yield from _check_unique(document, [g.id for g in read.groups], groups, ("groups",), "group")
    for index, group in enumerate(read.groups):
        path: Path = ("groups", index)
        ids = [fact.id for fact in group.facts]
        yield from _check_unique(document, ids, (), (*path, "facts"), "fact")
        yield from _check_things(document, path, group, sheet)
        yield from _check_subset(document, path, group, sheet)
        yield from _check_pairs(document, path, group, sheet)


def report_group(document: Document, path: Path, name: str, sheet: FactSheet) -> Diagnostic:
    """Return that there is no such group."""
    known = [group.id for group in sheet.groups]
    hint = suggest(name, known) or (f"There are {', '.join(known)}." if known else "")
    return document.diagnose(path, f"There is no group “{name}”.", hint, rule="unknown-group")


def _check_unique(
    document: Document, ids: list[str], taken: Collection[str], path: Path, what: str
) -> Iterator[Diagnostic]:
    for index, name in enumerate(ids):
        if name in ids[:index] or name in taken:
            message = f"The {what} “{name}” is declared twice."
            yield document.diagnose((*path, index, "id"), message, "Keep one.", rule="duplicate-id")


def _check_things(
    document: Document, path: Path, group: Group, sheet: FactSheet
) -> Iterator[Diagnostic]:
    for index, fact in enumerate(group.facts):
        if fact.of is None:
            continue
        place = (*path, "facts", index, "of")
        named = sheet.group(fact.of)
        if named is None:
            yield report_group(document, place, fact.of, sheet)
        elif not named.declared:
            message = f"“{fact.of}” is not declared one by one, so it cannot be pointed at."
            hint = f"Point at “{sheet.base(named).id}”."
            yield document.diagnose(place, message, hint, rule="broken-group")


def _check_subset(
    document: Document, path: Path, group: Group, sheet: FactSheet
) -> Iterator[Diagnostic]:
    if group.subset_of is None:
        return
    place = (*path, "subset_of")
    if sheet.group(group.subset_of) is None:
        yield report_group(document, place, group.subset_of, sheet)
    elif not sheet.base(group).declared:
        message = f"“{group.id}” is not drawn from any group that is declared one by one."
        yield document.diagnose(place, message, "Name one that has “plural”.", rule="broken-group")


def _check_pairs(
    document: Document, path: Path, group: Group, sheet: FactSheet
) -> Iterator[Diagnostic]:
    if group.pairs is None:
        return
    sides = [sheet.group(name) for name in group.pairs]
    for index, (name, side) in enumerate(zip(group.pairs, sides, strict=True)):
        place = (*path, "pairs", index)
        if side is None:
            yield report_group(document, place, name, sheet)
        elif sheet.base(side).pairs or name in group.pairs[:index]:
            message = "A pair is made of two different groups of single things."
            yield document.diagnose(place, message, "Name another group.", rule="broken-group")
    first, second = sides
    if not (group.by and first and second and sheet.base(first).declared):
        return
    fact, wanted = sheet.base(first).fact(group.by), sheet.base(second).id
    if fact is None or fact.type != "things" or fact.of not in {wanted, second.id}:
        message = f"“{group.by}” is no fact of “{first.id}” of the type things, of {wanted}."
        fitting = [one.id for one in sheet.base(first).facts if one.of == wanted]
        hint = f"Use {list_words(fitting)}." if fitting else "Declare one."
        yield document.diagnose((*path, "by"), message, hint, rule="broken-group")
