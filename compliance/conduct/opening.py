"""Opening an audit: which one is resumed or begun, with which checklists and which profile."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from compliance import __version__
from compliance.audit import signatory
from compliance.checklist.library import Library, Reading, read_packs
from compliance.checklist.pack_files import PackFiles, gather, read_bounded
from compliance.clinic.profile_file import ProfileFile, read_profile
from compliance.errors import InputError
from compliance.resources import bundled_folder
from compliance.text.diagnostic import Diagnostic, suggest
from compliance.walk.event import Event
from compliance.walk.profile_events import Difference, declare_profile, profile_difference
from compliance.walk.recording import Recording, begin, list_audits, look, parse_day, resume

PROFILE = "clinic.yaml"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command asked for; None means that it was not said."""

    as_of: str | None = None
    audit: str | None = None
    depth: str | None = None
    order: str | None = None
    only: tuple[str, ...] = ()
    checklists: tuple[Path, ...] = ()
    profile: Path | None = None
    auditor: str | None = None
    role: str | None = None
    privilege: str | None = None
    signatories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """An audit that is open, whether it is new, and where its profile and the journal disagree."""

    recording: Recording
    is_new: bool
    differences: tuple[Difference, ...] = field(default=())


def load_library(added: Sequence[Path] = ()) -> tuple[Library, list[PackFiles]]:
    """Return the bundled checklists with those that were added.

    Raises:
        InputError: one of them cannot be read; every diagnostic is in the message.
    """
    packs = [gather(folder) for folder in (bundled_folder("checklists"), *added)]
    return _read_whole(packs).library, packs


def load_reading(added: Sequence[Path] = ()) -> Reading:
    """Return the bundled checklists with those that were added, and how they were read.

    Raises:
        InputError: one of them cannot be read; every diagnostic is in the message.
    """
    return _read_whole([gather(folder) for folder in (bundled_folder("checklists"), *added)])


def _read_whole(packs: Sequence[PackFiles]) -> Reading:
    reading = read_packs(packs)
    if reading.diagnostics:
        raise InputError(render_all(reading.diagnostics))
    return reading


def render_all(diagnostics: Sequence[Diagnostic]) -> str:
    """Return diagnostics one below the other."""
    return "\n".join(one.render() for one in diagnostics)


def find_audit(clinic: Path, day: str | None = None) -> Path:
    """Return the folder of a clinic's audit: of that day, or the newest.

    Raises:
        InputError: there is none.
    """
    audits = list_audits(clinic)
    if day:
        audits = [one for one in audits if one.name == day]
    if not audits:
        which = f" of {day}" if day else ""
        raise InputError(
            f"There is no audit{which} in “{clinic}”. Begin one: compliance audit {clinic}"
        )
    return audits[-1]


def check_folder(clinic: Path) -> None:
    """Make sure that a clinic's folder is one, or can become one.

    Raises:
        InputError: a file stands there.
    """
    if clinic.exists() and not clinic.is_dir():
        raise InputError(f"“{clinic}” is a file; name the clinic's folder.")


def open_audit(clinic: Path, wish: Wish, now: datetime) -> Opened:
    """Resume the newest audit that was not concluded, or begin one.

    Raises:
        InputError: the flags conflict with the audit that is resumed, or a file cannot be read.
        SurroundingsError: the disk refuses.
    """
    check_folder(clinic)
    under_way = find_under_way(clinic, wish)
    return _resume(clinic, under_way, wish, now) if under_way else _begin(clinic, wish, now)


def find_under_way(clinic: Path, wish: Wish) -> Path | None:
    """Return the folder of the audit that would be resumed; None when one would begin.

    Raises:
        InputError: the one that was asked for is not there, or its journal is damaged.
    """
    if wish.audit:
        return find_audit(clinic, wish.audit)
    for folder in reversed(list_audits(clinic)):
        if not look(folder, _now).state.concluded_at:
            return folder
    return None


def _resume(clinic: Path, folder: Path, wish: Wish, now: datetime) -> Opened:
    recording = resume(folder, lambda: now)
    try:
        state = recording.state
        _refuse_concluded(recording, clinic)
        _refuse_conflicts(recording, wish)
        recording.clock = _clock(state.time_zone)
        recording.by = wish.auditor or state.auditor
        said = _read_profile_of(clinic, wish, recording.library)
        differences = (
            tuple(profile_difference(state.profile, said.profile, state.sheet)) if said else ()
        )
    except BaseException:
        recording.release()
        raise
    return Opened(recording, is_new=False, differences=differences)


