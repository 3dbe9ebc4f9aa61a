"""The `compliance` command.

Exit codes, the same for every command: 0 done, whatever an audit concludes; 1 something was
checked and did not pass; 2 wrong use or bad input; 3 environment; 130 Ctrl-C.
This is the one place that catches a `ComplianceError`.
"""

import sys
from typing import Annotated

import typer

from compliance import __version__
from compliance.cli import (
    answers,
    audit,
    checklists,
    diff,
    door,
    explain,
    extract,
    identity,
    lint,
    report,
    scenarios,
    schema,
    show,
    sign,
    states,
    status,
    try_out,
    verify,
    withdraw,
)
from compliance.errors import ComplianceError

app = typer.Typer(
    name="compliance",
    help="Regulatory self-audits for ketamine clinics: walk the checklists, sign the report.",
    epilog="Begin with: compliance audit my-clinic",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
)
app.command("audit")(audit.audit)
app.command("status")(status.status)
app.command("answers")(answers.answers)
app.command("report")(report.report)
app.command("sign")(sign.sign)
app.command("verify")(verify.verify)
app.command("extract")(extract.extract)
app.command("withdraw")(withdraw.withdraw)
app.command("door")(door.door)
app.command("checklists")(checklists.checklists)
app.command("show")(show.show)
app.command("states")(states.states)
app.command("try")(try_out.try_out)
app.command("lint")(lint.lint)
app.command("test")(scenarios.run_scenarios)
app.command("explain")(explain.explain)
app.command("diff")(diff.diff)
app.command("schema")(schema.schema)
app.add_typer(identity.app, name="identity")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"clinic-compliance {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Hold the options that stand before a command."""


def main() -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app()
    except ComplianceError as error:
        sys.stdout.flush()
        sys.stderr.write(f"{error}\n")
        sys.exit(error.exit_code)
