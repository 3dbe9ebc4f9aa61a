"""`compliance lint`: whether checklist files can be read, and what is wrong with them."""

from pathlib import Path
from typing import Annotated

import typer

Words = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="CODES",
        help="Only these rules: codes, beginnings of codes, names, families.",
    ),
]
Passed = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="CODES", help="All but these rules."),
]
Form = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help="text, json, sarif, github or junit.")
]
Output = Annotated[
    Path | None, typer.Option("--output", metavar="FILE", help="Write there, not to the screen.")
]
Day = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="The day that calendar rules go by; today if left out."
    ),
]
Base = Annotated[
    str | None,
    typer.Option(
        "--base", metavar="REV", help="A git revision: the edition must move with the text since."
    ),
]
Name = Annotated[
    str | None,
    typer.Option(
        "--stdin-name", metavar="FILE", help="The file that “-” (standard input) stands for."
    ),
]


def lint(  # noqa: PLR0917 - typer makes every parameter an option
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH",
            help="Packs, folders or files, or “-”; what pyproject.toml names, or our own, if left out.",
        ),
    ] = None,
    form: Form = "text",
    select: Words = None,
    ignore: Passed = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Warnings fail, too.", show_default=False)
    ] = False,
    notes: Annotated[
        bool, typer.Option("--notes", help="Show notes, too.", show_default=False)
    ] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what is safe, then lint.", show_default=False)
    ] = False,
    output: Output = None,
    as_of: Day = None,
    base: Base = None,
    stdin_name: Name = None,
) -> None:
    """Check checklist files: form, conditions, sources, wording.

    Each finding has its place, what to do, and a code; `compliance explain CODE` says more.

    Exit code 1 when there is an error (with --strict, also for a warning), 0 otherwise.
    """
    from compliance.conduct.lint_run import Flags, run_lint

    flags = Flags(
        tuple(paths or ()),
        form,
        tuple(select or ()),
        tuple(ignore or ()),
        strict,
        notes,
        fix,
        output,
        as_of,
        base,
        stdin_name,
    )
    if not run_lint(flags):
        raise typer.Exit(1)
