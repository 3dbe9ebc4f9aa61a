"""`compliance report`: renders the report again."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from compliance.cli.options import Day, LargePrint, Themed


def report(  # noqa: PLR0917 - typer makes every parameter an option
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER", help="The clinic's folder; none with --from.", show_default=False
        ),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Make it from the data in this report alone."),
    ] = None,
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
            case_sensitive=False,
            help="full: the report. owner: what to know and to do. actions: the table to work from. binder: where each paper is, without findings.",
        ),
    ] = "full",
    format_: Annotated[
        Literal["pdf", "html", "markdown", "docx"],
        typer.Option(
            "--format",
            case_sensitive=False,
            help="pdf: the report, which can be signed. html: one page for a browser. markdown: text. docx: an unsigned draft to write in.",
        ),
    ] = "pdf",
    paper: Annotated[
        Literal["letter", "a4"] | None,
        typer.Option(
            "--paper",
            case_sensitive=False,
            help="The paper that the pages are set for; letter if left out, or that of --from.",
        ),
    ] = None,
    large_print: LargePrint = False,
    theme: Themed = None,
    day: Day = None,
) -> None:
    """Render the report of an audit again.

    Also of one that is not finished; every page then says so.

    With --from FILE -o AGAIN no folder is needed: a report carries what it was made from.
    With nothing else said, AGAIN is byte for byte what FILE was before it was signed.
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
    from compliance.conduct.remaking import Asked, check_use, write_again
    from compliance.conduct.rendering import choose_look, render_report, report_name
    from compliance.walk.recording import look

    check_use(folder, source, output, day)
    if source and output:
        write_again(source, output, Asked(view, paper, theme, large_print), format_)
        typer.echo(f"Report: {output}. Made from “{source}”; nothing of it is signed.")
    if not folder:
        return
    audit = find_audit(folder, day)
    chosen = choose_look(view, paper or "letter", theme, large_print=large_print)
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
