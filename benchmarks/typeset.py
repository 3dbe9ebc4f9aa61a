"""The same content set by typst, another engine, in a layout written for it: blocks, no columns."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from measuring import BUILD, run

_PINNED = "typst==0.15.2"
_HOME = BUILD / "typst"
_PROGRAM = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
_HEAD = '#set page("us-letter", numbering: "1 of 1")\n#set text(size: 9.6pt)\n'


def prepare(result: Mapping[str, Any], path: Path) -> Callable[[], float]:
    """Write the source, and return what sets it and says the seconds of the processor."""
    python = _install()
    path.write_text(_HEAD + "\n".join(_lines(result)), encoding="utf-8")
    return lambda: run([str(python), "-c", _PROGRAM, str(path), f"{path}.pdf"]).cpu


def _install() -> Path:
    python = _HOME / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", _HOME], check=True)
        pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
        subprocess.run([*pip, _PINNED], check=True)
    return python


def _lines(result: Mapping[str, Any]) -> Iterator[str]:
    for section, found in groupby(result["findings"], key=lambda one: one["section"]):
        yield f"= {_plain(section)}"
        for one in found:
            yield from _entry(one)
    yield "= Sources"
    for source in result["sources"]:
        yield f"*{_plain(source['citation'])}* {_plain(source['title'])} {_plain(source['says'])}\n"


def _entry(finding: Mapping[str, Any]) -> Iterator[str]:
    [thing] = finding["things"]
    yield f"\n*{_plain(finding['ask'])}*\n"
    standing = (finding[key] for key in ("conclusion", "force", "grade", "depth", "requirement"))
    yield _plain(" · ".join(standing)) + "\n"
    yield f"Answer: {_plain(thing['said'])} {_plain(thing['reason'])}\n"
    for note in thing["notes"]:
        yield f"Note: {_plain(note['text'])}\n"
    if finding["gap_grade"]:
        yield from (f"{_plain(finding[key])}\n" for key in ("fix", "why", "yes_if"))
    yield f"Source: {_plain('; '.join(finding['cite']))}\n"


def _plain(text: str) -> str:
    """Return text in which nothing is markup to typst."""
    return "".join(
        letter if letter.isalnum() or letter == " " else f"\\{letter}" for letter in text
    )
