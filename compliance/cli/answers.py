"""`compliance answers`: an answers file to fill in an editor."""

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.options import Day, Folder


def answers(
    folder: Folder,
    day: Day = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write it here, not to the screen."),
    ] = None,
) -> None:
    """Write an answers file to fill in an editor.

    It holds what is answered, and every open question as a comment.
    Then: compliance audit FOLDER --answers FILE
    """
    from datetime import UTC, datetime

    from compliance.conduct.opening import find_audit
    from compliance.errors import InputError
    from compliance.walk.answers_writing import write_answers
    from compliance.walk.recording import look
    from compliance.walk.session import Session
    from compliance.walk.storing import write_beside

    recording = look(find_audit(folder, day), lambda: datetime.now(UTC))
    text = write_answers(Session(recording.library, recording.state))
    if output is None:
        typer.echo(text, nl=False)
        return
    if output.exists():
        raise InputError(f"“{output}” exists already and is not overwritten. Name another file.")
    write_beside(output, text.encode())
    typer.echo(f"Written: {output}")
