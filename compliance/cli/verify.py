"""`compliance verify`: what a report's signatures and data are worth."""

from pathlib import Path
from typing import Annotated

import typer


def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The report, a PDF.")],
    trust: Annotated[
        list[Path] | None,
        typer.Option(
            "--trust", metavar="CERT", help="A certificate that you trust; may be given again."
        ),
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--folder", metavar="DIR", help="The audit's folder: checks journal and evidence too."
        ),
    ] = None,
    pages: Annotated[
        bool,
        typer.Option(
            "--pages", help="Make every page again from the data and compare them byte for byte."
        ),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the verdicts as JSON.")] = False,
) -> None:
    """Check a report and its signatures.

    Says apart: bytes, later changes, who signed, when, pages, and the data inside. Works offline.

    Exit code 0 when all holds, 1 when something does not, 2 when it is no PDF to be checked.
    """
    from compliance.conduct.checking import check_file
    from compliance.conduct.verdicts import show_verification
    from compliance.verification.published import write_verification

    verdict = check_file(file, trust or (), folder, remake=pages)
    if json:
        typer.echo(write_verification(verdict, str(file)))
    else:
        show_verification(verdict, str(file))
    if not verdict.holds:
        raise typer.Exit(1)
