"""Making a report again from a report: the pages come from the files that it carries."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from compliance.checklist.pack_files import read_bounded
from compliance.conduct.closing import MAX_PDF, refuse_to_overwrite, write_report
from compliance.conduct.exporting import Format, refuse_to_replace, write_export, write_html_as
from compliance.conduct.naming import file_named
from compliance.conduct.rendering import load_theme, render_files
from compliance.errors import InputError
from compliance.report.carried import LOOK, RESULT, Files, to_json
from compliance.report.look import Look, PaperSize, View, look_data
from compliance.report.received import receive
from compliance.signing.inspect import attachments

Kind = Literal["pdf"] | Format


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for of the look; what is None or False stays as the report has it."""

    view: View = "full"
    paper: PaperSize | None = None
    theme: Path | None = None
    large_print: bool = False


def check_use(
    folder: Path | None, source: Path | None, output: Path | None, day: str | None
) -> None:
    """Make sure that a report is asked for in one way, and that it has a place.

    Raises:
        InputError: it is not.
    """
    if folder and source:
        raise InputError("Name the clinic's folder or a report with --from, not both.")
    if not folder and not source:
        raise InputError("Name the clinic's folder, or a report with --from FILE -o AGAIN.")
    if source and day:
        raise InputError("--audit names an audit in a folder; a report with --from holds one only.")
    if source and not output:
        raise InputError("Say where to write it: -o again.pdf")


def write_again(source: Path, target: Path, asked: Asked, kind: Kind = "pdf") -> None:
    """Make a report again from one, in any format, and write it where nothing of worth stands.

    Raises:
        InputError: no report of ours, or one whose files break their form; or the theme does;
            or something else stands at the target.
        SurroundingsError: a system library is missing, or the disk refuses.
    """
    if kind == "pdf":
        refuse_to_overwrite(target)
        write_report(target, remake_report(source, asked))
    else:
        refuse_to_replace(target, kind)
        write_export(target, _export_again(source, asked, kind), kind)


def remake_report(file: Path, asked: Asked) -> bytes:
    """Return the PDF of a report made again from one.

    With nothing asked for, these are the bytes that it had before anybody signed it.

    Raises:
        InputError: no report of ours, or one whose files break their form; or the theme does.
        SurroundingsError: a system library is missing.
    """
    files, look = _read(file, asked)
    return render_files({**files, LOOK: to_json(look_data(look))}, look)


def _export_again(file: Path, asked: Asked, kind: Format) -> bytes:
    # Loaded only when needed, as all that renders.
    from compliance.report.html import render_html  # noqa: PLC0415
    from compliance.report.making import make_context  # noqa: PLC0415

    files, look = _read(file, asked)
    result = json.loads(files[RESULT])
    at = datetime.fromisoformat(result["concluded_at"] or result["begun_at"])
    return write_html_as(kind, render_html(make_context(files, look, as_typed=True)), look, at)


def _read(file: Path, asked: Asked) -> tuple[Files, Look]:
    """Return what a report carries, proven to be of our form, and the look that is asked for."""
    pdf = read_bounded(file, MAX_PDF)
    with file_named(file):
        files = receive(attachments(pdf))
    return files, _choose_look(files, asked)


def _choose_look(files: Files, asked: Asked) -> Look:
    from compliance.report.making import carried_look  # noqa: PLC0415 - loads WeasyPrint's room

    said = {
        "view": asked.view,
        "paper": asked.paper,
        "large_print": asked.large_print or None,
        "theme": load_theme(asked.theme) if asked.theme else None,
    }
    kept = {name: one for name, one in said.items() if one is not None}
    return carried_look(files).model_copy(update=kept)
