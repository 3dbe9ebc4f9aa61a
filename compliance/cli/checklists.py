"""`compliance checklists`: what is shipped."""

from typing import Annotated

import typer

from compliance.cli.options import Added


def checklists(
    added: Added = None,
    json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
) -> None:
    """List the checklists and what they ask."""
    from compliance.conduct.opening import load_library
    from compliance.conduct.telling import checklists_json, tell_checklists

    library, _ = load_library(added or ())
    typer.echo(checklists_json(library) if json else tell_checklists(library))
