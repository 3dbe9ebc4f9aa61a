"""`compliance lint`: whether checklist files can be read, and what is wrong with them."""

from pathlib import Path
from typing import Annotated

import typer


def lint(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH", help="Packs (folders) or checklist files; our own if left out."
        ),
    ] = None,
) -> None:
    """Check checklist files.

    Reports every error with its line and column.

    Exit code 0 when there is none, 1 otherwise.
    """
    from compliance.conduct.linting import lint_paths

    diagnostics, count = lint_paths(paths or ())
    for diagnostic in diagnostics:
        typer.echo(diagnostic.render())
    if diagnostics:
        typer.echo(f"{len(diagnostics)} error{'' if len(diagnostics) == 1 else 's'}.")
        raise typer.Exit(1)
    typer.echo(f"{count} file{'' if count == 1 else 's'}, no error.")
