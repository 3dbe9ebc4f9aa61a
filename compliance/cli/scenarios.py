"""`compliance test`: runs the scenarios that stand beside checklists."""

from pathlib import Path
from typing import Annotated

import typer


def run_scenarios(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH",
            help="Packs, folders or .test.yaml files; what pyproject.toml names, or our own, if left out.",
        ),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text or junit.")
    ] = "text",
    strict: Annotated[
        bool,
        typer.Option("--strict", help="What no scenario reaches fails, too.", show_default=False),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE", help="Write there, not to the screen."),
    ] = None,
) -> None:
    """Run the scenarios of checklists.

    A scenario is a clinic with its answers, and what must be asked, found and concluded.

    Exit code 1 when one comes out otherwise, 0 when all are as expected.
    """
    from compliance.conduct.testing import report_tests

    if not report_tests(tuple(paths or ()), form, output, strict=strict):
        raise typer.Exit(1)
