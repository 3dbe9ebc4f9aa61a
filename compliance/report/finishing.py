"""What WeasyPrint leaves to be done for an archival, accessible PDF with fields for signatures.

The steps work on pydyf's objects just before the file is written.
The standards behind them are ISO 19005-3 (PDF/A-3) and ISO 14289-1 (PDF/UA-1).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from compliance.report.packing import drop_bare_spans, write_once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from compliance.report.carried import Attached

_PRINTED_AND_LOCKED = 4 + 128
_PREFIX = b"sig_"
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_PDF_UA = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about=""
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def legal_in_metadata(text: str) -> str:
    """Return text with U+FFFD for what XML forbids: one such character, and no metadata is read."""
    return _NOT_XML.sub("\ufffd", text)


def claim_accessibility(metadata: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
    """Let the XMP metadata say PDF/UA-1 beside PDF/A-3a; WeasyPrint can only say one."""
    generate = metadata.generate_rdf_metadata

    def generate_both(*args: Any, **options: Any) -> bytes:  # noqa: ANN401 - passed on as they are
        rdf: bytes = generate(*args, **options)
        end = rdf.rindex(b"</rdf:RDF>")
        return rdf[:end] + _PDF_UA + rdf[end:]

    metadata.generate_rdf_metadata = generate_both


def finisher(
    attachments: Sequence[Attached], targets: Mapping[str, str]
) -> Callable[[Any, Any], None]:
    """Return what WeasyPrint calls with the document and the PDF before it writes."""

    def finish(_document: Any, pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
        _label_pages(pdf)
        _say_what_headers_head(pdf)
        _leave_pictures_as_they_are(pdf)
        _name_links(pdf, targets)
        _describe_attachments(pdf, attachments)
        _turn_boxes_into_signature_fields(pdf)
        drop_bare_spans(pdf)
        write_once(pdf)

    return finish


def _label_pages(pdf: Any) -> None:  # noqa: ANN401 - pydyf has no types
    """Number the pages in the reader's window as they are numbered on paper."""
    import pydyf  # type: ignore[import-untyped]  # noqa: PLC0415 - no types; loaded only when needed

    decimal = pydyf.Dictionary({"S": "/D", "St": 1})
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, decimal])})


def _say_what_headers_head(pdf: Any) -> None:  # noqa: ANN401 - pydyf has no types
    """Say of each header cell whether it heads its column or its row.

    WeasyPrint ties cells to headers by name alone, which many readers do not follow.
    """
    for cell in _dictionaries(pdf, "S", "/TH"):
        row = _object(pdf, cell["P"])
        in_head = _object(pdf, row["P"])["S"] == "/THead"
        cell["A"]["Scope"] = "/Column" if in_head else "/Row"


def _leave_pictures_as_they_are(pdf: Any) -> None:  # noqa: ANN401 - pydyf has no types
    """Let no reader smooth a picture, which PDF/A forbids and WeasyPrint asks for."""
    for item in pdf.objects:
        if "Interpolate" in getattr(item, "extra", ()):
            item.extra["Interpolate"] = "false"


def _name_links(pdf: Any, targets: Mapping[str, str]) -> None:  # noqa: ANN401 - pydyf has no types
    """Call each link within the report by where it leads; WeasyPrint gives the bare anchor."""
    import pydyf  # noqa: PLC0415 - loaded only when needed

    for link in _dictionaries(pdf, "Subtype", "/Link"):
        anchor = link["Dest"].string if "Dest" in link else ""
        if anchor in targets:
            link["Contents"] = pydyf.String(targets[anchor])


def _object(pdf: Any, reference: str) -> Any:  # noqa: ANN401 - pydyf has no types
    return pdf.objects[int(reference.split(maxsplit=1)[0])]


def _describe_attachments(pdf: Any, attachments: Sequence[Attached]) -> None:  # noqa: ANN401 - pydyf has no types
    """Say each attachment's relationship and media type; WeasyPrint finds them by hash and by guess."""
    import pydyf  # noqa: PLC0415 - loaded only when needed

    named = {attached.name: attached for attached in attachments}
    listed = []
    for entry in _dictionaries(pdf, "Type", "/Filespec"):
        attached = named[entry["UF"].string]
        entry["AFRelationship"] = f"/{attached.relationship}"
        file = _object(pdf, entry["EF"]["F"])
        file.extra["Subtype"] = f"/{attached.media_type.replace('/', '#2f')}"
        listed.append(entry.reference)
    if listed:
        pdf.catalog["AF"] = pydyf.Array(listed)


def _turn_boxes_into_signature_fields(pdf: Any) -> None:  # noqa: ANN401 - pydyf has no types
    """Make the tagged checkboxes named `sig_…` into empty signature fields.

    The HTML decides page, rectangle, description and place in the structure. What a form needs
    for typing (fonts, NeedAppearances) goes; PDF/A forbids it.
    """
    form = pdf.catalog.get("AcroForm")
    if not form:
        return
    for key in ("NeedAppearances", "DR", "DA"):
        form.pop(key, None)
    for widget in _dictionaries(pdf, "Subtype", "/Widget"):
        if widget["T"].string.encode().startswith(_PREFIX):
            _make_signature_field(pdf, widget)
    for element in _dictionaries(pdf, "S", "/Form"):
        # A lone kid outside an array: only then does pyHanko know a countersignature for what it is.
        if len(element["K"]) == 1:
            element["K"] = element["K"][0]


def _make_signature_field(pdf: Any, widget: Any) -> None:  # noqa: ANN401 - pydyf has no types
    import pydyf  # noqa: PLC0415 - loaded only when needed

    x1, y1, x2, y2 = widget["Rect"]
    left, right, low, high = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
    blank = _object(pdf, widget["AP"]["N"]["on"])
    blank.stream = []
    blank.extra["BBox"] = pydyf.Array((0, 0, right - left, high - low))
    blank.extra["Resources"] = pydyf.Dictionary()
    for key in ("V", "AS", "MK", "Border", "Ff"):
        widget.pop(key, None)
    widget.update(
        Rect=pydyf.Array((left, low, right, high)),
        FT="/Sig",
        F=_PRINTED_AND_LOCKED,
        AP=pydyf.Dictionary({"N": blank.reference}),
        Contents=widget["TU"],
    )


def _dictionaries(pdf: Any, key: str, value: str) -> Iterator[Any]:  # noqa: ANN401 - pydyf has no types
    for item in pdf.objects:
        if isinstance(item, dict) and item.get(key) == value:
            yield item
