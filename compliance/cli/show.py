"""`compliance show`: a checklist or a requirement as a person reads it."""

from typing import Annotated

import typer

from compliance.cli.options import Added


def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="CHECKLIST[/REQUIREMENT]", help="Such as storage-security/locked-cabinet."
        ),
    ],
    worksheet: Annotated[
        bool, typer.Option("--worksheet", help="A form to print and take along to the cabinet.")
    ] = False,
    added: Added = None,
) -> None:
    """Print a checklist or one requirement."""
    from compliance.conduct.opening import load_library
    from compliance.conduct.showing import draw_worksheet, show_named

    library, _ = load_library(added or ())
    typer.echo(draw_worksheet(library, name) if worksheet else show_named(library, name))
