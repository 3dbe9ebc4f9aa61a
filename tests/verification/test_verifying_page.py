"""What docs/verifying.md says of our lines and of other people's tools."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Made

    from compliance.verification.check import Verification

PAGE = (Path(__file__).parents[2] / "docs" / "verifying.md").read_text("utf-8")


def test_the_page_explains_each_question_and_no_other(
    made: Made, check: Callable[..., Verification]
) -> None:
    section = PAGE.partition("## What each line answers")[2].partition("\n## ")[0]
    explained = re.findall(r"^\| ([A-Z][^|]+?) \|", section, flags=re.MULTILINE)
    found = check(made.signed, folder=made.folder, remake=True)
    asked = [one.question for one in found.checks]
    asked.insert(asked.index("Nothing added after") + 1, "What was changed after signing")
    assert explained == asked


@pytest.fixture
def pdfsig(tmp_path: Path) -> Callable[[bytes], str]:
    """Ask pdfsig about a PDF; it is of poppler-utils, which `make test` installs."""
    if not shutil.which("pdfsig"):
        pytest.skip("pdfsig (poppler-utils) is not installed")

    def ask(pdf: bytes) -> str:
        (tmp_path / "report.pdf").write_bytes(pdf)
        command = ["pdfsig", "report.pdf"]
        ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
        return ran.stdout.partition("Signature #2")[0]

    return ask


def test_pdfsig_agrees_that_a_report_is_whole(made: Made, pdfsig: Callable[[bytes], str]) -> None:
    said = pdfsig(made.signed)
    assert "Signature Validation: Signature is Valid." in said
    assert "- Total document signed" in said
    assert "Signer Certificate Common Name: Dana Reyes" in said


def test_pdfsig_sees_a_changed_byte(made: Made, pdfsig: Callable[[bytes], str]) -> None:
    place = made.signed.index(b"stream\n") + 50
    changed = made.signed[:place] + bytes([made.signed[place] ^ 1]) + made.signed[place + 1 :]
    assert "Signature is Valid" not in pdfsig(changed)


def test_pdfsig_calls_a_report_with_garbage_behind_it_valid(
    made: Made, pdfsig: Callable[[bytes], str], check: Callable[..., Verification]
) -> None:
    said = pdfsig(made.signed + b"garbage")
    assert "Signature Validation: Signature is Valid." in said
    assert "- Not total document signed" in said
    assert not check(made.signed + b"garbage").holds
