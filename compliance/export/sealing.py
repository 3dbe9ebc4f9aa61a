"""The last line of a text that we wrote: it tells whether anybody has changed the text since."""

import re
from hashlib import sha256

_SEAL = "<!-- As clinic-compliance wrote it while the SHA-256 of all above is {digest} -->\n"
_SEALED = re.compile(
    rb"<!-- As clinic-compliance wrote it while the SHA-256 of all above is ([0-9a-f]{64}) -->\n\Z"
)


def seal(text: str) -> bytes:
    """Return a text as the bytes of a file, with its seal as a comment at the end."""
    raw = f"{text.rstrip()}\n".encode()
    return raw + _SEAL.format(digest=sha256(raw).hexdigest()).encode()


def is_as_sealed(raw: bytes) -> bool:
    """Whether nobody has changed a text since it was sealed."""
    found = _SEALED.search(raw)
    return found is not None and sha256(raw[: found.start()]).hexdigest().encode() == found[1]
