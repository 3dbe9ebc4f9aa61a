"""Reading a PDF with pyHanko: strictly, within limits, and without its quadratic trap.

Loads pyHanko when imported, so it is imported only inside functions.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import (
    DecodeLimits,
    DecodePurpose,
    DocumentDecodeBudget,
    StreamDecodeLimits,
)
from pyhanko.pdf_utils.misc import PdfDecodeLimitError, PdfReadError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.fields import MDPPerm, enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import read_certification_data

from compliance.errors import InputError
from compliance.signing.history import QuickResolver

LARGEST_STREAM = 64 * 2**20  # bytes after decompression
_MOST_IN_ALL = 4 * LARGEST_STREAM
_LIMITS = DecodeLimits(
    per_stream=StreamDecodeLimits(max_ratio=None, max_output_size=LARGEST_STREAM),
    document_budget=DocumentDecodeBudget(base_allowance=_MOST_IN_ALL),
)
_END = re.compile(rb"startxref\s+\d+\s+%%EOF(?:\r\n|\r|\n)?")
_BEGUN_OBJECT = re.compile(rb"\d\s+\d+\s+obj\b")


class OpenedPdf(NamedTuple):
    """A PDF that could be read.

    `trailing_bytes` lie behind its last end mark; when they are `stray`, not just blank,
    the reader does not see them. `seen` is all that it sees.
    """

    reader: "CachingReader"
    seen: bytes
    trailing_bytes: int
    stray: bool


class _ObjectStream(NamedTuple):
    """A decoded object stream: where each object begins, and which place each number has."""

    data: bytes
    starts: tuple[int, ...]
    places: dict[int, int]


class CachingReader(PdfFileReader):
    """pyHanko's strict reader, parsing the header of each object stream once.

    The library parses it again for each object, so that a stream of all objects of a long report
    takes minutes. Should the library rename the method, this falls back to slow, not to wrong.
    """

    def __init__(self, pdf: bytes) -> None:
        self._object_streams: dict[int, _ObjectStream] = {}
        self._revisions: dict[int, QuickResolver] = {}
        super().__init__(BytesIO(pdf), strict=True, decode_limits=_LIMITS)

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> generic.PdfObject:
        held = self._object_stream(stmnum)
        if held.places.get(idnum) != idx:
            raise PdfReadError(f"Object {idnum} is not where the cross-reference table has it")
        source = BytesIO(held.data)
        source.seek(held.starts[idx])
        found = generic.read_object(source, generic.Reference(idnum, 0, self))
        if isinstance(found, (generic.StreamObject, generic.IndirectObject)):
            raise PdfReadError(f"Object {idnum} may not lie in an object stream")
        return found

    def get_historical_resolver(self, revision: int) -> HistoricalResolver:
        """Return the PDF as it was at a revision."""
        if revision not in self._revisions:
            self._revisions[revision] = QuickResolver(self, revision)
        return self._revisions[revision]

    def object_stream_data(self) -> Iterator[bytes]:
        """Yield the decoded bytes of each object stream that any revision uses."""
        sections = (self.xrefs.get_xref_data(step) for step in range(self.total_revisions))
        for number in {found for section in sections for found in section.obj_streams_used}:
            yield self._object_stream(number).data

    def dictionaries(self) -> Iterator[generic.DictionaryObject]:
        """Yield every dictionary of the PDF as it now stands, nested ones too; slow."""
        steps = range(self.total_revisions)
        for reference in set().union(*map(self.xrefs.explicit_refs_in_revision, steps)):
            yield from _dictionaries_in(reference.get_object())

    def _object_stream(self, number: int) -> _ObjectStream:
        if number not in self._object_streams:
            stream = generic.Reference(number, 0, self).get_object()
            if not isinstance(stream, generic.StreamObject) or stream["/Type"] != "/ObjStm":
                raise PdfReadError(f"Object {number} is not an object stream")
            self._object_streams[number] = _parsed(stream)
        return self._object_streams[number]


def _parsed(stream: generic.StreamObject) -> _ObjectStream:
    """Read the pairs of number and offset at the head of an object stream (ISO 32000-1, 7.5.7)."""
    data = stream.read_data(DecodePurpose.OBJECT_STREAM)
    first, count = int(stream["/First"]), int(stream["/N"])
    pairs = [int(word) for word in data[:first].split()[: 2 * count]]
    places: dict[int, int] = {}
    for place, number in enumerate(pairs[::2]):
        places.setdefault(number, place)
    return _ObjectStream(data, tuple(first + offset for offset in pairs[1::2]), places)


def _dictionaries_in(found: generic.PdfObject) -> Iterator[generic.DictionaryObject]:
    """Yield a direct object and what is nested in it, not following references."""
    if isinstance(found, generic.DictionaryObject):
        yield found
        for value in found.values():
            yield from _dictionaries_in(value)
    elif isinstance(found, generic.ArrayObject):
        for index in range(len(found)):
            yield from _dictionaries_in(found.raw_get(index))


def open_pdf(pdf: bytes) -> OpenedPdf:
    """Open a PDF whose bytes may be anything.

    What lies behind the last end mark is left aside, because readers differ in what they make of it;
    the beginning of an update there means that the file was cut off.

    Raises:
        InputError: not a PDF, cut off, or encrypted.
        Exception: whatever the library makes of a damaged file; callers stand at the boundary.
    """
    if not pdf.startswith(b"%PDF-"):
        raise InputError("This is not a PDF: it does not begin with “%PDF-”.")
    end = max((match.end() for match in _END.finditer(pdf)), default=0)
    behind = pdf[end:]
    if not end or _BEGUN_OBJECT.search(behind):
        raise InputError("The PDF is cut off: its end is missing. Fetch or copy it again.")
    stray = bool(behind.strip())
    seen = pdf[:end] if stray else pdf
    reader = CachingReader(seen)
    if reader.encrypt_dict is not None:
        raise InputError("The PDF is encrypted; save it without a password first.")
    if not isinstance(reader.root["/Pages"], generic.DictionaryObject):
        raise InputError("The PDF is damaged: it has no pages.")
    return OpenedPdf(reader, seen, len(behind), stray)


def signature_states(reader: PdfFileReader) -> tuple[tuple[str, bool], ...]:
    """Return the name of each signature field, in the form's order, and whether it is signed."""
    return tuple((str(name), bool(value)) for name, value, _ in enumerate_sig_fields(reader))


