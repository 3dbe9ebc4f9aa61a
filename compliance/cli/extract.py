"""`compliance extract`: the files that a report carries."""

from pathlib import Path
from typing import Annotated

import typer


def extract(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The report, a PDF.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FOLDER", help="A new folder; FILE-files if left out."
        ),
    ] = None,
) -> None:
    """Take the data and the checklists out of a report.

    Every file that the report carries, and its checklists as the YAML files that they were.
    Nothing is overwritten. What they are worth is said by: compliance verify FILE
    """
    from compliance.conduct.extracting import extract_file

    for path in extract_file(file, output):
        typer.echo(f"Written: {path}")
