"""`compliance try`: walks a draft and saves nothing."""

from typing import Annotated

import typer


def try_out(
    draft: Annotated[
        str,
        typer.Argument(
            metavar="FILE[/REQUIREMENT]", help="A checklist file, perhaps one requirement of it."
        ),
    ],
) -> None:
    """Walk a draft; nothing is saved."""
    from compliance.conduct.trying import walk_draft

    walk_draft(draft)
