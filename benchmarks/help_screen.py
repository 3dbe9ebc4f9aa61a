"""`compliance --help` beside the smallest typer program there can be."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from measuring import Row, Series, Spent, run_in_turns

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
    """Yield whole processes, on the clock and on the processor; the same interpreter for all.

    Both ways to start are measured, since they begin in different places.
    """
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "greet.py")
        program.write_text(_PEER, encoding="utf-8")
        installed, module, peer = run_in_turns(
            [str(Path(sys.executable).with_name("compliance")), "--help"],
            [sys.executable, "-m", "compliance", "--help"],
            [sys.executable, str(program), "--help"],
            rounds=_ROUNDS,
        )
    for name, ours in (("compliance --help", installed), ("-m compliance --help", module)):
        yield from _compare(name, ours, peer)


def _compare(name: str, ours: Sequence[Spent], peer: Sequence[Spent]) -> Iterator[Row]:
    alone = "one-command typer program"
    yield Row(
        Series(f"{name}, wall", tuple(each.wall * 1000 for each in ours), "ms"),
        Series(alone, tuple(each.wall * 1000 for each in peer), "ms"),
        _TARGET,
    )
    yield Row(
        Series(f"{name}, CPU", tuple(each.cpu * 1000 for each in ours), "ms"),
        Series(alone, tuple(each.cpu * 1000 for each in peer), "ms"),
        _TARGET,
    )
