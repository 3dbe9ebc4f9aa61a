"""Linting what was named: whole packs, one file of a pack, a draft beside the bundled pack."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from compliance.checklist.library import Library, Reading, read_library, read_packs
from compliance.checklist.pack_files import SCENARIO, PackFiles, gather, read_bounded, survey
from compliance.errors import InputError
from compliance.lint.engine import Finding, Selection, judge
from compliance.lint.fixing import mend
from compliance.lint.material import Earlier, Material
from compliance.lint.outcome import Outcome
from compliance.resources import bundled_folder
from compliance.text.diagnostic import Diagnostic
from compliance.walk.storing import write_beside

DRAFT = "draft"
_PACK = f"name: {DRAFT}\ntitle: Draft\nedition: 2000-01-01\npublisher: you\nlicence: none\n"
_STDIN = "-"
_MOST_ROUNDS = 4

Before = Callable[[PackFiles], Mapping[str, Earlier]]


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be linted, and how."""

    paths: tuple[Path, ...]
    as_of: date
    selection: Selection = field(default_factory=Selection)
    before: Before | None = None
    typed: bytes | None = None
    typed_name: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A pack, the packs it may lean on, and which of its files are judged."""

    lead: tuple[PackFiles, ...]
    pack: PackFiles
    judged: frozenset[str]
    unreadable: tuple[Diagnostic, ...] = ()


def lint(errand: Errand) -> Outcome:
    """Return what is wrong with packs and files.

    Raises:
        InputError: a path is not there or cannot be read.
    """
    findings: list[Finding] = []
    files: dict[str, None] = {}
    for target in _list_targets(errand):
        findings += _lint_target(target, errand)
        files |= dict.fromkeys(sorted(target.judged))
    unique = {(one.rule.code, one.diagnostic): one for one in findings}.values()
    ordered = sorted(unique, key=lambda one: (one.diagnostic.file, one.diagnostic.position))
    return Outcome(tuple(ordered), tuple(files), errand.as_of)


def _lint_target(target: Target, errand: Errand) -> list[Finding]:
    reading = read_packs([*target.lead, target.pack])
    unreadable = (one for one in target.unreadable if one.file in target.judged)
    reading = replace(reading, diagnostics=(*reading.diagnostics, *unreadable))
    return judge(_make_material(target, reading, errand), errand.selection, target.judged)


def _make_material(target: Target, reading: Reading, errand: Errand) -> Material:
    before = errand.before(target.pack) if errand.before else {}
    return Material(reading, reading.packs[len(target.lead) :], errand.as_of, before)


def fix(errand: Errand) -> list[str]:
    """Mend what is safe in the files themselves; return the names of those that were written.

    Raises:
        InputError: a path is not there or cannot be read.
        SurroundingsError: a file cannot be written.
    """
    written: dict[str, None] = {}
    for _ in range(_MOST_ROUNDS):
        mended = list(_mend_all(errand))
        for name, text in mended:
            write_beside(Path(name), text.encode())
            written[name] = None
        if not mended:
            break
    return list(written)


def _mend_all(errand: Errand) -> Iterator[tuple[str, str]]:
    for target in _list_targets(errand):
        reading = read_packs([*target.lead, target.pack])
        material = _make_material(target, reading, errand)
        findings = judge(material, errand.selection, target.judged)
        for name, document in material.documents.items():
            mine = [one for one in findings if one.diagnostic.file == name]
            if text := mend(document, mine):
                yield name, text


def _list_targets(errand: Errand) -> Iterator[Target]:
    for path in errand.paths or (bundled_folder("checklists"),):
        if str(path) == _STDIN:
            yield _target_typed(errand)
        elif path.is_dir():
            yield from _targets_of_folder(path)
        elif not path.name.endswith(SCENARIO):  # `compliance test` reads those
            yield _target_of_file(path, read_bounded(path))


def _targets_of_folder(path: Path) -> Iterator[Target]:
    """A pack; or a folder within one, of which only that folder is judged; or a folder of packs."""
    home = find_home(path)
    within = sorted(one.parent for one in path.rglob("pack.yaml")) if home is None else []
    if home == path or not (home or within):
        yield _survey(path, str(path))
    elif home:
        target = _survey(home, shown(home))
        inside = shown(path) + "/"
        judged = frozenset(name for name in target.judged if name.startswith(inside))
        yield replace(target, judged=judged)
    else:
        for one in within:
            yield _survey(one, str(one))


def _survey(folder: Path, name: str) -> Target:
    pack, unreadable = survey(folder, name)
    if not pack.files and not unreadable:
        raise InputError(f"“{folder}” holds no .yaml file.")
    judged = {pack.name_of(one) for one in pack.files} | {one.file for one in unreadable}
    judged.add(pack.name_of("pack.yaml"))
    lead = () if "facts.yaml" in pack.files else (gather(bundled_folder("checklists")),)
    if not lead:
        judged.add(pack.name_of("facts.yaml"))
    return Target(lead, pack, frozenset(judged), tuple(unreadable))


def _target_of_file(path: Path, raw: bytes) -> Target:
    """A file within a pack is judged in its place, with the bytes given; any other is a draft."""
    home = find_home(path.parent)
    if home is None:
        return _target_of_draft(path, raw)
    target = _survey(home, shown(home))
    relative = path.absolute().relative_to(home.absolute()).as_posix()
    files = dict(sorted({**target.pack.files, relative: raw}.items()))
    pack = PackFiles(target.pack.folder, files)
    return replace(target, pack=pack, judged=frozenset({pack.name_of(relative)}))


def _target_of_draft(path: Path, raw: bytes) -> Target:
    draft = _draft(path, raw)
    judged = frozenset({draft.name_of(path.name)})
    return Target((gather(bundled_folder("checklists")),), draft, judged)


def _target_typed(errand: Errand) -> Target:
    """Standard input, in the place of the file that it is said to be."""
    raw = errand.typed or b""
    if errand.typed_name:
        return _target_of_file(Path(errand.typed_name), raw)
    return _target_of_draft(Path(f"{DRAFT}.yaml"), raw)


def find_home(folder: Path) -> Path | None:
    """Return the folder of the pack that a folder belongs to: the nearest with a pack.yaml."""
    for one in (folder, *folder.absolute().parents):
        if (one / "pack.yaml").is_file():
            return one
    return None


def shown(path: Path) -> str:
    """Return a path as one would type it here."""
    return Path(os.path.relpath(path)).as_posix()


def _draft(path: Path, raw: bytes) -> PackFiles:
    files = {"pack.yaml": _PACK.encode(), path.name: raw}
    return PackFiles(str(path.parent) if str(path.parent) != "." else "", files)


def read_home(home: Path) -> tuple[Library | None, list[Diagnostic]]:
    """Read the pack in a folder, beside the bundled one if it has no facts of its own."""
    target = _survey(home, shown(home))
    library, diagnostics = read_library([*target.lead, target.pack])
    return library, [*diagnostics, *target.unreadable]


def read_draft(path: Path) -> tuple[Library | None, list[Diagnostic]]:
    """Read one file in its pack; one that lies in none beside the bundled pack, which it may lean on.

    A copy of a file of the bundled pack is read in that one's place.

    Raises:
        InputError: it is not there or cannot be read.
    """
    raw = read_bounded(path)
    bundled = gather(bundled_folder("checklists"))
    for relative, ours in bundled.files.items():
        if ours == raw and relative.endswith(path.name):
            return read_library([bundled])
    target = _target_of_file(path, raw)
    return read_library([*target.lead, target.pack])
