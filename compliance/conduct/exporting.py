"""Exporting the report of an audit: as a page, as Markdown, or as a draft to write in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from compliance.audit.result import Result
from compliance.checklist.pack_files import read_bounded
from compliance.conduct.rendering import gather_files
from compliance.errors import InputError
from compliance.export.packing import is_as_packed
from compliance.export.sealing import is_as_sealed, seal
from compliance.report.look import Look, View
from compliance.walk.recording import Recording
from compliance.walk.storing import write_beside

_LARGEST = 256 * 1024 * 1024

Format = Literal["html", "markdown", "docx"]


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a format is called, how its files end, and how to tell that we wrote one."""

    name: str
    ending: str
    is_ours: Callable[[bytes], bool]


_KINDS: dict[Format, _Kind] = {
    "html": _Kind("page", ".html", is_as_sealed),
    "markdown": _Kind("Markdown", ".md", is_as_sealed),
    "docx": _Kind("draft", "-draft.docx", is_as_packed),
}


def export_name(view: View, kind: Format) -> str:
    """Return what an output of a view is called beside its audit."""
    return f"{'report' if view == 'full' else view}{_KINDS[kind].ending}"


def export_report(recording: Recording, result: Result, look: Look, kind: Format) -> bytes:
    """Return the report in another format than PDF: the same bytes for the same journal."""
    # Loaded only when needed, as all that renders.
    from compliance.report.html import render_html  # noqa: PLC0415
    from compliance.report.making import make_context  # noqa: PLC0415

    html = render_html(make_context(gather_files(recording, result, look), look, as_typed=True))
    at = datetime.fromisoformat(result.concluded_at or result.begun_at)
    return write_html_as(kind, html, look, at)


def write_html_as(kind: Format, html: str, look: Look, at: datetime) -> bytes:
    """Return the report's HTML in a format; `at` is the date that a draft says of itself."""
    # Loaded only when needed: python-docx alone takes a quarter of a second.
    if kind == "html":
        from compliance.export.page import render_page  # noqa: PLC0415

        return seal(render_page(html, accent=look.theme.accent))
    from compliance.export.reading import read_document  # noqa: PLC0415

    document = read_document(html)
    if kind == "markdown":
        from compliance.export.markdown import render_markdown  # noqa: PLC0415

        return seal(render_markdown(document))
    from compliance.export.draft import DraftLook, render_draft  # noqa: PLC0415

    drawn = DraftLook(look.paper, look.large_print, look.theme.accent)
    return render_draft(document, drawn, at)


def write_export(path: Path, raw: bytes, kind: Format) -> None:
    """Write an output; only one that nobody has changed is overwritten.

    Raises:
        InputError: something else stands there.
        SurroundingsError: the disk refuses.
    """
    refuse_to_replace(path, kind)
    write_beside(path, raw)


def refuse_to_replace(path: Path, kind: Format) -> None:
    """Make sure that nothing of worth stands where an output is to be written.

    Raises:
        InputError: a folder, a file that is not as we wrote it, or one too large to tell stands there.
    """
    known = _KINDS[kind]
    if path.is_dir():
        raise InputError(f"“{path}” is a folder; name a file, such as report{known.ending}.")
    if path.exists() and not known.is_ours(read_bounded(path, _LARGEST)):
        raise InputError(
            f"“{path}” is no {known.name} of this program, or somebody has changed it since, "
            "and is not overwritten. Name another file with -o."
        )
