"""Reports of four sizes: beside WeasyPrint alone, a requirement at a time, and what the file weighs.

What all sizes share (starting, fonts, the first pages) cancels out where a further requirement is
measured: the larger size less the smaller, over the requirements between them.
"""

import io
import pickle
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from measuring import BUILD, Row, Series, Spent, run, run_in_turns

SIZES = {50: 5, 300: 3, 1_000: 2, 5_000: 1}
"""How many rounds each number of requirements is measured for."""

_TARGET, _LINEAR, _MEMORY, _WEIGHT = 1.05, 1.2, 250.0, 1.5
_FOLDER = BUILD / "rendered"


def measure() -> Iterator[Row]:
    """Yield each size beside WeasyPrint alone, then what a further requirement takes."""
    spent = {size: _render_in_turns(size, rounds) for size, rounds in SIZES.items()}
    for size, (ours, peer) in spent.items():
        yield Row(
            Series(f"render {size:,} requirements, CPU", _cpu(ours), "s"),
            Series("WeasyPrint alone", _cpu(peer), "s"),
            _TARGET,
        )
    small, middle, large = (spent[size][0] for size in (300, 1_000, 5_000))
    yield Row(
        Series("a further requirement, 1,000 to 5,000", (_further(middle, large, 4_000),), "ms"),
        Series("one from 300 to 1,000", (_further(small, middle, 700),), "ms"),
    )
    yield Row(
        Series("a requirement of 5,000", (min(_cpu(large)) * 1000 / 5_000,), "ms"),
        Series("one of 1,000", (min(_cpu(middle)) * 1000 / 1_000,), "ms"),
        _LINEAR,
    )
    memory = (large[0].peak - middle[0].peak) * 1000 / 4_000
    theirs = (spent[5_000][1][0].peak - spent[1_000][1][0].peak) * 1000 / 4_000
    yield Row(Series("its memory", (memory,), "kB"), Series("WeasyPrint alone", (theirs,), "kB"))
    yield Row(Series("its memory", (memory,), "kB"), Series("the target", (_MEMORY,), "kB"), 1)
    yield from _weigh()


def _render_in_turns(size: int, rounds: int) -> tuple[tuple[Spent, ...], ...]:
    given = prepare(size)
    commands = [[sys.executable, __file__, side, str(given)] for side in ("ours", "peer")]
    return run_in_turns(*commands, rounds=rounds, warm=rounds > 1)


def prepare(size: int) -> Path:
    """Return where the HTML of an audit of that size lies, with all that our renderer takes."""
    from synthetic_audit import make_audit  # noqa: PLC0415 - the processes that are measured stay small

    _FOLDER.mkdir(parents=True, exist_ok=True)
    given = _FOLDER / f"{size}.pickle"
    run([sys.executable, __file__, "write", str(given), str(make_audit(size))])
    return given


def _cpu(spent: tuple[Spent, ...]) -> tuple[float, ...]:
    return tuple(float(each.output) for each in spent)


def _further(small: tuple[Spent, ...], large: tuple[Spent, ...], more: int) -> float:
    """Return the milliseconds of one requirement more, by the quickest run of each size."""
    return (min(_cpu(large)) - min(_cpu(small))) * 1000 / more


def _weigh() -> Iterator[Row]:
    """Yield the kilobytes of a further requirement in the file: all of it, and its parts."""
    small, large = (dict(_parts(_FOLDER / f"{size}.pdf")) for size in (300, 1_000))
    for part, bytes_of in large.items():
        weight = (bytes_of - small[part]) / 700 / 1000
        target = 1 if part == "whole file" else None
        name = f"a further requirement in the file: {part}"
        yield Row(Series(name, (weight,), "kB"), Series("the target", (_WEIGHT,), "kB"), target)


def _parts(path: Path) -> Iterator[tuple[str, int]]:
    import pikepdf  # noqa: PLC0415 - only here

    raw = path.read_bytes()
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        pages = sum(len(page.Contents.read_raw_bytes()) for page in pdf.pages)
        attached = sum(len(found.obj.EF.F.read_raw_bytes()) for found in pdf.attachments.values())
    yield "whole file", len(raw)
    yield "what is drawn on pages", pages
    yield "attachments", attached
    yield "tags, links, outline", len(raw) - pages - attached


def _write(given: Path, clinic: Path) -> None:
    """Keep what the report command gives to the renderer, and the report that comes of it."""
    from compliance.conduct import closing, opening, rendering  # noqa: PLC0415 - the parent stays small
    from compliance.report import making, pdf  # noqa: PLC0415 - the same
    from compliance.walk.recording import look  # noqa: PLC0415 - the same

    kept: dict[str, Any] = {}

    def keep(html: str, **others: Any) -> bytes:  # noqa: ANN401 - passed on as they are
        kept.update(others, html=html)
        return pdf.render_pdf(html, **others)

    making.render_pdf = keep
    recording = look(opening.find_audit(clinic), lambda: datetime.now(UTC))
    report = rendering.render_report(recording, closing.result_of(recording))
    given.write_bytes(pickle.dumps(kept))
    given.with_suffix(".pdf").write_bytes(report)


def _render(side: str, given: Path) -> float:
    """Render once, either side under the same fonts; return the seconds of the processor."""
    from report_rendering import render  # noqa: PLC0415 - the parent stays small

    return render(side, pickle.loads(given.read_bytes()))[0]  # noqa: S301 - we wrote it


if __name__ == "__main__":
    if sys.argv[1] == "write":
        _write(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        print(_render(sys.argv[1], Path(sys.argv[2])))
