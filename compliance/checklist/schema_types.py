"""The plain values of the language, as JSON Schema says them.

Patterns are written so that Python and ECMA-262 read them alike. `patternErrorMessage` is what
editors show instead of the pattern.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from compliance.checklist.answer import Bound, DateOrToday, PeriodText
from compliance.checklist.frozen import Id, IsoDate, Minutes, Name, Text

Schema = dict[str, Any]

ID = "[a-z0-9]+(-[a-z0-9]+)*"
NAME = "[a-z][a-z0-9]*(_[a-z0-9]+)*"
NUMBER = "[-+]?[0-9]{1,15}(\\.[0-9]{1,9})?"
_LONG = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
_SHORT = "(0[469]|11)-(0[1-9]|[12][0-9]|30)"
_FEBRUARY = "02-(0[1-9]|1[0-9]|2[0-8])"
_LEAP_YEAR = "((19|21)(0[48]|[2468][048]|[13579][26])|20([02468][048]|[13579][26]))"
DAY = f"((19|20|21)[0-9]{{2}}-({_LONG}|{_SHORT}|{_FEBRUARY})|{_LEAP_YEAR}-02-29)"
"""Every day from 1900 to 2199, those of leap years included, and no other."""


REFUSED = "^(?!("
"""How a pattern begins that refuses words and takes everything else."""


def match_whole(pattern: str, message: str) -> Schema:
    """Return a text that matches the pattern from end to end, and what is said of any other."""
    return {"type": "string", "pattern": f"^({pattern})$", "patternErrorMessage": message}


def refuse_words(words: Iterable[str], message: str) -> Schema:
    """Return a text that is none of the words."""
    listed = "|".join(words)
    return {"pattern": f"{REFUSED}{listed})$)", "patternErrorMessage": message}


ANY_TEXT: Schema = {"type": "string"}
A_DAY = match_whole(DAY, "This is not a date from 1900 to 2199; write it as 2026-11-23.")
A_DAY_OR_TODAY = match_whole(
    f"today|{DAY}", "This is not a date; write it as 2026-11-23, or write today."
)
AN_ID = match_whole(ID, "This is no id; use lower-case words joined by hyphens.")
A_NAME = match_whole(NAME, "This is no name; use lower-case words joined by underscores.")
A_TEXT: Schema = {
    "type": "string",
    "pattern": "\\S",
    "patternErrorMessage": "This must not be empty.",
}
A_PERIOD = match_whole(
    "(?!0+ )[0-9]{1,4} (day|week|month|year)s?",
    "This is no period; write it as 90 days, 6 months or 2 years.",
)

TYPES: Mapping[Any, Schema] = {
    Bound: {"type": "number"},
    DateOrToday: A_DAY_OR_TODAY,
    Id: AN_ID,
    IsoDate: A_DAY,
    Minutes: {"type": "integer", "minimum": 1, "maximum": 60},
    Name: A_NAME,
    PeriodText: A_PERIOD,
    Text: A_TEXT,
    str: ANY_TEXT,
}
"""What each annotation of a model's field says."""
