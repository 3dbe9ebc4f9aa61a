"""From HTML to PDF bytes: archival (PDF/A-3a), accessible (PDF/UA-1), the same bytes every time."""

from __future__ import annotations

import gc
import warnings
from contextlib import contextmanager
from copy import copy
from datetime import UTC
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from compliance.errors import SurroundingsError
from compliance.report.carried import Attached
from compliance.report.finishing import claim_accessibility, finisher, legal_in_metadata
from compliance.report.fonts import only_bundled_fonts
from compliance.report.html import CARD_SIZES, render_card_html
from compliance.report.packing import pack_painted_pages, pages_counted_once

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

__all__ = ["Attached", "render_card", "render_pdf"]

_REPORT = "pdf/a-3a"
_CARD = "pdf/a-3b"
_NO_TARGETS: Mapping[str, str] = MappingProxyType({})
_UNUSED = frozenset(
    {"marker", "footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"}
)
"""Pseudo-elements that our pages have none of; the style sheet of the report sets its own marker."""


def render_pdf(
    html: str,
    *,
    attachments: Sequence[Attached],
    targets: Mapping[str, str] = _NO_TARGETS,
    title: str,
    created: datetime,
    identifier: bytes,
) -> bytes:
    """Return the report as a tagged, archival PDF with its attachments and signature fields.

    The same arguments give the same bytes, on every machine with the same WeasyPrint.
    Nothing is fetched: the HTML holds all it needs. `created` carries its zone; `targets` are
    what links to anchors are called.
    Not for several threads at once: fonts, warnings and garbage collection are set for the whole
    process meanwhile.

    Raises:
        SurroundingsError: WeasyPrint's system libraries are missing.
    """
    with _drawing() as weasyprint, pages_counted_once():
        document = _lay_out(weasyprint, html, _REPORT)
        document.metadata.title = legal_in_metadata(title)
        document.metadata.created = document.metadata.modified = _moment(created)
        claim_accessibility(document.metadata)
        pack_painted_pages(document)
        painted: bytes = document.write_pdf(
            pdf_variant=_REPORT,
            pdf_identifier=identifier,
            attachments=[_attachment(weasyprint, each) for each in _sorted(attachments)],
            finisher=finisher(attachments, targets),
        )
    return painted


def render_card(*, name: str, role: str, meaning: str, at: str, fingerprint: str) -> bytes:
    """Return the card that a signature shows: one page of 80 by 28 mm, to be set into the report.

    `meaning` is what the signer attests, `at` the time with its zone, `fingerprint` short words
    for the certificate; all as they are printed, in the largest letters in which they fit.

    Raises:
        SurroundingsError: WeasyPrint's system libraries are missing.
    """
    words = {
        "name": name,
        "role": role,
        "meaning": meaning,
        "at": at,
        "fingerprint": fingerprint,
    }
    with _drawing() as weasyprint:
        document = _fitting_card(weasyprint, words)
        painted: bytes = document.write_pdf(pdf_variant=_CARD, pdf_identifier=b"card")
    return painted


def _fitting_card(weasyprint: Any, words: Mapping[str, str]) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """Lay the card out in ever smaller letters until it fits; cut what the smallest cannot hold."""
    for letters in CARD_SIZES:
        document = _lay_out(weasyprint, render_card_html(words, letters), _CARD)
        if len(document.pages) == 1:
            return document
    return document.copy(document.pages[:1])


@contextmanager
def _drawing() -> Iterator[Any]:
    """Yield WeasyPrint with only our fonts in sight; collecting garbage meanwhile costs a fifth."""
    collecting = gc.isenabled()
    with only_bundled_fonts(), warnings.catch_warnings():
        # WeasyPrint leaves its own colour profile to be closed by chance.
        warnings.filterwarnings("ignore", ".*sRGB2014.icc", ResourceWarning)
        gc.disable()
        try:
            yield _load()
        finally:
            if collecting:
                gc.enable()


def _load() -> Any:  # noqa: ANN401 - WeasyPrint has no types
    try:
        import weasyprint  # type: ignore[import-untyped]  # noqa: PLC0415 - no types; loaded only when needed
    except OSError as error:
        raise SurroundingsError(
            "The PDF cannot be made: WeasyPrint’s system libraries (Pango) are missing. "
            "Run `make`, which installs them or says how."
        ) from error
    return weasyprint


def _lay_out(weasyprint: Any, html: str, variant: str) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    return _read(weasyprint, html).render(pdf_variant=variant)


def _read(weasyprint: Any, html: str) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """Return the HTML as WeasyPrint takes it, read as XML where it is also that, as ours is.

    WeasyPrint's own parser mends whatever it is given, and takes ten times as long.
    """
    import cssselect2  # type: ignore[import-untyped]  # noqa: PLC0415 - no types; comes with WeasyPrint

    class Read(weasyprint.HTML):  # type: ignore[misc] # WeasyPrint has no types
        def __init__(self, tree: ET.Element) -> None:
            self.base_url, self.media_type = None, "print"
            self.url_fetcher = _refusal(weasyprint)
            self.wrapper_element = cssselect2.ElementWrapper.from_html_root(
                tree, content_language=None
            )
            self.etree_element = self.wrapper_element.etree_element

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: FBT001, FBT002 - WeasyPrint's
            return [_without_unused(sheet) for sheet in super()._ua_stylesheets(forms)]

    try:
        return Read(ET.fromstring(html))  # noqa: S314 - made by our own templates
    except ET.ParseError:
        return weasyprint.HTML(string=html, url_fetcher=_refusal(weasyprint))


def _without_unused(sheet: Any) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """Return WeasyPrint's own style sheet without the rules for notes and for markers.

    They make six further styles of every element: a sixth of the time, and a third of the memory.
    """
    slim = copy(sheet)
    slim.matcher = copy(sheet.matcher)
    slim.matcher.other_selectors = [
        selector for selector in sheet.matcher.other_selectors if selector[3] not in _UNUSED
    ]
    return slim


def _refusal(weasyprint: Any) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """Return a fetcher that opens nothing: no network, and no file of this machine either."""

    class Refusal(weasyprint.urls.URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
        def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ANN401 - WeasyPrint's signature
            if url.startswith("data:image/"):
                return super().fetch(url, headers)
            raise ValueError(f"the report opens no address, so not {url} either")

    return Refusal()


def _sorted(attachments: Sequence[Attached]) -> list[Attached]:
    """Return the attachments by name: a PDF's tree of names has to be in order."""
    return sorted(attachments, key=lambda attached: attached.name)


def _attachment(weasyprint: Any, attached: Attached) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    at = attached.at.astimezone(UTC)
    return weasyprint.Attachment(
        string=attached.data,
        name=attached.name,
        description=attached.description,
        relationship=attached.relationship,
        created=at,
        modified=at,
    )


def _moment(at: datetime) -> str:
    """Return a moment in the profile of ISO 8601 that PDF metadata takes: whole seconds, UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
