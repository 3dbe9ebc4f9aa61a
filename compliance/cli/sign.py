"""`compliance sign`: signs a report that was not signed at the end of the walk, or countersigns it."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from compliance.cli.options import P12, Descriptor


def sign(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The report, a PDF.")],
    name: Annotated[
        str | None, typer.Option("--sign-as", metavar="NAME", help="The identity to sign with.")
    ] = None,
    place: Annotated[
        Literal["auditor", "owner"], typer.Option("--as", help="The place that is signed.")
    ] = "auditor",
    p12: P12 = None,
    passphrase_fd: Descriptor = None,
) -> None:
    """Sign or countersign a report.

    Signs in place (PAdES B-B). The first signature allows only further signatures after it.
    """
    from compliance.conduct.sealing import Sealing, seal_file

    seal_file(file, Sealing(name, p12, passphrase_fd), place)
    typer.echo(f"Signed as {place}: {file}\nAnybody can check it: compliance verify {file}")
