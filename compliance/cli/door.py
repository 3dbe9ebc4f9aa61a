"""`compliance door`: the sheet for the day an inspector stands at the door."""

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.options import Day, Folder


def door(
    folder: Folder,
    site: Annotated[
        str | None,
        typer.Option("--site", metavar="ID", help="Only this site, as clinic.yaml calls it."),
    ] = None,
    day: Day = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write it here, not to the screen."),
    ] = None,
) -> None:
    """Print the sheet for an inspector's visit.

    Who speaks, what to do in which order, what never to do, and where each paper is:
    two pages of plain text for each site, from the profile and the newest audit.
    Nothing is recorded.
    """
    from datetime import datetime

    from compliance.conduct.door import make_sheets
    from compliance.errors import InputError
    from compliance.walk.storing import write_beside

    today = datetime.now().astimezone().date()
    text, remark = make_sheets(folder, day, site, today)
    if output is None:
        typer.echo(text, nl=False)
        typer.echo(remark, err=True)
        return
    if output.exists():
        raise InputError(f"“{output}” exists already and is not overwritten. Name another file.")
    write_beside(output, text.encode())
    typer.echo(f"Written: {output}\n{remark}")
