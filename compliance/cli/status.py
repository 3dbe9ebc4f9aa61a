"""`compliance status`: where an audit stands."""

import typer

from compliance.cli.options import Day, Folder


def status(folder: Folder, day: Day = None) -> None:
    """Say where an audit stands."""
    from datetime import UTC, datetime

    from compliance.conduct.opening import find_audit
    from compliance.conduct.telling import tell_status
    from compliance.walk.recording import look

    recording = look(find_audit(folder, day), lambda: datetime.now(UTC))
    typer.echo(tell_status(recording, folder))
