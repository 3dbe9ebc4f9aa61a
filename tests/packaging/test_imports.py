"""The quick commands start quickly: they load no heavy library."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"cryptography", "docx", "jinja2", "pyhanko", "tinyhtml5", "weasyprint"}


@pytest.mark.parametrize("command", [["--help"], ["lint", "checklists"]], ids=" ".join)
def test_a_quick_command_loads_no_heavy_library(command: list[str]) -> None:
    """Python itself lists what it imports, so that nothing done at exit can hide it."""
    python = [sys.executable, "-X", "importtime", "-m", "compliance"]
    done = subprocess.run(
        [*python, *command], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}
    assert done.returncode == 0, done.stdout
    assert "compliance" in loaded
    assert loaded & HEAVY == set()
