"""What checklists asked at an earlier git revision, so that an edition that stood still is seen."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from compliance.checklist.library import read_packs
from compliance.checklist.pack_files import PackFiles, gather
from compliance.checklist.pack_revision import find_pack, find_revision, gather_revision
from compliance.errors import InputError
from compliance.lint.material import Earlier
from compliance.resources import bundled_folder


def read_earlier(name: str) -> Callable[[PackFiles], Mapping[str, Earlier]]:
    """Return what tells of a pack what its checklists asked at the revision of that name.

    Raises:
        InputError: there is no such revision, or no repository.
        SurroundingsError: git is missing or fails.
    """
    find_revision(name, Path())

    def before(pack: PackFiles) -> Mapping[str, Earlier]:
        revision = find_revision(name, Path(pack.folder or "."))
        files = None
        with suppress(InputError):  # a pack that was not there yet asked nothing
            files = gather_revision(revision, find_pack(revision, revision.prefix))
        return _ask_of(files) if files else {}

    return before


def _ask_of(files: PackFiles) -> Mapping[str, Earlier]:
    lead = () if "facts.yaml" in files.files else (gather(bundled_folder("checklists")),)
    reading = read_packs([*lead, files])
    own = reading.packs[-1]
    digests: dict[str, dict[str, str]] = {}
    for entry in reading.library.entries:
        digests.setdefault(entry.checklist_key, {})[entry.requirement.id] = entry.digest
    return {
        one.checklist.id: Earlier(
            one.checklist.edition, digests.get(own.prefix + one.checklist.id, {})
        )
        for one in own.checklists
    }
