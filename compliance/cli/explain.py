"""`compliance explain`: what a rule of the lint finds, and why."""

from typing import Annotated

import typer


def explain(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="CODE", help="Such as W303 or vague-word; all are listed if left out."
        ),
    ] = None,
) -> None:
    """Explain a rule of the lint."""
    from compliance.conduct.explaining import explain_rule, list_all

    typer.echo(explain_rule(code) if code else list_all(), nl=False)
