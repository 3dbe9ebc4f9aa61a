"""Finding JavaScript in a PDF, wherever in it an action may hang.

Loads pyHanko when imported, so it is imported only inside functions.
"""

import re

from pyhanko.pdf_utils.generic import DictionaryObject

from compliance.errors import InputError
from compliance.signing.reader import CachingReader

# A name may write any of its letters as # and two hex digits (ISO 32000-1, 7.3.5).
_LETTERS = "".join(rf"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in "avaScript")
_NAME = re.compile(
    rf"/(?:J|#4[aA])(?:{_LETTERS}|(?:S|#53)[\s(<\[/%\d])".encode(),
)


def refuse_scripts(reader: CachingReader, pdf: bytes) -> None:
    """Make sure that the PDF holds no JavaScript, which could change what a person sees.

    A look through the bytes decides nearly always; only where it finds the name,
    perhaps by chance in compressed data, is every object read.

    Raises:
        InputError: there is some.
    """
    named = any(_NAME.search(data) for data in (pdf, *reader.object_stream_data()))
    if named and any(_is_script(found) for found in reader.dictionaries()):
        raise InputError("The PDF holds JavaScript, which could change what it shows; refuse it.")


def _is_script(found: DictionaryObject) -> bool:
    """Say whether a dictionary is an action with a script, or the list of the PDF's scripts."""
    return "/JS" in found or "/JavaScript" in found or found.get("/S") == "/JavaScript"
