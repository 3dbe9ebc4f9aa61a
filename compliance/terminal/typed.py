"""What a person typed or pasted, made fit to be kept."""

import re

MAX_LINE = 4000

_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # a cursor key, a colour
    r"|\x1b[\]P^_X][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # a title, a device string
    r"|\x1b[ -/]*[0-~]?"
    r"|\x9b[0-?]*[ -/]*[@-~]"
)
_BLANKS = re.compile(r"[\t\v\f\x85\u2028\u2029]")
_DROPPED = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def clean(line: str) -> str:
    """Return the line without what a terminal would act on, tabs as blanks, no blanks around it.

    Marks of direction stay, since names are written with them; overrides of direction go, since
    they make a line read otherwise than it is. What was not UTF-8 becomes U+FFFD.
    """
    return _SURROGATES.sub("\ufffd", harmless(line)).strip()


def harmless(line: str) -> str:
    """Return the line without what a terminal would act on, whoever wrote it."""
    return _DROPPED.sub("", _BLANKS.sub(" ", _ESCAPES.sub("", line)))


def plain_words(line: str) -> str:
    """Return the line as words are compared: lower case, plain apostrophes, single blanks."""
    return " ".join(line.casefold().replace("’", "'").split())


def is_unknown(line: str) -> bool:
    """Whether the line says “I don't know”."""
    return plain_words(line).rstrip(".") in {
        "unknown",
        "don't know",
        "dont know",
        "do not know",
        "i don't know",
        "i dont know",
        "i do not know",
        "not known",
    }
