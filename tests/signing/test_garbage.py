"""Whatever bytes come in, a result or one sentence comes out."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.errors import InputError
from compliance.signing.identity import load_identity
from compliance.signing.inspect import attachments, inspect_pdf
from compliance.signing.sign import prepare_for_signing, sign_pdf, signature_fields

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from conftest import People

QUIET = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def _is_sentence(text: str) -> bool:
    return text.endswith(".") and "\n" not in text and len(text) < 260


def _trouble(work: Callable[[], object]) -> str:
    """Return what is said when the work fails in the one way it may fail."""
    try:
        work()
    except InputError as error:
        return str(error)
    return "None."


@pytest.mark.parametrize(
    ("pdf", "said"),
    [
        (b"", "not a PDF"),
        (b"hello", "not a PDF"),
        (b"\n%PDF-1.7\n", "not a PDF"),
        (b"%PDF-1.7\n", "cut off"),
        (b"%PDF-1.7\nstartxref\n0\n%%EOF", "cannot be checked"),
        (b"%PDF-1.7\nstartxref\n99999999999999999999\n%%EOF", "cannot be checked"),
    ],
)
def test_what_is_no_pdf_is_said_in_a_sentence(pdf: bytes, said: str, now: datetime) -> None:
    with pytest.raises(InputError, match=said) as caught:
        inspect_pdf(pdf, at=now)
    assert _is_sentence(str(caught.value))
    for work in (attachments, signature_fields, prepare_for_signing):
        with pytest.raises(InputError):
            work(pdf)


def test_an_encrypted_pdf_is_refused_everywhere(
    report: bytes, people: People, sign: Callable[..., bytes], now: datetime
) -> None:
    written = BytesIO()
    with pikepdf.open(BytesIO(report)) as pdf:
        pdf.save(written, encryption=pikepdf.Encryption(owner="owner", user=""))
    locked = written.getvalue()
    for work in (
        lambda: inspect_pdf(locked, at=now),
        lambda: attachments(locked),
        lambda: prepare_for_signing(locked),
        lambda: sign(locked, people.auditor),
    ):
        with pytest.raises(InputError, match="encrypted; save it without a password"):
            work()


def _script() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _on_opening(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = _script()


def _by_name(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["a", _script()]))


def _after_another(pdf: pikepdf.Pdf) -> None:
    first = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=[pdf.pages[0].obj], Next=[_script()])
    pdf.pages[0].AA = pikepdf.Dictionary(O=first)


def _in_a_rendition(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Rendition, JS="app.alert(1)")


@pytest.mark.parametrize("hide", [_on_opening, _by_name, _after_another, _in_a_rendition])
@pytest.mark.parametrize("packed", [True, False])
def test_javascript_is_found_wherever_it_hangs(
    card: bytes, now: datetime, hide: Callable[[pikepdf.Pdf], None], packed: bool
) -> None:
    modes = pikepdf.ObjectStreamMode
    written = BytesIO()
    with pikepdf.open(BytesIO(card)) as pdf:
        hide(pdf)
        pdf.save(written, object_stream_mode=modes.generate if packed else modes.disable)
    with pytest.raises(InputError, match="holds JavaScript"):
        inspect_pdf(written.getvalue(), at=now)


def test_javascript_spelt_with_numbers_is_found_too(card: bytes, now: datetime) -> None:
    written = BytesIO()
    with pikepdf.open(BytesIO(card)) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name("/JavaScriptxxxxxxxx"))
        pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    spelt = written.getvalue().replace(b"/JavaScriptxxxxxxxx", b"/#4aav#61#53cript  ")
    assert spelt != written.getvalue()
    with pytest.raises(InputError, match="holds JavaScript"):
        inspect_pdf(spelt, at=now)


def test_the_word_alone_is_no_javascript(card: bytes, now: datetime) -> None:
    written = BytesIO()
    with pikepdf.open(BytesIO(card)) as pdf:
        pdf.docinfo["/Title"] = "Beware of /JavaScript and /JS (really)"
        pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"/JavaScript" in written.getvalue()
    assert inspect_pdf(written.getvalue(), at=now).signatures == ()


@QUIET
@given(data=st.data())
def test_a_signed_report_with_any_bytes_changed_gets_a_verdict_or_a_sentence(
    signed_twice: bytes, now: datetime, data: st.DataObject
) -> None:
    changed = bytearray(signed_twice)
    places = st.lists(st.integers(0, len(changed) - 1), min_size=1, max_size=4)
    for place in data.draw(places):
        changed[place] = data.draw(st.integers(0, 255))
    pdf = bytes(changed)
    assert _is_sentence(_trouble(lambda: inspect_pdf(pdf, at=now)))
    assert _is_sentence(_trouble(lambda: attachments(pdf)))


@QUIET
@given(data=st.data())
def test_a_report_with_a_piece_cut_out_gets_a_verdict_or_a_sentence(
    signed_twice: bytes, people: People, card: bytes, now: datetime, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(signed_twice)))
    end = data.draw(st.integers(start, len(signed_twice)))
    pdf = signed_twice[:start] + signed_twice[end:]
    assert _is_sentence(_trouble(lambda: inspect_pdf(pdf, at=now)))
    assert _is_sentence(_trouble(lambda: prepare_for_signing(pdf)))
    assert _is_sentence(
        _trouble(
            lambda: sign_pdf(
                pdf,
                people.auditor,
                field="sig_owner",
                card=card,
                reason="",
                location=None,
                at=now,
            )
        )
    )


@QUIET
@given(middle=st.binary(max_size=300), key=st.binary(max_size=20))
def test_random_bytes_get_a_sentence(now: datetime, middle: bytes, key: bytes) -> None:
    pdf = b"%PDF-1.7\n" + middle + b"\nstartxref\n9\n%%EOF\n"
    assert _is_sentence(_trouble(lambda: inspect_pdf(pdf, trust=[middle] if key else [], at=now)))
    assert _is_sentence(_trouble(lambda: attachments(pdf)))
    assert _is_sentence(
        _trouble(lambda: load_identity(b"0\x80\x02\x01\x03" + middle, key, label="x.p12"))
    )
