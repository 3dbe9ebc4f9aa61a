"""The ways to change a signed report, and what each is called (the table of the design notes)."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from compliance.errors import InputError
from compliance.signing.inspect import Inspection, attachments, inspect_pdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from conftest import People


@dataclass(frozen=True)
class Told:
    """What the inspection says of a changed file, one entry a signature."""

    intact: list[bool]
    changes: list[str]
    docmdp_ok: list[bool]
    covers: list[str]
    whole: bool


def _told(seen: Inspection) -> Told:
    verdicts = seen.signatures
    return Told(
        [verdict.intact for verdict in verdicts],
        [verdict.changes_after for verdict in verdicts],
        [verdict.docmdp_ok for verdict in verdicts],
        [verdict.covers for verdict in verdicts],
        seen.whole_file_covered,
    )


def _updated(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def _white_box(writer: IncrementalPdfFileWriter) -> None:
    paint = generic.StreamObject(stream_data=b"1 1 1 rg 0 0 600 900 re f")
    writer.add_stream_to_page(0, writer.add_object(paint))


def _note(writer: IncrementalPdfFileWriter) -> None:
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (10, 10, 90, 40))),
            pdf_name("/Contents"): generic.pdf_string("No gaps were found."),
        }
    )
    writer.register_annotation(writer.find_page_for_modification(0)[0], writer.add_object(note))


def _other_file(writer: IncrementalPdfFileWriter) -> None:
    specification: Any = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]
    content = generic.StreamObject(stream_data=b'{"gaps": 0}')
    specification["/EF"][pdf_name("/F")] = writer.add_object(content)
    writer.update_container(specification["/EF"])


@pytest.mark.parametrize("change", [_white_box, _note, _other_file])
def test_what_is_put_over_a_signed_report_is_forbidden(
    signed_twice: bytes, now: datetime, change: Callable[[IncrementalPdfFileWriter], None]
) -> None:
    changed = _updated(signed_twice, change)
    assert _told(inspect_pdf(changed, at=now)) == Told(
        intact=[True, True],
        changes=["forbidden", "forbidden"],
        docmdp_ok=[False, False],
        covers=["whole revision", "whole revision"],
        whole=False,
    )


def test_the_replaced_file_is_the_one_that_comes_out(signed_twice: bytes) -> None:
    assert b'{"gaps": 0}' in attachments(_updated(signed_twice, _other_file)).values()


def test_one_bit_of_the_page_breaks_both_signatures(signed_twice: bytes, now: datetime) -> None:
    with pikepdf.open(BytesIO(signed_twice)) as pdf:
        drawn = pdf.pages[0].Contents.read_raw_bytes()
    place = signed_twice.index(drawn) + len(drawn) // 2
    changed = bytearray(signed_twice)
    changed[place] ^= 1
    seen = inspect_pdf(bytes(changed), at=now)
    assert [verdict.intact for verdict in seen.signatures] == [False, False]
    assert [verdict.valid for verdict in seen.signatures] == [True, True]


def test_one_digit_inside_the_first_signature_breaks_the_second(
    signed_twice: bytes, now: datetime
) -> None:
    start = signed_twice.index(b"/Contents <30") + 11
    end = signed_twice.index(b">", start) - 1
    changed = signed_twice[: end - 1] + b"1" + signed_twice[end:]
    told = _told(inspect_pdf(changed, at=now))
    assert told.intact == [True, False]
    assert told.covers == ["part", "whole file"]


@pytest.mark.parametrize("filling", [b"7", b"f"])
def test_the_gap_of_the_last_signature_hides_nothing(
    signed_once: bytes, now: datetime, filling: bytes
) -> None:
    end = signed_once.index(b">", signed_once.index(b"/Contents <30"))
    changed = signed_once[: end - 1] + filling + signed_once[end:]
    seen = inspect_pdf(changed, at=now)
    assert seen.signatures[0].covers == "part"
    assert not seen.whole_file_covered


def test_a_letter_s_case_inside_the_signature_is_noticed(signed_once: bytes, now: datetime) -> None:
    start = signed_once.index(b"/Contents <30") + 11
    place = next(i for i in range(start, start + 99) if signed_once[i : i + 1].isalpha())
    lower = signed_once[place : place + 1].lower()
    changed = signed_once[:place] + lower + signed_once[place + 1 :]
    assert not inspect_pdf(changed, at=now).whole_file_covered


def test_a_rewritten_file_is_not_intact(signed_twice: bytes, now: datetime) -> None:
    written = BytesIO()
    with pikepdf.open(BytesIO(signed_twice)) as pdf:
        pdf.attachments["extra.txt"] = pikepdf.AttachedFileSpec(pdf, b"extra")
        pdf.save(written)
    told = _told(inspect_pdf(written.getvalue(), at=now))
    assert told.intact == [False, False]
    assert told.changes == ["forbidden", "forbidden"]
    assert not told.whole


def test_stripped_signatures_leave_empty_fields(signed_twice: bytes, now: datetime) -> None:
    written = BytesIO()
    with pikepdf.open(BytesIO(signed_twice)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            del field.V
        pdf.save(written)
    seen = inspect_pdf(written.getvalue(), at=now)
    assert seen.signatures == ()
    assert [(field.name, field.signed) for field in seen.fields] == [
        ("sig_auditor", False),
        ("sig_owner", False),
    ]


def test_a_countersignature_that_was_cut_off_is_an_empty_field(
    signed_once: bytes, signed_twice: bytes, now: datetime
) -> None:
    seen = inspect_pdf(signed_twice[: len(signed_once)], at=now)
    assert [field.signed for field in seen.fields] == [True, False]
    assert seen.whole_file_covered


def test_an_uninvited_third_signature_is_listed_by_name(
    signed_twice: bytes, people: People, sign: Callable[..., bytes], now: datetime
) -> None:
    with_field = _updated(
        signed_twice,
        lambda writer: append_signature_field(writer, SigFieldSpec("sig_third")),
    )
    seen = inspect_pdf(sign(with_field, people.stranger, "sig_third"), at=now)
    assert [verdict.signer for verdict in seen.signatures] == [
        "Dana Reyes",
        "Ann Lee",
        "Nobody Asked",
    ]
    assert [verdict.changes_after for verdict in seen.signatures] == ["allowed", "allowed", "none"]
    assert seen.fields[2].name == "sig_third"


@pytest.mark.parametrize(
    "garbage",
    [b"\n", b"  \r\n", b"garbage", b"%%EOF\n", b"startxref\n", b"x" * 5000, b"%%EOF" * 900],
)
def test_bytes_after_the_end_are_counted_and_not_covered(
    signed_twice: bytes, now: datetime, garbage: bytes
) -> None:
    seen = inspect_pdf(signed_twice + garbage, at=now)
    assert seen.trailing_bytes == len(garbage)
    assert not seen.whole_file_covered
    assert [verdict.intact for verdict in seen.signatures] == [True, True]


@pytest.mark.parametrize("cut", [8, 300, 5000])
def test_a_file_that_was_cut_off_is_no_earlier_revision(
    signed_twice: bytes, now: datetime, cut: int
) -> None:
    with pytest.raises(InputError, match="cut off"):
        inspect_pdf(signed_twice[:-cut], at=now)


def test_a_lost_line_end_after_the_last_mark_leaves_a_readable_file(
    signed_twice: bytes, now: datetime
) -> None:
    assert signed_twice.endswith(b"%%EOF\n")
    seen = inspect_pdf(signed_twice[:-1], at=now)
    assert not seen.whole_file_covered
    assert [verdict.intact for verdict in seen.signatures] == [True, False]


def test_one_signature_shown_in_two_fields_is_told_twice(signed_once: bytes, now: datetime) -> None:
    def shared(writer: IncrementalPdfFileWriter) -> None:
        first, second = (field.get_object() for field in writer.root["/AcroForm"]["/Fields"])
        second[pdf_name("/V")] = first.raw_get("/V")
        writer.update_container(second)

    seen = inspect_pdf(_updated(signed_once, shared), at=now)
    assert [verdict.field for verdict in seen.signatures] == ["sig_auditor", "sig_owner"]
    assert not seen.whole_file_covered
