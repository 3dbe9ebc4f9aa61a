"""Measures what must be quick beside a peer, in the same run, and prints one table.

Names of benchmarks may be given; all of them otherwise. Exit code 1 when a target was missed.
"""

import sys
from collections.abc import Callable, Iterator, Mapping

import answer_recording
import checklist_reading
import help_screen
import linting
import report_peers
import report_rendering
import report_scaling
from measuring import Row, draw_table

BENCHMARKS: Mapping[str, Callable[[], Iterator[Row]]] = {
    "help": help_screen.measure,
    "reading": checklist_reading.measure,
    "linting": linting.measure,
    "rendering": report_rendering.measure,
    "scaling": report_scaling.measure,
    "peers": report_peers.measure,
    "recording": answer_recording.measure,
}


def main(names: list[str]) -> int:
    """Measure, print, and return the exit code."""
    rows: list[Row] = []
    for name in names or BENCHMARKS:
        print(f"Measuring {name} …", file=sys.stderr)
        rows += BENCHMARKS[name]()
    print(*draw_table(rows), sep="\n")
    return int(any(row.missed for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
