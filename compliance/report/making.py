"""A report from the files that it carries: the same files give the same pages, for ever."""

import json
from datetime import datetime
from typing import Any

from compliance.errors import InputError
from compliance.report.carried import LOOK, RESULT, THUMBNAILS, Files, attach
from compliance.report.context import ReportContext, build_context
from compliance.report.html import render_html
from compliance.report.look import Look, read_look
from compliance.report.pdf import render_pdf


def make_context(files: Files, look: Look, *, as_typed: bool = False) -> ReportContext:
    """Return what the templates print of the result among `files`; see `build_context`."""
    result, thumbnails = _read(files, RESULT), _read(files, THUMBNAILS, {})
    return build_context(result, look, thumbnails, as_typed=as_typed)


def make_pdf(files: Files, look: Look | None = None) -> bytes:
    """Return the report as a PDF; `look` is the one among the files unless another is given.

    Only the full view carries the files and has places for signatures: an extract for somebody's
    desk must not hold what it does not show.

    Raises:
        InputError: the files hold no look of ours.
        SurroundingsError: a system library is missing.
    """
    shown = look or carried_look(files)
    result = _read(files, RESULT)
    at = datetime.fromisoformat(result["concluded_at"] or result["begun_at"])
    context = make_context(files, shown)
    return render_pdf(
        render_html(context),
        attachments=attach(files, at) if shown.view == "full" else [],
        targets=context.targets,
        title=context.title,
        created=at,
        identifier=result["journal"]["head"][:32].encode(),
    )


def carried_look(files: Files) -> Look:
    """Return the look that a report was made with.

    Raises:
        InputError: the files hold none of ours.
    """
    look = read_look(files.get(LOOK, b""))
    if look is None:
        raise InputError(
            "The report does not say how its pages look, so they cannot be made again."
        )
    return look


def _read(files: Files, name: str, default: Any = None) -> Any:  # noqa: ANN401 - JSON of any shape
    return json.loads(files[name]) if name in files or default is None else default
