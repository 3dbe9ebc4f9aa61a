"""`compliance sign`: signs a report that was not signed at the end of the walk, or countersigns it."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.options import (
    P12,
    Cert,
    Chain,
    Crls,
    Descriptor,
    Key,
    KeyLabel,
    LongTerm,
    Module,
    SignAs,
    TimestampUrl,
    Token,
)


def sign(  # noqa: PLR0917 - typer makes every parameter an option
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The report, a PDF.")],
    sign_as: SignAs = None,
    place: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="PLACE",
            help="The place that is signed: auditor (if left out), owner, or another of the report.",
        ),
    ] = None,
    p12: P12 = None,
    key: Key = None,
    cert: Cert = None,
    pkcs11: Module = None,
    token: Token = None,
    key_label: KeyLabel = None,
    passphrase_fd: Descriptor = None,
    timestamp_url: TimestampUrl = None,
    long_term: LongTerm = False,
    crl: Crls = None,
    chain: Chain = None,
) -> None:
    """Sign or countersign a report.

    Signs in place, one place after the other. The first signature allows only further signatures after it.

    Works offline. Only --timestamp-url and --long-term ask others over the network; without their answer nothing is signed.
    """
    from compliance.conduct.pen import KeySource, ProofSource
    from compliance.conduct.sealing import Sealing, seal_file
    from compliance.terminal.prompts import Screen

    source = KeySource(sign_as, p12, key, cert, pkcs11, token, key_label)
    proof = ProofSource(timestamp_url, long_term, tuple(crl or ()), tuple(chain or ()))
    screen = Screen(sys.stdin, sys.stdout)
    sealed = seal_file(
        file,
        Sealing(source, proof, passphrase_fd),
        place,
        lambda text: screen.say(text, hang="     "),
    )
    for note in sealed.notes:
        typer.echo(f"Note: {note}", err=True)
    typer.echo(f"Signed as {sealed.place}: {file}\nAnybody can check it: compliance verify {file}")
