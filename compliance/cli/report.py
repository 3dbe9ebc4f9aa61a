"""`compliance report`: renders the report again."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from compliance.cli.options import Day, Folder, LargePrint, Paper, Themed


def report(  # noqa: PLR0917 - typer makes every parameter an option
    folder: Folder,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="The file; beside the audit if left out."
        ),
    ] = None,
    view: Annotated[
        Literal["full", "owner", "actions", "binder"],
        typer.Option(
            "--view",
            help="full: the report. owner: what to know and to do. actions: the table to work from. binder: where each paper is, without findings.",
        ),
    ] = "full",
    format_: Annotated[
        Literal["pdf", "html", "markdown", "docx"],
        typer.Option(
            "--format",
            help="pdf: the report, which can be signed. html: one page for a browser. markdown: text. docx: an unsigned draft to write in.",
        ),
    ] = "pdf",
    paper: Paper = "letter",
    large_print: LargePrint = False,
    theme: Themed = None,
    day: Day = None,
) -> None:
    """Render the report of an audit again.

    Also of one that is not finished; every page then says so.
    """
    from datetime import UTC, datetime

    from compliance.conduct.closing import refuse_to_overwrite, result_of, write_report
    from compliance.conduct.exporting import (
        export_name,
        export_report,
        refuse_to_replace,
        write_export,
    )
    from compliance.conduct.opening import find_audit
    from compliance.conduct.rendering import choose_look, render_report, report_name
    from compliance.walk.recording import look

    audit = find_audit(folder, day)
    chosen = choose_look(view, paper, theme, large_print=large_print)
    if format_ == "pdf":
        target = output or audit / report_name(view)
        refuse_to_overwrite(target)
    else:
        target = output or audit / export_name(view, format_)
        refuse_to_replace(target, format_)
    recording = look(audit, lambda: datetime.now(UTC))
    result = result_of(recording)
    if format_ == "pdf":
        write_report(target, render_report(recording, result, chosen))
    else:
        write_export(target, export_report(recording, result, chosen, format_), format_)
    state = "" if result.finished else " The audit is not finished; every page says so."
    typer.echo(f"Report: {target}.{state}")