def is_locked(reader: PdfFileReader) -> bool:
    """Say whether the certifying signature allows no change at all, not even another signature."""
    certified = read_certification_data(reader)
    return certified is not None and certified.permission == MDPPerm.NO_CHANGES


def embedded_files(reader: PdfFileReader) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each embedded file (ISO 32000-1, 7.11.4).

    Raises:
        InputError: a file unpacks to more than 64 MiB, or all together to more than 256 MiB.
    """
    left = _MOST_IN_ALL
    for specification in _file_specifications(reader):
        name = str(specification.get("/UF") or specification["/F"])
        content = _content(specification)
        left -= len(content) if content is not None else _MOST_IN_ALL + 1
        if content is None or left < 0:
            raise InputError(
                f"The file “{name}” in the PDF is too large: the limit is "
                f"{LARGEST_STREAM >> 20} MiB for one, and {_MOST_IN_ALL >> 20} MiB for all."
            )
        yield name, content


def _file_specifications(reader: PdfFileReader) -> Iterator[generic.DictionaryObject]:
    """Yield the values of the name tree of embedded files (ISO 32000-1, 7.9.6)."""
    names = reader.root.get("/Names", {})
    pending = [names["/EmbeddedFiles"]] if "/EmbeddedFiles" in names else []
    seen: set[int] = set()
    while pending:
        node = pending.pop(0)
        if id(node) in seen:
            raise PdfReadError("The tree of embedded files runs in a circle")
        seen.add(id(node))
        leaves, branches = node.get("/Names", ()), node.get("/Kids", ())
        yield from (leaves[index] for index in range(1, len(leaves), 2))
        pending.extend(branches[index] for index in range(len(branches)))


def _content(specification: generic.DictionaryObject) -> bytes | None:
    """Return the unpacked bytes of an embedded file; None when they pass the reader's limits."""
    try:
        content = bytes(specification["/EF"]["/F"].data)
    except PdfDecodeLimitError:
        return None
    return content if len(content) <= LARGEST_STREAM else None
