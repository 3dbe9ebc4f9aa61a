"""`compliance --help` beside the smallest typer program there can be."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measuring import Row, Series, run_in_turns

_ROUNDS = 21
_TARGET = 1.2
_PEER = '''\
import typer

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


@app.command()
def greet(name: str) -> None:
    """Greet somebody."""
    typer.echo(f"Hello {name}")


app()
'''


def measure() -> Iterator[Row]:
    """Yield the whole process, on the clock and on the processor; the same interpreter for both."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "greet.py")
        program.write_text(_PEER, encoding="utf-8")
        ours, peer = run_in_turns(
            [sys.executable, "-m", "compliance", "--help"],
            [sys.executable, str(program), "--help"],
            rounds=_ROUNDS,
        )
    name = "one-command typer program"
    yield Row(
        Series("compliance --help, wall", tuple(each.wall * 1000 for each in ours), "ms"),
        Series(name, tuple(each.wall * 1000 for each in peer), "ms"),
        _TARGET,
    )
    yield Row(
        Series("compliance --help, CPU", tuple(each.cpu * 1000 for each in ours), "ms"),
        Series(name, tuple(each.cpu * 1000 for each in peer), "ms"),
        _TARGET,
    )
