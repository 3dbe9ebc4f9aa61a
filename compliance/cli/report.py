"""`compliance report`: renders the report again."""

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.options import Day, Folder


def report(
    folder: Folder,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="The PDF; beside the audit if left out."
        ),
    ] = None,
    day: Day = None,
) -> None:
    """Render the report of an audit again.

    Also of one that is not finished; every page then says so.
    """
    from datetime import UTC, datetime

    from compliance.conduct.closing import (
        refuse_to_overwrite,
        render_report,
        result_of,
        write_report,
    )
    from compliance.conduct.opening import find_audit
    from compliance.walk.recording import REPORT, look

    audit = find_audit(folder, day)
    target = output or audit / REPORT
    refuse_to_overwrite(target)
    recording = look(audit, lambda: datetime.now(UTC))
    result = result_of(recording)
    write_report(target, render_report(recording, result))
    state = "" if result.finished else " The audit is not finished; every page says so."
    typer.echo(f"Report: {target}.{state}")
