"""Reading checklist files for the sake of their authors: packs, or drafts beside the bundled pack."""

from collections.abc import Sequence
from pathlib import Path

from compliance.checklist.library import Library, read_library
from compliance.checklist.pack_files import PackFiles, gather, read_bounded
from compliance.resources import bundled_folder
from compliance.text.diagnostic import Diagnostic

DRAFT = "draft"
_PACK = f"name: {DRAFT}\ntitle: Draft\nedition: 2000-01-01\npublisher: you\nlicence: none\n"


def lint_paths(paths: Sequence[Path]) -> tuple[list[Diagnostic], int]:
    """Return what is wrong with packs and files, and how many files were read.

    Raises:
        InputError: a path is not there or cannot be read.
    """
    diagnostics, count = [], 0
    for path in paths or [bundled_folder("checklists")]:
        found, files = _lint(path)
        diagnostics += found
        count += files
    return diagnostics, count


def _lint(path: Path) -> tuple[list[Diagnostic], int]:
    if path.is_dir():
        files = gather(path)
        if "facts.yaml" in files.files:
            return read_library([files])[1], len(files.files)
        return read_library([gather(bundled_folder("checklists")), files])[1], len(files.files)
    return read_draft(path)[1], 1


def read_draft(path: Path) -> tuple[Library | None, list[Diagnostic]]:
    """Read one file as a pack of its own beside the bundled one, whose facts and sources it may use.

    A file of the bundled pack itself is read in its place.

    Raises:
        InputError: it is not there or cannot be read.
    """
    raw = read_bounded(path)
    bundled = gather(bundled_folder("checklists"))
    for relative, ours in bundled.files.items():
        if ours == raw and relative.endswith(path.name):
            return read_library([bundled])
    files = {"pack.yaml": _PACK.encode(), path.name: raw}
    draft = PackFiles(str(path.parent) if str(path.parent) != "." else "", files)
    return read_library([bundled, draft])
