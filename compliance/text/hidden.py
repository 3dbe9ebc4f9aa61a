"""Characters that nobody sees and that make a text read otherwise than it is."""

import re

_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def find_hidden(text: str) -> str:
    """Return the name of the first hidden character, such as `U+001B`; nothing when there is none.

    Hidden are control characters other than tab and line feed, and overrides of direction.
    Joiners and marks of direction are not: names and emoji are written with them.
    """
    found = _HIDDEN.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def drop_hidden(text: str) -> str:
    """Return the text on one line without hidden characters."""
    return " ".join(_HIDDEN.sub("", text).split())
