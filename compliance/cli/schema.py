"""`compliance schema`: the JSON Schema that an editor checks and explains files with."""

from pathlib import Path
from typing import Annotated, Literal

import typer


def schema(
    kind: Annotated[
        Literal["checklist", "facts", "sources", "forms", "pack", "result", "verification"],
        typer.Argument(
            metavar="KIND",
            show_default=False,
            help="Of which kind of file: checklist (if left out), facts, sources, forms or pack; of the result that a report carries; or of what verify --json prints: verification.",
        ),
    ] = "checklist",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write it here, not to the screen."),
    ] = None,
) -> None:
    """Write the JSON Schema of files that you write or that we do.

    The editor then completes keys, explains them on hover and marks mistakes.
    A comment at the top of a checklist names the schema:

    # yaml-language-server: $schema=checklist.schema.json

    What no schema can say is left to: compliance lint
    """
    from compliance.conduct.output import write_output
    from compliance.conduct.schemas import find_schema

    text = find_schema(kind)
    if output is None:
        typer.echo(text, nl=False)
        return
    write_output(output, text)
    typer.echo(f"Written: {output}")
