"""The example's report from HTML to PDF beside WeasyPrint alone on the same HTML.

Each rendering has a process of its own, so that its peak of memory is its own; this file is also
what runs in it. Loading WeasyPrint is out of both times. Rendering waits for nothing, so the time
of the processor is what counts; the clock also counts what other programs do meanwhile.
"""

import pickle
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from measuring import BUILD, ROOT, Row, Series, Spent, run, run_in_turns

_ROUNDS = 7
_TARGET = 1.05
_EXAMPLE = ROOT / "examples" / "sunrise"
_CLINIC, _GIVEN = BUILD / "clinic", BUILD / "report.pickle"


def measure() -> Iterator[Row]:
    """Yield the time and the peak of memory; ours carries its attachments, the peer has none."""
    _audit_the_example()
    told = run([sys.executable, __file__, "write"]).output.strip()
    ours, peer = run_in_turns(
        [sys.executable, __file__, "ours"], [sys.executable, __file__, "peer"], rounds=_ROUNDS
    )
    for column, (what, target) in enumerate((("CPU", _TARGET), ("wall", None))):
        yield Row(
            Series(f"render the example, {told}, {what}", _seconds(ours, column), "s"),
            Series("WeasyPrint alone", _seconds(peer, column), "s"),
            target,
        )
    yield Row(
        Series("its peak of memory", tuple(each.peak for each in ours), "MB"),
        Series("WeasyPrint alone", tuple(each.peak for each in peer), "MB"),
    )


def _audit_the_example() -> None:
    shutil.rmtree(_CLINIC, ignore_errors=True)
    files = [
        "--profile",
        str(_EXAMPLE / "clinic.yaml"),
        "--answers",
        str(_EXAMPLE / "answers.yaml"),
    ]
    who = ["--as-of", "2026-11-23", "--auditor", "Dana Whitfield", "--role", "Compliance officer"]
    run([sys.executable, "-m", "compliance", "audit", str(_CLINIC), *files, *who])


def _seconds(spent: tuple[Spent, ...], column: int) -> tuple[float, ...]:
    return tuple(float(each.output.split()[column]) for each in spent)


def _write() -> str:
    """Keep what the report command gives to the renderer, and say how much it is."""
    from compliance.conduct import closing, opening, rendering  # noqa: PLC0415 - the parent stays small
    from compliance.report import making, pdf  # noqa: PLC0415 - the same
    from compliance.walk.recording import look  # noqa: PLC0415 - the same

    given: dict[str, Any] = {}

    def keep(html: str, **others: Any) -> bytes:  # noqa: ANN401 - passed on as they are
        given.update(others, html=html)
        return pdf.render_pdf(html, **others)

    making.render_pdf = keep
    recording = look(opening.find_audit(_CLINIC), lambda: datetime.now(UTC))
    rendering.render_report(recording, closing.result_of(recording))
    _GIVEN.write_bytes(pickle.dumps(given))
    return f"{len(given['html'].encode()) // 1000} kB of HTML"


def render(side: str, given: Mapping[str, Any]) -> tuple[float, float]:
    """Render once, either side under the same fonts; return the seconds of CPU and of the clock."""
    import weasyprint  # type: ignore[import-untyped]  # noqa: PLC0415 - no types; the parent stays small

    from compliance.report.fonts import only_bundled_fonts  # noqa: PLC0415 - the same
    from compliance.report.pdf import render_pdf  # noqa: PLC0415 - the same

    with only_bundled_fonts():
        begun = time.process_time(), time.perf_counter()
        if side == "ours":
            render_pdf(**given)
        else:
            weasyprint.HTML(string=given["html"]).write_pdf(pdf_variant="pdf/a-3a")
        return time.process_time() - begun[0], time.perf_counter() - begun[1]


def _render_kept(side: str) -> str:
    cpu, wall = render(side, pickle.loads(_GIVEN.read_bytes()))  # noqa: S301 - we wrote it
    return f"{cpu} {wall}"


if __name__ == "__main__":
    print(_write() if sys.argv[1] == "write" else _render_kept(sys.argv[1]))
