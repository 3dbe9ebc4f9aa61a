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
    origin: Annotated[
        bool, typer.Option("--origin", help="File and line of each field, or of its form's.")
    ] = False,
    added: Added = None,
) -> None:
    """Print a checklist or one requirement."""
    from compliance.conduct.opening import load_library, load_reading
    from compliance.conduct.origins import show_origins
    from compliance.conduct.showing import draw_worksheet, show_named

    if origin:
        typer.echo(show_origins(load_reading(added or ()), name))
        return
    library, _ = load_library(added or ())
    typer.echo(draw_worksheet(library, name) if worksheet else show_named(library, name))
