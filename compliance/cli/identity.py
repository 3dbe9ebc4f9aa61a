"""`compliance identity`: keys and certificates to sign with."""

from typing import Annotated

import typer

from compliance.cli.options import Descriptor

app = typer.Typer(help="Make and list identities to sign with.", no_args_is_help=True)


@app.command("new")
def new(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The person's name, as it is printed.")
    ],
    organisation: Annotated[str, typer.Option(metavar="TEXT", help="The clinic or firm.")] = "",
    passphrase_fd: Descriptor = None,
) -> None:
    """Make a key and a self-made certificate.

    The key (ECDSA P-256) lies in a file that only the passphrase opens; nobody can recover it.
    """
    from compliance.conduct.sealing import make_identity_for

    path, certificate = make_identity_for(name, organisation, passphrase_fd)
    typer.echo(f"Identity: {path}\nCertificate to hand out: {certificate}")


@app.command("list")
def list_() -> None:
    """List the identities there are."""
    from compliance.conduct.identities import identities_folder, list_identities

    names = list_identities()
    typer.echo("\n".join(names) if names else f"There are none in {identities_folder()}.")
