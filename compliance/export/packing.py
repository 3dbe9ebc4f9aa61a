"""A DOCX with nothing in it of when and where it was packed."""

import zipfile
from io import BytesIO

AS_WRITTEN = b"As clinic-compliance wrote it: an unsigned draft that nobody has changed."
"""The comment of the archive. A word processor that saves the file drops it, which tells that it did."""

_EARLIEST = (1980, 1, 1, 0, 0, 0)


def pack(docx: bytes) -> bytes:
    """Return the same parts in an archive that is the same every time."""
    packed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(docx)) as before,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            part = zipfile.ZipInfo(name, _EARLIEST)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 0  # says nothing of the machine
            after.writestr(part, before.read(name))
        after.comment = AS_WRITTEN
    return packed.getvalue()


def is_as_packed(docx: bytes) -> bool:
    """Whether nobody has saved the draft since it was packed."""
    return docx.endswith(AS_WRITTEN)
