"""The files of a report that somebody else may have made: proven to be of our form before use."""

import base64
import json
import re
import warnings
from collections.abc import Mapping
from io import BytesIO

from compliance.audit.published import parse_result
from compliance.audit.result import SCHEMA
from compliance.errors import InputError
from compliance.report.carried import LOOK, RESULT, THUMBNAILS, Files
from compliance.report.look import read_look

_HASH = re.compile("[0-9a-f]{64}")
_LARGEST = 2_000
"""Of either side of a picture, in pixels; ours are far smaller, and a decoder's memory is not endless."""


def receive(files: Files) -> Files:
    """Return the files once it is sure that pages can be made of them.

    Raises:
        InputError: there is no result of ours, or one of the files breaks its form, with the field.
    """
    if RESULT not in files:
        raise InputError(
            f"The PDF carries no {RESULT}, so it is no full report of ours; the other views carry none."
        )
    if not _names_our_schema(files[RESULT]):
        raise InputError(f"The result in the PDF is not of the schema “{SCHEMA}”.")
    parse_result(files[RESULT])
    look = read_look(files.get(LOOK, b""))
    if look is None:
        raise InputError(f"The PDF does not say in {LOOK} how its pages look.")
    if look.theme.logo:
        _check_picture(look.theme.logo.partition(",")[2], f"the logo in {LOOK}")
    for sha256, picture in _thumbnails(files.get(THUMBNAILS, b"{}")).items():
        if not _HASH.fullmatch(sha256):
            raise InputError(f"A picture in {THUMBNAILS} is not named by a hash.")
        _check_picture(picture, f"the picture {sha256[:12]}… in {THUMBNAILS}")
    return files


def _names_our_schema(raw: bytes) -> bool:
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and data.get("schema") == SCHEMA


def _thumbnails(raw: bytes) -> Mapping[str, str]:
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or not all(isinstance(one, str) for one in data.values()):
        raise InputError(f"{THUMBNAILS} in the PDF is not formed as this program writes it.")
    return data


def _check_picture(encoded: str, what: str) -> None:
    """Decode a picture whole, so that whoever draws it meets no surprise.

    Raises:
        InputError: it is no PNG or JPEG, is damaged, or is larger than any that we make.
    """
    from PIL import Image  # noqa: PLC0415 - loaded only when needed

    try:
        raw = base64.b64decode(encoded, validate=True)
        with (
            warnings.catch_warnings(action="error"),
            Image.open(BytesIO(raw), formats=("PNG", "JPEG")) as opened,
        ):
            fits = max(opened.size) <= _LARGEST
            if fits:
                opened.load()
    except Exception:  # noqa: BLE001 - a damaged picture may break the decoder anywhere
        raise InputError(f"The report cannot be made again: {what} is damaged.") from None
    if not fits:
        raise InputError(f"The report cannot be made again: {what} is too large.")
