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
    Literal["letter", "a4"],
    typer.Option("--paper", case_sensitive=False, help="The paper that the pages are set for."),
]
LargePrint = Annotated[bool, typer.Option("--large-print", help="Letters half as large again.")]
Themed = Annotated[
    Path | None,
    typer.Option("--theme", metavar="FILE", help="Your firm's name, color and logo (YAML)."),
]
Key = Annotated[
    Path | None,
    typer.Option(
        "--key",
        metavar="FILE",
        help="Sign with your own key: PEM behind a passphrase, with --cert.",
    ),
]
Cert = Annotated[
    Path | None,
    typer.Option("--cert", metavar="FILE", help="The certificate of that key, and those above it."),
]
Module = Annotated[
    Path | None,
    typer.Option(
        "--pkcs11",
        metavar="MODULE",
        help="Sign with a key on a token, by the PKCS#11 library that came with it.",
    ),
]
Token = Annotated[str | None, typer.Option("--token", metavar="LABEL", help="The token's name.")]
KeyLabel = Annotated[
    str | None,
    typer.Option(
        "--key-label", metavar="LABEL", help="The key's name, if the token holds several."
    ),
]
Descriptor = Annotated[
    int | None,
    typer.Option(
        "--passphrase-fd",
        metavar="N",
        help="Read the passphrase or PIN from this file descriptor.",
    ),
]
TimestampUrl = Annotated[
    str | None,
    typer.Option(
        "--timestamp-url",
        metavar="URL",
        help="Have this authority confirm the time (RFC 3161); needs the network.",
    ),
]
LongTerm = Annotated[
    bool,
    typer.Option(
        "--long-term",
        help="Put in proof that no certificate was revoked, and a timestamp over it all.",
    ),
]
Crls = Annotated[
    list[Path] | None,
    typer.Option(
        "--crl",
        metavar="FILE",
        help="With --long-term: take a list of revoked certificates from here; may be given again.",
    ),
]
Chain = Annotated[
    list[Path] | None,
    typer.Option(
        "--chain",
        metavar="FILE",
        help="With --long-term: a certificate that is missing between; may be given again.",
    ),
]
