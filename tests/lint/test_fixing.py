"""What is safe is mended: the file says the same, and the rule is silent after."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.conduct.linting import Errand, fix, lint
from compliance.lint.fixing import mend
from compliance.lint.rules.form.key_order import ORDER
from compliance.text.yaml_text import parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from conftest import LintFiles, Put

DAY = date(2026, 11, 23)
BROKEN = {
    "true and false": "applies_when: {buys_stock: True}\nunless: {buys_stock: false}",
    "keys in disorder": "minutes: 1\nwhy: >-\n  A text\n  of two lines.\n# About the fix.\nfix: Mend it.",
    "an unused remark": "why: Because.\n# lint-ignore W303: nothing here\nfix: Mend it.\nminutes: 1  # lint-ignore W301: no",
}


@pytest.fixture
def folder(tmp_path: Path, pack: Mapping[str, bytes]) -> Path:
    """The small pack on the disk."""
    for name, raw in pack.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(raw)
    return tmp_path


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_mended_file_says_the_same_and_is_silent(
    text: str, pack: Mapping[str, bytes], folder: Path, put: Put
) -> None:
    spoiled = put(pack, "requirement", text)["trial.yaml"]
    (folder / "trial.yaml").write_bytes(spoiled)
    errand = Errand((folder,), DAY)
    assert fix(errand) == [str(folder / "trial.yaml")]
    mended = (folder / "trial.yaml").read_text("utf-8")
    before, _ = parse(spoiled.decode(), "x")
    after, _ = parse(mended, "x")
    assert before
    assert after
    assert after.data == before.data
    assert [one.rule.name for one in lint(errand).findings if one.rule.fix] == []
    assert sorted(line.strip() for line in mended.splitlines() if "About" in line) == (
        ["# About the fix."] if "About" in text else []
    )


def test_nothing_to_mend_leaves_the_bytes(folder: Path) -> None:
    before = (folder / "trial.yaml").read_bytes()
    assert fix(Errand((folder,), DAY)) == []
    assert (folder / "trial.yaml").read_bytes() == before


@given(
    order=st.permutations([name for name in ORDER if name not in {"for_each", "answer", "unless"}])
)
def test_keys_in_any_disorder_come_into_order(
    order: list[str], pack: Mapping[str, bytes], lint_files: LintFiles, put: Put
) -> None:
    values = {
        "id": "tried",
        "cite": "[paper]",
        "force": "consensus",
        "grade": "minor",
        "depth": "core",
        "ask": ">-\n  Is it\n  so?",
        "applies_when": "\n  buys_stock: yes",
        "look_at": "\n  - the lock\n  - the key",
        "evidence": "none",
        "minutes": "1",
    }
    text = "\n".join(f"{name}: {values.get(name, 'A plain text.')}" for name in order)
    files = put(pack, "requirement", text)
    document, _ = parse(files["trial.yaml"].decode(), "trial.yaml")
    assert document
    findings = [one for one in lint_files(files) if one.diagnostic.file == "trial.yaml"]
    mended = mend(document, findings) or document.text
    after = {**files, "trial.yaml": mended.encode()}
    assert "key-order" not in [one.rule.name for one in lint_files(after)]
    read, _ = parse(mended, "trial.yaml")
    assert read
    assert read.data == document.data
