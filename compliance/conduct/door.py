"""The sheet for the door: put together from the profile and an audit, both only read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from compliance.audit.paper import Paper, load_papers
from compliance.checklist.fact import FactSheet
from compliance.checklist.library import Library
from compliance.checklist.pack_files import read_bounded
from compliance.clinic.profile import Profile, Thing
from compliance.clinic.profile_file import read_profile
from compliance.conduct.opening import PROFILE, find_audit, load_library, render_all
from compliance.door.drawing import NEW_PAGE, Door, draw_sheet
from compliance.door.places import find_places
from compliance.door.registrants import list_registrants
from compliance.door.sheet import Sheet, read_sheet
from compliance.errors import InputError
from compliance.resources import bundled_folder
from compliance.text.diagnostic import suggest
from compliance.walk.recording import Recording, list_audits, look
from compliance.walk.session import Session


@dataclass(frozen=True, slots=True)
class Known:
    """What a clinic's folder holds: its profile, and perhaps an audit."""

    profile: Profile
    facts: FactSheet
    session: Session | None


def make_sheets(clinic: Path, day: str | None, site: str | None, today: date) -> tuple[str, str]:
    """Return the sheets of a clinic's sites, or of one of them, and a remark on where they come from.

    Raises:
        InputError: the folder, the profile, the audit or the site is not there or cannot be read.
    """
    library, _ = load_library()
    recording = _find_recording(clinic, day)
    known = _gather(clinic, recording, library)
    sheet = load_sheet()
    sources = [library.sources[name] for name in sheet.cited]
    papers = load_papers()
    doors = [_open_door(papers, known, one, today) for one in _choose_sites(known.profile, site)]
    text = NEW_PAGE.join(draw_sheet(sheet, papers, door, sources) for door in doors)
    return text, _remark(recording)


def load_sheet() -> Sheet:
    """Return the fixed texts that came with this installation.

    Raises:
        InputError: somebody edited them into something that cannot be read.
    """
    path = bundled_folder("templates") / "door" / "sheet.yaml"
    sheet, diagnostics = read_sheet(read_bounded(path), str(path))
    if sheet is None:
        raise InputError(render_all(diagnostics))
    return sheet


def _find_recording(clinic: Path, day: str | None) -> Recording | None:
    if not clinic.exists():
        raise InputError(
            f"There is no folder “{clinic}”. Name the clinic's own, or begin: compliance audit {clinic}"
        )
    if not clinic.is_dir():
        raise InputError(f"“{clinic}” is a file; name the clinic's folder.")
    if day is None and not list_audits(clinic):
        return None
    return look(find_audit(clinic, day), lambda: datetime.now(UTC))


def _gather(clinic: Path, recording: Recording | None, library: Library) -> Known:
    """Read clinic.yaml, or take the audit's profile where there is no such file.

    The facts that a consultant's pack declares are known to the audit that used it, newer ones
    to the bundled pack: the file is read by whichever knows all of its facts.
    """
    path = clinic / PROFILE
    session = Session(recording.library, recording.state) if recording else None
    sheets = [*([recording.library.sheet] if recording else []), library.sheet]
    if path.exists():
        return Known(_read(path, sheets), sheets[0], session)
    if recording is None:
        raise InputError(
            f"“{clinic}” holds no {PROFILE} and no audit, so nothing is known of the clinic. "
            f"Begin: compliance audit {clinic}"
        )
    return Known(recording.state.profile, sheets[0], session)


def _read(path: Path, sheets: list[FactSheet]) -> Profile:
    raw = read_bounded(path)
    reads = [read_profile(raw, str(path), sheet) for sheet in sheets]
    for said, _ in reads:
        if said:
            return said.profile
    raise InputError(render_all(reads[0][1]))


def _choose_sites(profile: Profile, wanted: str | None) -> list[Thing | None]:
    """Return the sites that are asked for; a clinic that lists none has one without a name."""
    sites = profile.things.get("site", ())
    if wanted is None:
        return [*sites] or [None]
    chosen = profile.thing("site", wanted)
    if chosen is None:
        ids = [one.id for one in sites]
        hint = suggest(wanted, ids) or (f"There are {', '.join(ids)}." if ids else "It lists none.")
        raise InputError(f"The profile has no site “{wanted}”. {hint}")
    return [chosen]


def _open_door(papers: Sequence[Paper], known: Known, site: Thing | None, today: date) -> Door:
    name = known.profile.facts.get("name")
    return Door(
        clinic=str(name or ""),
        site=site.name if site else "",
        address=", ".join(_address(site)),
        made_on=today,
        known_on=known.session.state.as_of if known.session else None,
        registrants=list_registrants(known.profile, known.facts, site, today),
        places=find_places(papers, known.session, site) if known.session else {},
    )


def _address(site: Thing | None) -> Iterator[str]:
    """Yield the street, and the state behind it; a state alone is no address."""
    street = site.facts.get("address") if site else None
    if site and street:
        yield str(street)
        if state := site.facts.get("state"):
            yield str(state)


def _remark(recording: Recording | None) -> str:
    if recording is None:
        return "There is no audit yet, so the places of papers are left blank."
    return (
        f"Places come from the audit of {recording.state.as_of}, as they were typed. "
        "Read them before printing."
    )
