"""The files of a pack as a git revision has them, read without touching the work tree."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from compliance.checklist.git import ask, demand, describe_failure
from compliance.checklist.pack_files import MAX_FILES, PackFiles
from compliance.errors import ComplianceError, InputError, SurroundingsError
from compliance.text.diagnostic import suggest
from compliance.text.yaml_text import MAX_BYTES

PACK = "pack.yaml"
_LINK = "120000"


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision of a repository: its files by path from the top, as mode and id.

    `here` is a folder of the repository, `prefix` where that lies below the top.
    """

    name: str
    here: Path
    prefix: str
    files: Mapping[str, tuple[str, str]]


def find_revision(name: str, beside: Path) -> Revision:
    """Return the revision `name` of the repository around the current folder.

    Where `beside` is a folder of that repository, the search for a pack begins there.

    Raises:
        InputError: there is no such revision, or no repository.
        SurroundingsError: git is missing or fails.
    """
    here, prefix = _find_repository(name, beside)
    found = ask(here, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{tree}}")
    if found.returncode:
        raise _explain_unknown(name, here)
    tree = found.stdout.decode().strip()
    listed = demand(here, "ls-tree", "-r", "-z", "--full-tree", tree)
    return Revision(name, here, prefix, _read_listing(listed))


def find_pack(revision: Revision, start: str) -> str:
    """Return the folder of the nearest pack: at `start` or below it under checklists/, else above.

    Raises:
        InputError: there is none; the sentence names those that lie elsewhere.
    """
    folder = PurePosixPath(start or ".")
    for parent in (folder, *folder.parents):
        for candidate in (parent, parent / "checklists"):
            if str(candidate / PACK) in revision.files:
                return candidate.as_posix()
    elsewhere = [str(PurePosixPath(one).parent) for one in revision.files if _is_pack(one)]
    hint = f"Name one of its packs: {revision.name}:{elsewhere[0]}." if elsewhere else ""
    raise InputError(
        f"“{revision.name}” holds no {PACK} here, above, or under checklists/. {hint}".rstrip()
    )


def has_path(revision: Revision, path: str) -> bool:
    """Whether the revision has a file or folder at a path from its top."""
    return path == "." or any(f"{name}/".startswith(f"{path}/") for name in revision.files)


def gather_revision(revision: Revision, folder: str) -> PackFiles:
    """Return every `.yaml` file below `folder` as the revision has it, as `gather` does on disk.

    Raises:
        InputError: there is none, there are too many or too large ones, one ends in `.yml`, or
            one is a link.
        SurroundingsError: git fails, or the clone does not have a file.
    """
    within = "" if folder == "." else f"{folder}/"
    name = f"{revision.name}:{folder}"
    chosen: dict[str, str] = {}
    for path, (mode, blob) in revision.files.items():
        relative = path.removeprefix(within)
        if path.startswith(within) and _is_taken(relative, f"{revision.name}:{path}"):
            if mode == _LINK:
                raise InputError(f"“{revision.name}:{path}” is a link, which is not followed.")
            chosen[relative] = blob
    if not chosen:
        raise InputError(f"“{name}” holds no .yaml file.")
    if len(chosen) > MAX_FILES:
        raise InputError(f"“{name}” holds more than {MAX_FILES} YAML files; name a smaller folder.")
    contents = _read_blobs(revision, chosen, name)
    return PackFiles(name, dict(sorted(zip(chosen, contents, strict=True))))


def _is_pack(path: str) -> bool:
    return path == PACK or path.endswith(f"/{PACK}")


def _is_taken(relative: str, name: str) -> bool:
    """Whether a file belongs to a pack; the same rule as for a folder on disk."""
    path = PurePosixPath(relative)
    if any(part.startswith(".") for part in path.parts[:-1]):
        return False
    if path.suffix == ".yml":
        raise InputError(f"“{name}” would be passed over; name it {path.stem}.yaml.")
    hidden = path.name.startswith(".") or path.name.endswith(".test.yaml")
    return path.suffix == ".yaml" and not hidden


def _read_listing(raw: bytes) -> dict[str, tuple[str, str]]:
    files = {}
    for line in raw.decode("utf-8", "surrogateescape").split("\0"):
        if line:
            about, _, path = line.partition("\t")
            mode, kind, blob = about.split(" ")
            if kind == "blob":
                files[path] = (mode, blob)
    return files


def _read_blobs(revision: Revision, chosen: Mapping[str, str], name: str) -> list[bytes]:
    """Ask for the sizes first, so that nothing huge is ever read."""
    wanted = "".join(f"{blob}\n" for blob in chosen.values()).encode()
    sizes = ask(revision.here, "cat-file", "--batch-check=%(objectsize)", given=wanted)
    listed = sizes.stdout.decode().splitlines()
    if sizes.returncode or not all(size.isdigit() for size in listed):
        raise SurroundingsError(
            f"This clone does not hold all of “{name}”. Fetch it whole: git fetch --refetch"
        )
    for relative, size in zip(chosen, listed, strict=True):
        if int(size) > MAX_BYTES:
            most = f"{MAX_BYTES // 1024 // 1024} MiB"
            raise InputError(f"“{name}/{relative}” is larger than {most}.")
    return _split(demand(revision.here, "cat-file", "--batch=%(objectsize)", given=wanted))


def _split(raw: bytes) -> list[bytes]:
    """Take apart what git prints: for each file its size, a line feed, its bytes, a line feed."""
    contents, at = [], 0
    while at < len(raw):
        start = raw.index(b"\n", at) + 1
        end = start + int(raw[at:start])
        contents.append(raw[start:end])
        at = end + 1
    return contents


def _find_repository(name: str, beside: Path) -> tuple[Path, str]:
    """Return a folder of the repository, and where it lies below the top."""
    around, near = _look_around(Path()), _look_around(beside)
    if near and (around is None or near[0] == around[0]):
        return beside, near[1]
    if around:
        return Path(), around[1]
    raise InputError(
        f"“{name}” is no file or folder here, and this folder lies in no git repository whose "
        "revision it could be. Name a file or a folder."
    )


def _look_around(folder: Path) -> tuple[str, str] | None:
    """Return the repository around a folder and the path from its top; None outside of any."""
    found = ask(folder, "rev-parse", "--path-format=absolute", "--git-common-dir", "--show-prefix")
    if not found.returncode:
        repository, prefix = found.stdout.decode("utf-8", "surrogateescape").split("\n")[:2]
        return repository, prefix.rstrip("/")
    if b"not a git repository" in found.stderr:
        return None
    raise SurroundingsError(describe_failure(found.stderr))


def _explain_unknown(name: str, here: Path) -> ComplianceError:
    listed = ask(here, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags")
    names = listed.stdout.decode("utf-8", "replace").split()
    if name in names:
        return SurroundingsError(f"git knows “{name}” and cannot read it. Look with: git fsck")
    shallow = ask(here, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
    hint = suggest(name, names) or "List them: git log --oneline"
    if shallow:
        hint = "This clone has only its newest commits; fetch the others: git fetch --unshallow"
    return InputError(f"“{name}” is no file or folder here, and no git revision. {hint}")
