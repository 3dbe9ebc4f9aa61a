"""Two things measured in turn, A B A B, and the row of the table that comes of it."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "bench"

_PEAK_UNIT = 1024**2 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
_HEADINGS = ("what", "ours (min–max)", "beside", "theirs (min–max)", "noise", "ratio", "target")


@dataclass(frozen=True, slots=True)
class Series:
    """What one side took, run by run, in `unit`."""

    name: str
    values: tuple[float, ...]
    unit: str

    @property
    def median(self) -> float:
        """The run in the middle."""
        return statistics.median(self.values)

    @property
    def noise(self) -> float:
        """How far one run lies from the next, as a share of it: the middle of these distances."""
        pairs = zip(self.values, self.values[1:], strict=False)
        steps = [abs(after / before - 1) for before, after in pairs]
        return statistics.median(steps) if steps else 0

    def __str__(self) -> str:
        low, middle, high = min(self.values), self.median, max(self.values)
        return f"{_short(middle)} {self.unit} ({_short(low)}–{_short(high)})"


@dataclass(frozen=True, slots=True)
class Row:
    """Ours beside a peer, run by run; `target` is the largest ratio that is good enough.

    A row without a target is there to be compared with.
    """

    ours: Series
    peer: Series
    target: float | None = None

    @property
    def ratio(self) -> float:
        """Ours over the peer's of the same round, the middle of these: a slow minute slows both."""
        pairs = zip(self.ours.values, self.peer.values, strict=True)
        return statistics.median(ours / peer for ours, peer in pairs)

    @property
    def missed(self) -> bool:
        """Whether there is a target and the ratio lies above it."""
        return self.target is not None and self.ratio > self.target

    def cells(self) -> tuple[str, ...]:
        """Return the row as it is printed."""
        verdict = "missed" if self.missed else "met"
        target = "" if self.target is None else f"{self.target:.2f} {verdict}"
        noise = f"±{self.peer.noise:.0%}" if len(self.peer.values) > 1 else "one run"
        ours, peer = self.ours, self.peer
        return (ours.name, str(ours), peer.name, str(peer), noise, f"{self.ratio:.2f}", target)


@dataclass(frozen=True, slots=True)
class Spent:
    """What a process took, all of it: seconds on the clock, of the processor, and MB at its peak.

    The processor's seconds are those of the program and of the system for it: how they divide,
    the kernel only guesses from ticks of 4 ms, which is coarse beside a start of 60.
    """

    wall: float
    cpu: float
    peak: float
    output: str


def take_turns(*sides: Callable[[], object], rounds: int) -> tuple[tuple[float, ...], ...]:
    """Return the seconds of each side, run in turn for so many rounds after one to warm up."""
    taken: list[list[float]] = [[] for _ in sides]
    for side in sides:
        side()
    for _ in range(rounds):
        for side, seconds in zip(sides, taken, strict=True):
            begun = time.perf_counter()
            side()
            seconds.append(time.perf_counter() - begun)
    return tuple(tuple(seconds) for seconds in taken)


def run_in_turns(
    *commands: Sequence[str], rounds: int, warm: bool = True
) -> tuple[tuple[Spent, ...], ...]:
    """Return what each command took, run in turn for so many rounds after one to warm up.

    Not to be warm saves the one where a run takes minutes.
    """
    for command in commands if warm else ():
        run(command)
    spent = [[run(command) for command in commands] for _ in range(rounds)]
    return tuple(zip(*spent, strict=True))


def run(command: Sequence[str], *, quiet: bool = False) -> Spent:
    """Run a command to its end and return what it took; `quiet` drops what it says beside its output.

    Raises:
        RuntimeError: it failed; with what it said.
    """
    beside = subprocess.DEVNULL if quiet else None
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=beside, text=True)
    output = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {output}")
    return Spent(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _PEAK_UNIT, output)


def draw_table(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the table line by line."""
    table = [_HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(cells[column]) for cells in table) for column in range(len(_HEADINGS))]
    for cells in table:
        yield "  ".join(
            cell.ljust(width) for cell, width in zip(cells, widths, strict=True)
        ).rstrip()


def _short(value: float) -> str:
    """Return a figure with three digits that count."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"  # noqa: PLR2004 - three digits
