"""Where each line of a requirement was written: in its checklist, or in the form that it is like."""

from collections.abc import Iterator

from compliance.checklist.library import Reading
from compliance.checklist.mending import ChecklistRead
from compliance.checklist.rules import each_requirement
from compliance.conduct.showing import find_entries
from compliance.lint.rules.form.key_order import ORDER
from compliance.text.yaml_text import Document, Path


def show_origins(reading: Reading, name: str) -> str:
    """Return file and line of each field of a requirement, or of all in a checklist.

    Raises:
        InputError: there is none of that name.
    """
    wanted = [entry.key for entry in find_entries(reading.library, name)]
    placed = dict(_place_requirements(reading))
    return "\n\n".join("\n".join(_show(key, *placed[key])) for key in wanted)


def _place_requirements(reading: Reading) -> Iterator[tuple[str, tuple[ChecklistRead, Path]]]:
    for read in reading.packs:
        for one in read.checklists:
            for path, requirement in each_requirement(one):
                yield f"{read.prefix}{one.checklist.id}/{requirement.id}", (one, path)


def _show(key: str, one: ChecklistRead, path: Path) -> Iterator[str]:
    use = one.uses.get(path)
    yield f"{key} is like the form “{use.form.name}”" if use else f"{key} is like no form"
    for name in ORDER:
        if place := _find_place(one.document, (*path, name)):
            yield f"  {name:12} {place}"


def _find_place(document: Document, path: Path) -> str:
    """Return where a field was written; nothing if it was left out everywhere."""
    if origin := (document.find_origin(path) if path in document.lent else None):
        return f"form       {origin.file}:{origin.position.line}"
    position = document.keys.get(path)
    return f"checklist  {document.file}:{position.line}" if position else ""
