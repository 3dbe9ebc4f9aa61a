"""Rendering the report of an audit: what it carries is gathered first, the pages come from that alone."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from compliance.audit.result import Result
from compliance.checklist.pack_files import read_bounded
from compliance.conduct.opening import render_all
from compliance.errors import InputError
from compliance.report.carried import (
    CHECKLISTS,
    JOURNAL_HEAD,
    LOOK,
    RESULT,
    THUMBNAILS,
    Files,
    to_json,
)
from compliance.report.look import (
    Look,
    PaperSize,
    Theme,
    ThemeFile,
    View,
    look_data,
    read_theme,
)
from compliance.signing.sign import prepare_for_signing
from compliance.walk.recording import CHECKLISTS as COPIES
from compliance.walk.recording import EVIDENCE, REPORT, Recording

_LARGEST_EVIDENCE = 64 * 1024 * 1024
_LARGEST_LOGO = 4 * 1024 * 1024


def render_report(recording: Recording, result: Result, look: Look | None = None) -> bytes:
    """Return the report's PDF, unsigned: the same bytes for the same journal.

    Raises:
        SurroundingsError: a system library is missing.
    """
    return render_files(gather_files(recording, result, look or Look()), look)


def render_files(files: Files, look: Look | None = None) -> bytes:
    """Return the PDF of files that a report carries, ready to be signed.

    Raises:
        InputError: the files hold no look of ours.
        SurroundingsError: a system library is missing.
    """
    from compliance.report.making import make_pdf  # noqa: PLC0415 - loads WeasyPrint's room

    return prepare_for_signing(make_pdf(files, look))


def gather_files(recording: Recording, result: Result, look: Look) -> Files:
    """Return everything that a report is made from, as the files that it carries."""
    data = json.loads(json.dumps(result.as_data()))
    return {
        RESULT: to_json(data),
        CHECKLISTS: to_json(_copied_checklists(recording)),
        JOURNAL_HEAD: to_json(data["journal"]),
        LOOK: to_json(look_data(look)),
        THUMBNAILS: to_json(dict(_thumbnails(data, recording.folder / EVIDENCE))),
    }


def choose_look(view: View, paper: PaperSize, theme: Path | None, *, large_print: bool) -> Look:
    """Return the look that a command line asks for.

    Raises:
        InputError: the theme cannot be read.
    """
    chosen = load_theme(theme) if theme else Theme()
    return Look(view=view, paper=paper, large_print=large_print, theme=chosen)


def report_name(view: View) -> str:
    """Return what a view is called beside its audit."""
    return REPORT if view == "full" else f"{view}.pdf"


def load_theme(path: Path) -> Theme:
    """Return the theme in a file; its logo lies beside it.

    Raises:
        InputError: the file or the logo cannot be read, with line and column where it has some.
    """
    said, diagnostics = read_theme(read_bounded(path), str(path))
    if said is None:
        raise InputError(render_all(diagnostics))
    given = {"firm": said.firm, "accent": said.accent, "logo": _load_logo(path, said)}
    return Theme(**{key: value for key, value in given.items() if value})


def _load_logo(theme: Path, said: ThemeFile) -> str:
    from compliance.report.picture import logo  # noqa: PLC0415 - loads Pillow

    if not said.logo:
        return ""
    if "://" in said.logo or Path(said.logo).name != said.logo:
        raise InputError(
            f"{theme}: the logo “{said.logo}” must be the name of a file beside the theme; "
            "nothing is fetched."
        )
    return logo(read_bounded(theme.parent / said.logo, _LARGEST_LOGO), said.logo)


def _copied_checklists(recording: Recording) -> list[dict[str, Any]]:
    packs = []
    for name in recording.state.packs:
        folder = recording.folder / COPIES / name
        files = {
            p.relative_to(folder).as_posix(): p.read_bytes().decode()
            for p in sorted(folder.rglob("*.yaml"))
        }
        packs.append({"name": name, "files": files})
    return packs


def _thumbnails(data: dict[str, Any], folder: Path) -> Iterator[tuple[str, str]]:
    """Yield hash and small picture of each piece of evidence that is a picture.

    Whoever withdrew the name of a photo does not want it shown either.
    """
    from compliance.report.picture import thumbnail  # noqa: PLC0415 - loads Pillow

    hashes = {
        held["sha256"]
        for finding in data["findings"]
        for thing in finding["things"]
        for held in thing["evidence"]
        if held["sha256"] and held["name"] != "[withdrawn]"
    }
    for sha256 in sorted(hashes):
        try:
            raw = read_bounded(folder / sha256, _LARGEST_EVIDENCE)
        except InputError:
            continue  # verifying with the folder tells of it; the register has its hash
        if small := thumbnail(raw):
            yield sha256, small
