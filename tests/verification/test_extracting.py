"""Taking the files out of a report, ours or anybody's: all of them, and never outside of the folder."""

from __future__ import annotations

import json
import resource
import signal
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.checklist.pack_files import gather
from compliance.conduct.extracting import extract_file, list_files
from compliance.errors import ComplianceError, InputError, SurroundingsError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from conftest import Made

CHECKLISTS = "checklists.json"


@pytest.fixture
def report(made: Made, tmp_path: Path) -> Path:
    path = tmp_path / "report.pdf"
    path.write_bytes(made.signed)
    return path


def carry(pdf: bytes, files: Mapping[str, bytes]) -> bytes:
    """Return the PDF with more files, under any names."""
    written = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        names = opened.Root.Names.EmbeddedFiles.Names
        for name, data in files.items():
            names.append(pikepdf.String(name))
            names.append(pikepdf.AttachedFileSpec(opened, data, filename=name).obj)
        opened.save(written)
    return written.getvalue()


def packs(files: Mapping[str, str], name: str = "pack") -> dict[str, bytes]:
    return {CHECKLISTS: json.dumps([{"name": name, "files": files}]).encode()}


def test_every_carried_file_and_the_checklists_come_out_as_they_went_in(
    made: Made, report: Path, tmp_path: Path
) -> None:
    written = extract_file(report, tmp_path / "out")
    assert {p.relative_to(tmp_path / "out").as_posix() for p in written} == {
        *made.files,
        *(
            f"checklists/small-pack/{name}"
            for name in gather(made.folder / "checklists/small-pack").files
        ),
    }
    for name, content in made.files.items():
        assert (tmp_path / "out" / name).read_bytes() == content
    before, after = made.folder / "checklists", tmp_path / "out" / "checklists"
    assert gather(after / "small-pack").files == gather(before / "small-pack").files


def test_the_folder_is_named_after_the_report_when_none_is_given(report: Path) -> None:
    extract_file(report, None)
    assert (report.parent / "report-files" / "result.json").is_file()


def test_a_disk_that_fills_up_leaves_nothing_that_keeps_the_next_try_from_beginning(
    report: Path, tmp_path: Path
) -> None:
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, limit[1]))
    try:
        with pytest.raises(SurroundingsError, match="cannot be written"):
            extract_file(report, tmp_path / "out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, ignored)
    assert not (tmp_path / "out").exists()
    assert extract_file(report, tmp_path / "out")


def test_nothing_is_overwritten(report: Path, tmp_path: Path) -> None:
    mine = tmp_path / "out" / "result.json"
    mine.parent.mkdir()
    mine.write_text("mine", "utf-8")
    with pytest.raises(InputError, match="is not empty, and nothing is overwritten"):
        extract_file(report, tmp_path / "out")
    with pytest.raises(InputError, match="is no folder"):
        extract_file(report, mine)
    assert mine.read_text("utf-8") == "mine"
    assert [one.name for one in mine.parent.iterdir()] == ["result.json"]


HOSTILE = [
    *(
        "../x",
        "/etc/x",
        "a/b",
        "..",
        ".",
        "",
        "~",
        "~root",
        ".bashrc",
        "C:x",
        "C:\\x",
        "\\\\host\\x",
    ),
    *("a\\b", "con", "CON.json", "nul.tar.gz", "com1", "LPT9.txt", "aux .txt", "x.", "x ", " x"),
    *("a\nb", "a\x00b", "a\x1b[2Jb", "a\u202eb", "x" * 300, "a:stream", "a|b", "a*", '"'),
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_is_no_name_for_a_file_lets_nothing_be_written(name: str) -> None:
    with pytest.raises(InputError, match="Nothing was written") as caught:
        list_files({"result.json": b"{}", name: b"x"})
    assert str(caught.value).isprintable()
    with pytest.raises(InputError):
        list_files(packs({"pack.yaml": "a"}, name))
    with pytest.raises(InputError):
        list_files(packs({f"{name}/x.yaml": "a"})) if name != "a/b" else list_files({name: b""})


def test_a_hostile_name_in_a_pdf_reaches_no_place_outside(
    made: Made, report: Path, tmp_path: Path
) -> None:
    report.write_bytes(carry(made.unsigned, {"../climbed": b"out"}))
    with pytest.raises(InputError, match=r"“\.\./climbed”"):
        extract_file(report, tmp_path / "deep" / "out")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["report.pdf"]


@pytest.mark.parametrize(
    "files",
    [
        {"Result.json": b"", "result.JSON": b""},
        {"Zoe\u0308": b"", "Zo\u00eb": b""},
        {"checklists": b"", **packs({"pack.yaml": "a"})},
        {"Checklists": b"", **packs({"pack.yaml": "a"})},
        packs({"a.yaml": "1", "A.yaml": "2"}),
        packs({"a.yaml": "1", "a.yaml/b.yaml": "2"}),
        packs({"a/x.yaml": "1", "A/y.yaml": "2"}),
    ],
)
def test_two_names_for_one_place_are_refused(files: Mapping[str, bytes]) -> None:
    with pytest.raises(InputError, match="two files for one place"):
        list_files(files)


def test_names_without_end_are_refused_by_their_number(made: Made, report: Path) -> None:
    with pytest.raises(InputError, match="carries 100000 files"):
        list_files({f"n{number}": b"" for number in range(100_000)})
    with pytest.raises(InputError, match="more than 2000 checklist files"):
        list_files(packs({f"n{number}.yaml": "" for number in range(3_000)}))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"7",
        b"[7]",
        b'[{"name": "a"}]',
        b'[{"name": "a", "files": {"a.yaml": 7}}]',
        b"[" * 9999,
    ],
)
def test_checklists_of_another_form_are_said(raw: bytes) -> None:
    with pytest.raises(InputError, match="not formed as this program writes it"):
        list_files({CHECKLISTS: raw})


def test_what_is_no_checklist_is_not_unpacked_as_one() -> None:
    with pytest.raises(InputError, match=r"“run\.sh” as a checklist, and it is none"):
        list_files(packs({"run.sh": "rm"}))


def test_a_pdf_without_files_is_none_of_ours(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(tmp_path / "blank.pdf")
    with pytest.raises(InputError, match=r"blank\.pdf”: The PDF carries no files"):
        extract_file(tmp_path / "blank.pdf", None)
    assert [one.name for one in tmp_path.iterdir()] == ["blank.pdf"]


@given(
    names=st.dictionaries(
        st.text(st.characters() | st.sampled_from("./\\: ~")), st.binary(), max_size=4
    )
)
def test_whatever_the_names_are_nothing_lies_outside_of_the_folder(
    tmp_path_factory: pytest.TempPathFactory, names: dict[str, bytes]
) -> None:
    out = tmp_path_factory.mktemp("any") / "out"
    try:
        found = list_files(names)
    except ComplianceError:
        return
    for path in found:
        assert (out / path).resolve().parent == out.resolve()
