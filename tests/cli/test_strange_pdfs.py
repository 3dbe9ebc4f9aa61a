"""A file that is no report of ours: each command that reads one says so in one sentence, and does nothing."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

COMMANDS = {
    "verify": ("verify", "it.pdf"),
    "verify --pages": ("verify", "it.pdf", "--pages"),
    "extract": ("extract", "it.pdf", "-o", "out"),
    "report --from": ("report", "--from", "it.pdf", "-o", "again.pdf"),
    "report --from, as a page": (
        *("report", "--from", "it.pdf", "-o", "again.html", "--format", "html"),
    ),
}


def make(change: Callable[[pikepdf.Pdf], object], **options: Any) -> bytes:  # noqa: ANN401 - passed on
    written = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        pdf.save(written, **options)
    return written.getvalue()


def leave_alone(_pdf: pikepdf.Pdf) -> None:
    """A blank page and nothing else."""


def add_script(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    pdf.Root.OpenAction = action


def attach(name: str, data: bytes) -> Callable[[pikepdf.Pdf], None]:
    def add(pdf: pikepdf.Pdf) -> None:
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, data)

    return add


BLANK = make(leave_alone)
STRANGE = {
    "no PDF": (b"hello\n", "This is not a PDF"),
    "cut off": (BLANK[:-30], "The PDF is cut off"),
    "encrypted": (
        make(leave_alone, encryption=pikepdf.Encryption(owner="a", user="b")),
        "The PDF is encrypted",
    ),
    "garbage": (b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF\n", "it.pdf"),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("what", STRANGE)
def test_what_cannot_be_read_is_said_in_one_sentence(
    run: Run, here: Path, command: str, what: str
) -> None:
    raw, said = STRANGE[what]
    (here / "it.pdf").write_bytes(raw)
    ran = run(*COMMANDS[command])
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith("“it.pdf”: ")
    assert said in ran.err
    assert [one.name for one in here.iterdir()] == ["it.pdf"]


@pytest.mark.parametrize("command", COMMANDS)
def test_half_a_gigabyte_is_refused_before_it_is_read(run: Run, here: Path, command: str) -> None:
    with (here / "it.pdf").open("wb") as stream:
        stream.truncate(500 * 2**20)
    ran = run(*COMMANDS[command])
    assert (ran.code, ran.err) == (2, "“it.pdf” is larger than 200 MiB.\n")
    assert [one.name for one in here.iterdir()] == ["it.pdf"]


def test_a_script_in_a_pdf_is_refused(run: Run, here: Path) -> None:
    (here / "it.pdf").write_bytes(make(add_script))
    ran = run("verify", "it.pdf")
    assert (ran.code, ran.out) == (2, "")
    assert "The PDF holds JavaScript" in ran.err


FOREIGN = {
    "no files": (leave_alone, "carries no"),
    "another file": (attach("invoice.xml", b"<a/>"), "carries no result.json"),
    "a result of another program": (attach("result.json", b'{"schema": "x"}'), "not of the schema"),
    "a result that is none": (
        attach("result.json", b'{"schema": "clinic-compliance/result/1", "clinic": 7}'),
        "“clinic”: it must be a text",
    ),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_a_pdf_of_somebody_else_gives_a_verdict_and_no_report(
    run: Run, here: Path, what: str
) -> None:
    change, said = FOREIGN[what]
    (here / "it.pdf").write_bytes(make(change))
    for command in ("verify", "verify --pages"):
        ran = run(*COMMANDS[command])
        assert (ran.code, ran.err) == (1, "")
        assert "it.pdf does NOT hold." in ran.out
    for command in ("report --from", "report --from, as a page"):
        ran = run(*COMMANDS[command])
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
        assert said in ran.err
    assert [one.name for one in here.iterdir()] == ["it.pdf"]
