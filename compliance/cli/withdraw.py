"""`compliance withdraw`: blanks a text that should not have been typed."""

from typing import Annotated

import typer

from compliance.cli.options import Day, Folder


def withdraw(
    folder: Folder,
    number: Annotated[
        int | None,
        typer.Argument(
            metavar="EVENT", help="The event whose text is blanked; leave out to list them."
        ),
    ] = None,
    why: Annotated[str, typer.Option(metavar="TEXT", help="Why; it stands in the report.")] = "",
    auditor: Annotated[str | None, typer.Option(metavar="NAME", help="Who withdraws it.")] = None,
    day: Day = None,
) -> None:
    """Blank a typed text for good.

    Who did so, and why, stands in the report.
    """
    from datetime import UTC, datetime

    from compliance.conduct.opening import find_audit
    from compliance.conduct.telling import tell_rendering_again, tell_texts, tell_withdrawn
    from compliance.errors import InputError
    from compliance.walk.recording import REPORT, look, resume

    audit = find_audit(folder, day)
    if number is None:
        typer.echo(tell_texts(look(audit, lambda: datetime.now(UTC))))
        return
    if not why.strip():
        raise InputError("Say why the text is withdrawn: --why TEXT. It stands in the report.")
    with resume(audit, lambda: datetime.now(UTC), auditor or "") as recording:
        recording.withdraw(number, why.strip())
        typer.echo(tell_withdrawn(recording, number))
    typer.echo(tell_rendering_again(folder, audit / REPORT))
