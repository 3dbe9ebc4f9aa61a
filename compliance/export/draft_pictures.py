"""Pictures in a draft, each with the words that stand for it."""

import base64
import binascii
from io import BytesIO

from docx.image.exceptions import UnrecognizedImageError
from docx.shared import Inches
from docx.text.paragraph import Paragraph

from compliance.export.document import Picture
from compliance.export.wording import PICTURE

_LARGEST = Inches(3)


def add_picture(paragraph: Paragraph, picture: Picture) -> None:
    """Put a picture into a paragraph; one that cannot be shown stands in its words."""
    try:
        raw = base64.b64decode(picture.source.partition(";base64,")[2], validate=True)
        shape = paragraph.add_run().add_picture(BytesIO(raw))
    except (binascii.Error, UnrecognizedImageError, ZeroDivisionError, ValueError):
        paragraph.add_run(f"{PICTURE}{picture.alternative}")
        return
    shrink = min(1.0, _LARGEST / max(shape.width, shape.height))
    shape.width, shape.height = round(shape.width * shrink), round(shape.height * shrink)
    properties = shape._inline.docPr  # noqa: SLF001 - python-docx has no alternative texts
    properties.set("descr", picture.alternative)
