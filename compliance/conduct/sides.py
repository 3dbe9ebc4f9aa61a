"""What is compared: a file, a folder or a git revision, each read as a library."""

import dataclasses
import os
import posixpath
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from compliance.checklist.fact import FactSheet
from compliance.checklist.library import Library, read_library
from compliance.checklist.pack_files import PackFiles, gather, read_bounded
from compliance.checklist.pack_revision import (
    PACK,
    find_pack,
    find_revision,
    gather_revision,
    has_path,
)
from compliance.checklist.reading import read_document
from compliance.errors import InputError
from compliance.resources import bundled_folder
from compliance.text.diagnostic import Diagnostic

_DRAFT = "draft"
_MOST = 20


@dataclass(frozen=True, slots=True)
class Side:
    """One of two that are compared.

    `label` is its name without the machine's folders. `files` is its pack; a file that lies in no
    pack has none, and is `lone` instead: its bytes. `only` are the checklists that are meant; None
    means the whole pack.
    """

    label: str
    name: str
    files: PackFiles | None
    only: frozenset[str] | None = None
    lone: bytes = b""


def find_sides(old: str, new: str) -> tuple[Side, Side]:
    """Return what the two names mean. A revision beside a path is that path's pack at the revision.

    Raises:
        InputError: one is no file, folder or revision, or names no checklist.
        SurroundingsError: git is needed and is missing or fails.
    """
    first, second = _find(old, new), _find(new, old)
    return _narrow_like(first, second), _narrow_like(second, first)


def read_sides(old: Side, new: Side) -> tuple[Library, Library]:
    """Return the libraries, each narrowed to what is meant.

    Raises:
        InputError: one cannot be read; its diagnostics are in the message.
    """
    bundled = gather(bundled_folder("checklists"))
    return _read(old, new.files or bundled), _read(new, old.files or bundled)


def _find(name: str, other: str) -> Side:
    if not name:
        raise InputError("A name is empty. Name a file, a folder or a git revision.")
    path = Path(name)
    if path.exists():
        return _find_on_disk(path)
    return _find_in_revision(name, Path(other) if other else Path())


def _find_on_disk(path: Path) -> Side:
    """Find the pack in a folder, under its checklists/, or around it; a file may lie in none."""
    label = path.name if path.is_absolute() else path.as_posix()
    folder = path if path.is_dir() else path.parent
    inside = [path, path / "checklists"] if path.is_dir() else []
    top = next((one for one in (*inside, *_upwards(folder)) if (one / PACK).is_file()), None)
    if top in inside:
        return Side(label, str(path), gather(top))
    if top is not None:
        return _pick(label, path, top)
    if path.is_dir():
        raise InputError(f"“{path}” lies in no pack: no {PACK} stands in it or above.")
    raw = read_bounded(path)
    return Side(label, str(path), None, frozenset([_id_in(raw, path)]), raw)


def _pick(label: str, path: Path, top: Path) -> Side:
    relative = PurePosixPath(os.path.relpath(path, top).replace(os.sep, "/"))
    files = gather(top)
    return Side(label, str(path), files, _list_checklists(files, relative, str(path)))


def _upwards(folder: Path) -> Iterator[Path]:
    """The folder and those above it, from the current folder where the path was typed so."""
    whole = Path(os.path.abspath(folder))  # noqa: PTH100 - a link in the path is left as it was typed
    for one in (whole, *whole.parents):
        yield one if folder.is_absolute() else Path(os.path.relpath(one))


def _find_in_revision(name: str, beside: Path) -> Side:
    label, separator, path = name.partition(":")
    if not label:
        raise InputError(f"“{name}” names no revision; write it as main:checklists.")
    folder = beside if beside.is_dir() else beside.parent
    revision = find_revision(label, folder if folder.is_dir() else Path())
    if not separator:
        return Side(name, name, gather_revision(revision, find_pack(revision, revision.prefix)))
    start = PurePosixPath(posixpath.normpath(path or "."))
    if not has_path(revision, str(start)):
        raise InputError(f"“{label}” has no file or folder “{path}”.")
    top = PurePosixPath(find_pack(revision, str(start)))
    files = gather_revision(revision, str(top))
    if top in {start, start / "checklists"}:
        return Side(name, name, files)
    if top not in start.parents:
        raise InputError(f"“{name}” lies in no pack: no {PACK} stands in it or above.")
    return Side(name, name, files, _list_checklists(files, start.relative_to(top), name))


