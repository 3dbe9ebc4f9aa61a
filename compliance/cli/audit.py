"""`compliance audit`: creates or resumes an audit, walks it, and ends with the report."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from compliance.cli.options import (
    P12,
    Added,
    Cert,
    Day,
    Descriptor,
    Folder,
    Key,
    KeyLabel,
    LargePrint,
    Module,
    Paper,
    SignAs,
    Themed,
    TimestampUrl,
    Token,
)


def audit(  # noqa: PLR0917 - typer makes every parameter an option
    folder: Folder,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="The day of the audit; today if left out."),
    ] = None,
    day: Day = None,
    depth: Annotated[
        Literal["quick", "core", "deep"] | None,
        typer.Option("--depth", help="How deep to ask; core if left out."),
    ] = None,
    order: Annotated[
        Literal["law", "building"] | None,
        typer.Option(
            "--order", help="Follow the law (first what an inspector asks) or the building."
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="CHECKLIST", help="Only this checklist; may be given again."
        ),
    ] = None,
    checklists: Added = None,
    profile: Annotated[
        Path | None,
        typer.Option(
            "--profile", metavar="FILE", help="The clinic's facts; FOLDER/clinic.yaml if left out."
        ),
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option(
            "--answers", metavar="FILE", help="Take the answers from this file; nothing is asked."
        ),
    ] = None,
    auditor: Annotated[str | None, typer.Option(metavar="NAME", help="Who audits.")] = None,
    role: Annotated[
        str | None, typer.Option(metavar="ROLE", help="As what the auditor audits.")
    ] = None,
    privilege: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            help="Only if a lawyer asked for this audit before it began: who, and when.",
        ),
    ] = None,
    signatories: Annotated[
        str | None,
        typer.Option(
            metavar="PLACES",
            help="Who signs, in this order: auditor,owner if left out; auditor,reviewer,owner.",
        ),
    ] = None,
    paper: Paper = "letter",
    large_print: LargePrint = False,
    theme: Themed = None,
    sign_as: SignAs = None,
    p12: P12 = None,
    key: Key = None,
    cert: Cert = None,
    pkcs11: Module = None,
    token: Token = None,
    key_label: KeyLabel = None,
    passphrase_fd: Descriptor = None,
    timestamp_url: TimestampUrl = None,
    json: Annotated[
        bool,
        typer.Option(
            "--json", help="End with the conclusion and the counts as JSON on standard output."
        ),
    ] = False,
) -> None:
    """Audit a clinic and end with a signed report.

    Walks through the checklists, question by question. Creates the audit in FOLDER, or resumes the one that is not concluded. Every answer is saved
    at once; “stop” or Ctrl-C loses nothing.
    """
    from compliance.conduct.auditing import conduct
    from compliance.conduct.opening import Wish
    from compliance.conduct.pen import KeySource, ProofSource
    from compliance.conduct.rendering import choose_look
    from compliance.conduct.sealing import Sealing

    wish = Wish(
        as_of=as_of,
        audit=day,
        depth=depth,
        order=order,
        only=tuple(only or ()),
        checklists=tuple(checklists or ()),
        profile=profile,
        auditor=auditor,
        role=role,
        privilege=privilege,
        signatories=tuple(one.strip() for one in signatories.split(","))
        if signatories is not None
        else (),
    )
    look = choose_look("full", paper, theme, large_print=large_print)
    source = KeySource(sign_as, p12, key, cert, pkcs11, token, key_label)
    sealing = Sealing(source, ProofSource(timestamp_url), passphrase_fd)
    conduct(folder, wish, answers, sealing, look, as_json=json)
