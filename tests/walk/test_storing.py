"""Writing to disk: a file is whole or as it was, and what was appended is whole lines."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.errors import SurroundingsError
from compliance.walk.storing import append_flushed, make_folder, write_beside


def refuse_with(number: int) -> Callable[[int], None]:
    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


FULL = """
import resource, sys
from pathlib import Path
from compliance.errors import SurroundingsError
from compliance.walk.storing import append_flushed

path, limit = Path(sys.argv[1]), int(sys.argv[2])
size = path.stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + limit, size + limit))
line = b"x" * 999 + b"\\n"
try:
    while True:
        append_flushed(path, line, size)
        size += len(line)
        print(size, flush=True)
except SurroundingsError as error:
    sys.exit(str(error))
"""


@pytest.mark.parametrize("limit", [0, 1, 999, 1000, 1001, 5500])
def test_a_file_that_cannot_grow_keeps_its_whole_lines_only(tmp_path: Path, limit: int) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(b"first\n")
    command = [sys.executable, "-c", FULL, str(path), str(limit)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 1
    assert "cannot be written: File too large." in ran.stderr
    acknowledged = [6, *map(int, ran.stdout.split())]
    assert path.stat().st_size == acknowledged[-1] == 6 + limit // 1000 * 1000
    assert path.read_bytes().endswith(b"\n")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
def test_a_line_that_the_disk_refuses_is_taken_back_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(b"first\n")
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", refuse_with(number))
        with pytest.raises(SurroundingsError) as caught:
            append_flushed(path, b"second\n", 6)
    assert str(caught.value).startswith(f"“{path}” cannot be written: {os.strerror(number)}.")
    assert "What was saved before is safe" in str(caught.value)
    append_flushed(path, b"third\n", 6)
    assert path.read_bytes() == b"first\nthird\n"


def test_an_append_that_is_broken_off_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "journal.jsonl"
    path.write_bytes(b"first\n")
    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        append_flushed(path, b"second\n", 6)
    assert path.read_bytes() == b"first\n"


@pytest.mark.parametrize("found", [b"first\nmore", b"first\nmore\n", b"fir"])
def test_a_file_that_something_else_wrote_to_takes_no_more(tmp_path: Path, found: bytes) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(found)
    with pytest.raises(SurroundingsError, match="was changed by something else"):
        append_flushed(path, b"second\n", 6)
    assert path.read_bytes() == found


def test_appending_to_a_file_that_vanished_is_said(tmp_path: Path) -> None:
    with pytest.raises(SurroundingsError, match="No such file"):
        append_flushed(tmp_path / "journal.jsonl", b"x\n", 0)
    assert list(tmp_path.iterdir()) == []


def test_a_file_keeps_its_content_when_the_disk_refuses_and_its_mode_when_it_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "deep" / "a.txt"
    write_beside(path, b"old")
    path.chmod(0o640)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", refuse_with(errno.ENOSPC))
        with pytest.raises(SurroundingsError, match="No space left on device"):
            write_beside(path, b"new")
    assert (path.read_bytes(), list(path.parent.iterdir())) == (b"old", [path])
    write_beside(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)


def test_a_folder_where_a_file_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(SurroundingsError, match=r"a” cannot be written: Is a directory"):
        write_beside(tmp_path / "a", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_file_where_a_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(SurroundingsError, match="a/b” cannot be written: Not a directory"):
        make_folder(tmp_path / "a" / "b")


def test_a_read_only_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(SurroundingsError, match="cannot be written: Read-only file system"):
        make_folder(tmp_path / "a")