def _list_checklists(files: PackFiles, within: PurePosixPath, name: str) -> frozenset[str]:
    """Return the ids of the checklists at or below a path of the pack."""
    paths = [PurePosixPath(one) for one in files.files]
    others = {PurePosixPath(PACK), PurePosixPath("facts.yaml")}
    found = {
        one.stem
        for one in paths
        if (one == within or within in one.parents)
        and one not in others
        and one.parts[0] != "sources"
    }
    if not found:
        raise InputError(
            f"“{name}” is no checklist and holds none. Facts and sources are compared with their "
            "whole pack: name its folder."
        )
    return frozenset(found)


def _id_in(raw: bytes, path: Path) -> str:
    """Return the id that a file gives its checklist, so that a copy may have any name."""
    document, _ = read_document(raw, str(path))
    given = document.data.get("id") if document and isinstance(document.data, dict) else None
    return given if isinstance(given, str) else path.stem


def _narrow_like(side: Side, other: Side) -> Side:
    """A whole pack beside single checklists is narrowed to those."""
    return side if side.only is not None else dataclasses.replace(side, only=other.only)


def _read(side: Side, host: PackFiles) -> Library:
    if side.files is None:
        return _read_lone(side, host)
    lead = "facts.yaml" in side.files.files
    packs = [side.files] if lead else [gather(bundled_folder("checklists")), side.files]
    library, diagnostics = read_library(packs)
    if library is None:
        raise InputError(_say_unreadable(side, diagnostics))
    prefix = "" if lead else f"{library.packs[-1].pack.name}:"
    return _narrow(library, prefix, side.only)


def _read_lone(side: Side, host: PackFiles) -> Library:
    """Read a file beside the other's pack, or ours, whose facts and sources it may use."""
    [name] = side.only or [""]
    pack = f"name: {_DRAFT}\ntitle: x\nedition: 2000-01-01\npublisher: x\nlicence: x\n"
    draft = PackFiles(_DRAFT, {PACK: pack.encode(), f"{name}.yaml": side.lone})
    library, diagnostics = read_library([host, draft])
    if library is None:
        file = draft.name_of(f"{name}.yaml")
        named = [
            dataclasses.replace(one, file=side.name if one.file == file else one.file)
            for one in diagnostics
        ]
        raise InputError(_say_unreadable(side, named))
    return _narrow(library, f"{_DRAFT}:", side.only, drop=True)


def _narrow(
    library: Library, prefix: str, only: Collection[str] | None, *, drop: bool = False
) -> Library:
    """Keep the checklists of one pack that are meant; with `drop`, without the pack's name.

    Single checklists are compared with the sources they cite, and without facts and packs.
    """
    kept = {
        key: key.removeprefix(prefix) if drop else key
        for key in library.checklists
        if key.startswith(prefix) and (only is None or key.removeprefix(prefix) in only)
    }
    entries = tuple(
        dataclasses.replace(
            entry,
            key=f"{kept[entry.checklist_key]}/{entry.requirement.id}",
            checklist_key=kept[entry.checklist_key],
        )
        for entry in library.entries
        if entry.checklist_key in kept
    )
    checklists = {name: library.checklists[key] for key, name in kept.items()}
    narrowed = dataclasses.replace(library, entries=entries, checklists=checklists)
    if only is None:
        return dataclasses.replace(narrowed, packs=library.packs[-1:])
    cited = {name for entry in entries for name in entry.requirement.cite}
    sources = {name: one for name, one in library.sources.items() if name in cited}
    return dataclasses.replace(narrowed, packs=(), sources=sources, sheet=FactSheet(clinic=()))


def _say_unreadable(side: Side, diagnostics: Sequence[Diagnostic]) -> str:
    shown = [one.render() for one in diagnostics[:_MOST]]
    more = len(diagnostics) - _MOST
    rest = [f"There are {more} more."] if more > 0 else []
    return "\n".join([f"“{side.name}” cannot be read, so nothing was compared.", *shown, *rest])
