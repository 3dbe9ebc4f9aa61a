"""`compliance states`: what is asked in each state, and how far it was read."""

from typing import Annotated

import typer


def states(
    as_json: Annotated[
        bool, typer.Option("--json", help="As plain data.", show_default=False)
    ] = False,
) -> None:
    """Show what is asked in each state, and how far it was read."""
    from compliance.conduct.opening import load_library
    from compliance.conduct.states import draw_matrix, render_json, render_text

    library, _ = load_library()
    matrix = draw_matrix(library)
    typer.echo(render_json(matrix) if as_json else render_text(matrix), nl=False)