def _refuse_concluded(recording: Recording, clinic: Path) -> None:
    day = recording.state.concluded_at[:10]
    if day:
        raise InputError(
            f"The audit in “{recording.folder}” was concluded on {day}. "
            f"Its report: compliance report {clinic}. A new one begins without --audit."
        )


def _refuse_conflicts(recording: Recording, wish: Wish) -> None:
    """What the first event fixed stays as it is."""
    state = recording.state
    fixed = {
        "--as-of": (wish.as_of, str(state.as_of)),
        "--depth": (wish.depth, state.chosen.depth),
        "--order": (wish.order, state.order),
        "--only": (", ".join(wish.only) or None, ", ".join(state.chosen.only)),
        "--checklists": (len(wish.checklists) + 1 if wish.checklists else None, len(state.packs)),
        "--role": (wish.role, state.role),
        "--privilege": (wish.privilege, state.privilege),
        "--signatories": (
            ",".join(wish.signatories) or None,
            ",".join(state.signatories),
        ),
    }
    for flag, (wanted, stands) in fixed.items():
        if wanted is not None and wanted != stands:
            raise InputError(
                f"{flag} {wanted} conflicts with the audit that is under way in {recording.folder} "
                f"({stands or 'none'}). Leave it out to resume that one."
            )


def _begin(clinic: Path, wish: Wish, now: datetime) -> Opened:
    library, packs = load_library(wish.checklists)
    said = _read_profile_of(clinic, wish, library)
    zone = (said.time_zone if said else None) or machine_zone()
    clock = _clock(zone)
    today = now.astimezone(ZoneInfo(zone)).date()
    as_of = parse_day(wish.as_of, today) if wish.as_of else today
    begun = _begun(library, wish, as_of, zone)
    by = wish.auditor or ""
    recording = begin(clinic, begun, packs, library, clock=clock, by=by)
    if said:
        recording.record(*declare_profile(said.profile, library.sheet))
    return Opened(recording, is_new=True)


def _begun(library: Library, wish: Wish, as_of: date, zone: str) -> Event:
    for name in wish.only:
        if name not in library.checklists:
            hint = (
                suggest(name, library.checklists) or f"There are {', '.join(library.checklists)}."
            )
            raise InputError(f"--only {name}: there is no such checklist. {hint}")
    places = wish.signatories or signatory.USUAL
    if trouble := signatory.find_trouble(places):
        raise InputError(f"--signatories {','.join(places)}: {trouble}")
    data = {
        "as_of": str(as_of),
        "time_zone": zone,
        "depth": wish.depth or "core",
        "order": wish.order or "law",
        "only": list(wish.only),
        "packs": [edition.pack.name for edition in library.packs],
        "digests": [edition.digest for edition in library.packs],
        "signatories": list(places),
        "tool": f"clinic-compliance {__version__}",
    }
    texts = {
        "auditor": wish.auditor or "",
        "role": wish.role or "",
        "privilege": wish.privilege or "",
    }
    return Event("begun", data, texts)


def _read_profile_of(clinic: Path, wish: Wish, library: Library) -> ProfileFile | None:
    path = wish.profile or clinic / PROFILE
    if wish.profile is None and not path.exists():
        return None
    said, diagnostics = read_profile(read_bounded(path), str(path), library.sheet)
    if said is None:
        raise InputError(render_all(diagnostics))
    return said


def settle(recording: Recording, differences: Sequence[Difference], *, by_file: bool) -> None:
    """Adopt what clinic.yaml says, or leave the journal as it is (the file is written after)."""
    if by_file:
        recording.record(*(difference.event for difference in differences))


def machine_zone() -> str:
    """Return the name of the machine's time zone; UTC where it has none."""
    import tzlocal  # noqa: PLC0415 - loaded only when needed

    return tzlocal.get_localzone_name() or "UTC"


def _now() -> datetime:
    return datetime.now(UTC)


def _clock(zone: str) -> Callable[[], datetime]:
    return lambda: datetime.now(ZoneInfo(zone))
