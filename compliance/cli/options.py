"""Options that several commands share."""

from pathlib import Path
from typing import Annotated, Literal

import typer

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The clinic's folder.")]
Day = Annotated[
    str | None,
    typer.Option(
        "--audit", metavar="DATE", help="Another audit than the newest, such as 2026-11-23."
    ),
]
Added = Annotated[
    list[Path] | None,
    typer.Option("--checklists", metavar="DIR", help="Your own pack of checklists, added to ours."),
]
SignAs = Annotated[
    str | None,
    typer.Option("--sign-as", metavar="NAME", help="Sign with the identity of this name."),
]
P12 = Annotated[
    Path | None, typer.Option("--p12", metavar="FILE", help="Sign with your own PKCS#12 file.")
]
Paper = Annotated[
    Literal["letter", "a4"], typer.Option("--paper", help="The paper that the pages are set for.")
]
LargePrint = Annotated[bool, typer.Option("--large-print", help="Letters half as large again.")]
Themed = Annotated[
    Path | None,
    typer.Option("--theme", metavar="FILE", help="Your firm's name, color and logo (YAML)."),
]
Descriptor = Annotated[
    int | None,
    typer.Option(
        "--passphrase-fd", metavar="N", help="Read the passphrase from this file descriptor."
    ),
]
