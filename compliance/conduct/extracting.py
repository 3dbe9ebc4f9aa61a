"""Taking the files out of a report: what it carries, and its checklists as the files that they were.

Every name in a PDF was chosen by whoever made it. A name that could lead out of the folder, mean a
device, or fall upon another name lets the whole be refused before anything is written.
"""

import os
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from compliance.checklist.pack_files import MAX_FILES, read_bounded
from compliance.conduct.closing import MAX_PDF
from compliance.conduct.naming import file_named
from compliance.errors import InputError
from compliance.report.carried import CHECKLISTS
from compliance.signing.inspect import attachments
from compliance.verification.attached import read_checklists
from compliance.verification.check import clean
from compliance.walk.storing import disk_trouble_named, make_folder

PACKS = "checklists"
_DEEPEST, _LONGEST = 8, 120
_NOT_IN_NAMES = frozenset('<>:"|?*\\/')
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{name}{digit}" for name in ("com", "lpt") for digit in "123456789¹²³"}
)
"""Names that Windows takes for a device, with any ending."""


def extract_file(pdf: Path, folder: Path | None) -> list[Path]:
    """Write what a report carries into a folder that is new or empty; return what was written.

    The folder is named after the report unless it is given.

    Raises:
        InputError: no PDF that can be read, one that carries nothing, a name that is not safe, or
            a folder that holds something.
        SurroundingsError: the disk refuses; what was written is taken back.
    """
    raw = read_bounded(pdf, MAX_PDF)
    target = folder or pdf.with_name(f"{pdf.stem}-files")
    with file_named(pdf):
        found = list_files(attachments(raw))
    _refuse_to_overwrite(target)
    written: list[Path] = []
    try:
        for path, content in found.items():
            written.append(_write(target / path, content))
    except BaseException:
        _take_back(target, written)
        raise
    return written


def list_files(carried: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the content of each file to be written by its path below the folder, all of them safe.

    Raises:
        InputError: there is none, there are too many, or a name is not safe.
    """
    if not carried:
        raise InputError(
            "The PDF carries no files, so it is no full report of ours; the other views carry none."
        )
    if len(carried) > MAX_FILES:
        raise InputError(f"The PDF carries {len(carried)} files; {MAX_FILES} are the most.")
    found: dict[tuple[str, ...], bytes] = {}
    for name, content in carried.items():
        found[_split(name, 1)] = content
    for name, content in _list_checklists(carried):
        found[_split(name, _DEEPEST)] = content
    _refuse_clashes(found)
    return {"/".join(parts): content for parts, content in found.items()}


def _list_checklists(carried: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of each pack, in a folder of the pack's name."""
    packs = read_checklists(carried)
    if not packs and CHECKLISTS in carried:
        raise InputError(f"{CHECKLISTS} in the PDF is not formed as this program writes it.")
    if sum(len(pack.files) for pack in packs) > MAX_FILES:
        raise InputError(f"The PDF carries more than {MAX_FILES} checklist files.")
    if len({pack.folder for pack in packs}) < len(packs):
        raise InputError("The PDF carries two packs of checklists of one name.")
    for pack in packs:
        _split(pack.folder, 1)
        for name, content in pack.files.items():
            if not name.endswith(".yaml"):
                raise InputError(f"The PDF carries “{clean(name)}” as a checklist, and it is none.")
            yield f"{PACKS}/{pack.folder}/{name}", content


def _split(name: str, deepest: int) -> tuple[str, ...]:
    """Return the parts of a path, once it is sure that it stays below its folder.

    Raises:
        InputError: it does not, on some system or other.
    """
    parts = tuple(name.split("/"))
    if len(parts) > deepest or not all(_is_safe(part) for part in parts):
        raise InputError(
            f"The PDF carries a file named “{clean(name)}”, which is no name for a file here. "
            "Nothing was written."
        )
    return parts


def _is_safe(part: str) -> bool:
    return (
        0 < len(part) <= _LONGEST
        and part.isprintable()
        and not _NOT_IN_NAMES.intersection(part)
        and not part.startswith((".", " ", "~"))
        and not part.endswith((".", " "))
        and part.partition(".")[0].strip().casefold() not in _DEVICES
    )


def _refuse_clashes(found: Mapping[tuple[str, ...], bytes]) -> None:
    """Make sure that no two names are one where case or accents do not count, and no file a folder.

    Raises:
        InputError: two are.
    """
    spellings: dict[tuple[str, ...], tuple[str, ...]] = {}
    for parts in found:
        for length in range(1, len(parts) + 1):
            path = parts[:length]
            other = spellings.setdefault(_fold(path), path)
            if other != path or (length < len(parts) and path in found):
                here, there = clean("/".join(path)), clean("/".join(other))
                raise InputError(
                    f"The PDF carries two files for one place: “{there}” and “{here}”. "
                    "Nothing was written."
                )


def _fold(parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFKC", part).casefold() for part in parts)


def _refuse_to_overwrite(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise InputError(f"“{folder}” is no folder; name a new one with -o.")
    if folder.is_dir() and any(folder.iterdir()):
        raise InputError(
            f"“{folder}” is not empty, and nothing is overwritten. Name another with -o."
        )


def _write(path: Path, content: bytes) -> Path:
    """Write a file that is not there yet; what stands in its place since is left alone.

    Raises:
        SurroundingsError: the disk refuses, or somebody put a file there meanwhile.
    """
    make_folder(path.parent)
    with disk_trouble_named(path), path.open("xb") as stream:
        try:
            stream.write(content)
            stream.flush()
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return path


def _take_back(target: Path, written: Sequence[Path]) -> None:
    """Remove files and the folders they leave empty, so that the same command can begin again."""
    for path in written:
        path.unlink(missing_ok=True)
    folders = [folder for folder, _, _ in os.walk(target, topdown=False)]
    for folder in folders:
        with suppress(OSError):  # somebody put a file there meanwhile
            Path(folder).rmdir()
