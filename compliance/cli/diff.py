"""`compliance diff`: what changed between two editions of the checklists."""

from pathlib import Path
from typing import Annotated, Literal

import typer


def diff(  # noqa: PLR0917 - typer makes every parameter an option
    old: Annotated[
        str,
        typer.Argument(metavar="OLD", help="A file, a folder or a git revision: the older one."),
    ],
    new: Annotated[
        str,
        typer.Argument(metavar="NEW", help="The same for the newer one."),
    ],
    audit: Annotated[
        Path | None,
        typer.Option(
            "--audit",
            metavar="FOLDER",
            help="A clinic's folder, or one of its audits: name its answers that would not carry.",
        ),
    ] = None,
    form: Annotated[
        Literal["text", "json", "markdown"],
        typer.Option("--format", help="How it is written; markdown is for a pull request."),
    ] = "text",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write it here, not to the screen."),
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with 1 when answers would not carry.")
    ] = False,
) -> None:
    """Say what changed between two editions of the checklists.

    Says which requirements came, went or changed, and which answers of an earlier audit would no longer carry. OLD and NEW are checklist files, packs (folders), or git revisions such as main, v1.0, HEAD~3 or main:checklists.

    Exit code 0 whatever differs.
    """
    from compliance.conduct.comparing import compare_named, write_report
    from compliance.conduct.output import write_output

    report = compare_named(old, new, audit)
    text = write_report(report, form)
    if output is None:
        typer.echo(text, nl=False)
    else:
        write_output(output, text)
        typer.echo(f"Written: {output}")
    if exit_code and report.loses_answers:
        raise typer.Exit(1)
