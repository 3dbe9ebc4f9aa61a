"""A report made again from a report: the same bytes, another view, and never a traceback."""

from __future__ import annotations

import base64
import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from compliance.conduct.remaking import Asked, check_use, remake_report, write_again
from compliance.conduct.rendering import render_files
from compliance.errors import InputError
from compliance.report.carried import to_json
from compliance.report.look import Look, Theme, look_data
from compliance.report.received import receive
from compliance.signing.inspect import attachments

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Made

    from compliance.conduct.exporting import Format


@pytest.fixture
def signed(made: Made, tmp_path: Path) -> Path:
    path = tmp_path / "report.pdf"
    path.write_bytes(made.signed)
    return path


def test_a_signed_report_gives_the_bytes_that_were_signed(made: Made, signed: Path) -> None:
    again = remake_report(signed, Asked())
    assert again == made.unsigned
    assert made.signed.startswith(again)


def test_a_report_of_another_look_keeps_it(made: Made, tmp_path: Path) -> None:
    look = Look(paper="a4", large_print=True, theme=Theme(firm="Whitfield", accent="#5b3a8c"))
    theirs = render_files({**made.files, "look.json": to_json(look_data(look))})
    (tmp_path / "theirs.pdf").write_bytes(theirs)
    assert remake_report(tmp_path / "theirs.pdf", Asked()) == theirs


def test_another_paper_is_another_report_of_the_same_data(made: Made, signed: Path) -> None:
    again = remake_report(signed, Asked(paper="a4"))
    files = attachments(again)
    assert files["result.json"] == made.files["result.json"]
    assert json.loads(files["look.json"])["paper"] == "a4"
    assert again != made.unsigned


def test_another_view_carries_no_files(signed: Path) -> None:
    assert attachments(remake_report(signed, Asked(view="actions"))) == {}


@pytest.mark.parametrize("kind", ["html", "markdown", "docx"])
def test_every_format_is_made_from_a_report_alone(signed: Path, kind: Format) -> None:
    target = signed.with_suffix(".other")
    write_again(signed, target, Asked(), kind)
    assert target.stat().st_size > 2_000
    target.write_text("mine", "utf-8")
    with pytest.raises(InputError):
        write_again(signed, target, Asked(), kind)
    assert target.read_text("utf-8") == "mine"


def test_a_signed_report_is_not_overwritten_by_itself(made: Made, signed: Path) -> None:
    with pytest.raises(InputError, match="is signed and is not overwritten"):
        write_again(signed, signed, Asked())
    assert signed.read_bytes() == made.signed


@pytest.mark.parametrize(
    ("use", "said"),
    [
        ((None, None, None, None), "Name the clinic's folder, or a report with --from"),
        (("here", "a.pdf", None, None), "not both"),
        ((None, "a.pdf", None, None), "Say where to write it: -o again.pdf"),
        ((None, "a.pdf", "b.pdf", "2026-11-23"), "--audit names an audit in a folder"),
    ],
)
def test_wrong_use_is_said(use: Any, said: str) -> None:  # noqa: ANN401 - paths are only told apart from None
    with pytest.raises(InputError, match=said):
        check_use(*use)


def picture(kind: str, side: int) -> str:
    written = BytesIO()
    Image.new("RGB", (side, 4)).save(written, kind)
    return base64.b64encode(written.getvalue()).decode()


HASH = "ab" * 32
WRONG: dict[str, tuple[str, Callable[[Any], object], str]] = {
    "no such grade": (
        "result.json",
        lambda data: data["findings"][0].update(grade="grave"),
        "“findings.0.grade”",
    ),
    "a text for a list": ("result.json", lambda data: data.update(scores="none"), "“scores”"),
    "a source that is not there": ("result.json", lambda data: data["sources"].clear(), "cite"),
    "another schema": (
        "result.json",
        lambda data: data.update(schema="x"),
        "not of the schema “clinic-compliance/result/1”",
    ),
    "a paper of another planet": ("look.json", lambda data: data.update(paper="b9"), "look.json"),
    "a picture that is none": (
        "thumbnails.json",
        lambda data: data.update({HASH: "aGVsbG8="}),
        "the picture abababababab… in thumbnails.json is damaged",
    ),
    "a picture of any size": (
        "thumbnails.json",
        lambda data: data.update({HASH: picture("PNG", 60_000)}),
        "is too large",
    ),
    "a picture by any name": (
        "thumbnails.json",
        lambda data: data.update({"../x": picture("JPEG", 8)}),
        "is not named by a hash",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_breaks_its_form_is_named_before_anything_is_drawn(made: Made, what: str) -> None:
    name, change, said = WRONG[what]
    data = json.loads(made.files[name])
    change(data)
    with pytest.raises(InputError, match=said):
        receive({**made.files, name: json.dumps(data).encode()})


@pytest.mark.parametrize("name", ["result.json", "look.json", "thumbnails.json"])
@pytest.mark.parametrize("raw", [b"", b"7", b"[]", b"null", b"{", b"[" * 99_999])
def test_nonsense_is_named_too(made: Made, name: str, raw: bytes) -> None:
    with pytest.raises(InputError):
        receive({**made.files, name: raw})


def test_a_picture_of_ours_is_taken(made: Made) -> None:
    small = to_json({HASH: picture("JPEG", 216)})
    assert receive({**made.files, "thumbnails.json": small})


def test_a_report_without_a_result_is_none_of_ours(made: Made) -> None:
    with pytest.raises(InputError, match=r"carries no result\.json"):
        receive({name: raw for name, raw in made.files.items() if name != "result.json"})
