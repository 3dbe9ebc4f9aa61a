"""Whatever stands in a checklist's place ends in a diagnostic or a checklist: no traceback, no hang."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.checklist.pack_files import MAX_FILES
from compliance.conduct.linting import Errand, lint
from compliance.errors import InputError
from compliance.text.yaml_text import MAX_BYTES, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conftest import LintFiles

HERE = Path(__file__).parent
DAY = date(2026, 11, 23)
CORPUS, _ = parse((HERE / "hostile.yaml").read_text("utf-8"), "hostile.yaml")
assert CORPUS


@pytest.mark.parametrize("name", CORPUS.data)
def test_a_hostile_text_ends_in_a_diagnostic_with_its_place(
    name: str, pack: Mapping[str, bytes], lint_files: LintFiles
) -> None:
    case = CORPUS.data[name]
    text = case["text"] * case.get("times", 1)
    found = lint_files({**pack, "trial.yaml": text.encode()})
    ours = [one.diagnostic for one in found if one.diagnostic.file == "trial.yaml"]
    assert ours
    assert all(one.position.line >= 1 and one.position.column >= 1 for one in ours)
    assert all(len(one.render()) < 2000 for one in ours)


@pytest.mark.parametrize("place", ["facts.yaml", "pack.yaml", "sources/all.yaml"])
@pytest.mark.parametrize(
    "text", ["", "yes", "- a", "a: b", "[", "- id: [a]\n", "groups: 1\nclinic: 2\n"]
)
def test_a_hostile_text_in_any_file_of_a_pack_is_a_diagnostic(
    place: str, text: str, pack: Mapping[str, bytes], lint_files: LintFiles
) -> None:
    found = lint_files({**pack, place: text.encode()})
    assert any(one.diagnostic.file == place and one.rule.severity == "error" for one in found)


@settings(max_examples=150)
@given(data=st.data())
@pytest.mark.slow
def test_a_mutated_shipped_checklist_ends_in_diagnostics_or_a_checklist(
    data: st.DataObject, shipped: Mapping[str, bytes], lint_files: LintFiles
) -> None:
    name = data.draw(st.sampled_from([one for one in shipped if one.startswith("federal/")]))
    raw = bytearray(shipped[name])
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(raw) - 1))
        length = data.draw(st.integers(0, 60))
        raw[start : start + length] = data.draw(
            st.one_of(
                st.binary(max_size=8),
                st.sampled_from(
                    [b": ", b"- ", b"\n", b"  ", b"[", b"}", b"&a", b"yes", b"true", b"'"]
                ),
            )
        )
    for one in lint_files({**shipped, name: bytes(raw)}):
        assert one.diagnostic.position.column >= 1
        assert one.diagnostic.message


def test_bytes_that_are_no_text_are_a_diagnostic(
    pack: Mapping[str, bytes], lint_files: LintFiles
) -> None:
    found = lint_files({**pack, "trial.yaml": b"\xff\xfe\x00i\x00d"})
    assert [one.rule.name for one in found if one.diagnostic.file == "trial.yaml"] == ["not-yaml"]


@pytest.fixture
def folder(tmp_path: Path, pack: Mapping[str, bytes]) -> Path:
    for name, raw in pack.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(raw)
    return tmp_path


def unreadable(folder: Path) -> dict[str, str]:
    found = lint(Errand((folder,), DAY)).findings
    return {
        Path(one.diagnostic.file).name: one.diagnostic.message
        for one in found
        if one.rule.name == "unreadable-file"
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_among_the_files_is_a_diagnostic_and_the_rest_is_linted(folder: Path) -> None:
    os.mkfifo(folder / "pipe.yaml")
    assert "is not a file" in unreadable(folder)["pipe.yaml"]
    assert len(lint(Errand((folder,), DAY)).findings) > 1


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_ring_of_links_is_a_diagnostic_and_no_hang(folder: Path) -> None:
    (folder / "ring.yaml").symlink_to(folder / "ring.yaml")
    (folder / "inside").symlink_to(folder)
    assert "cannot be read" in unreadable(folder)["ring.yaml"]


def test_a_file_that_is_too_large_is_a_diagnostic(folder: Path) -> None:
    (folder / "huge.yaml").write_bytes(b"a: " + b"x" * (MAX_BYTES + 1))
    assert "is larger than 4 MiB" in unreadable(folder)["huge.yaml"]


def test_a_scalar_of_ten_megabytes_is_a_diagnostic(
    pack: Mapping[str, bytes], lint_files: LintFiles
) -> None:
    found = lint_files({**pack, "trial.yaml": b"id: " + b"x" * 10_000_000})
    assert [one.rule.name for one in found if one.diagnostic.file == "trial.yaml"] == ["too-large"]


def test_a_file_that_would_be_passed_over_is_a_diagnostic(folder: Path) -> None:
    (folder / "other.yml").write_text("id: other\n", "utf-8")
    assert "would be passed over" in unreadable(folder)["other.yml"]


def test_a_folder_of_too_many_files_is_refused(folder: Path) -> None:
    for number in range(MAX_FILES):
        (folder / f"{number}.yaml").touch()
    with pytest.raises(InputError, match="more than 2000 YAML files"):
        lint(Errand((folder,), DAY))
