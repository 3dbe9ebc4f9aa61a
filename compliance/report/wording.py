"""The words, dates and numbers of the report, each decided once."""

import re
from datetime import date, datetime

FORCES = {
    "law": "law",
    "guidance": "guidance",
    "consensus": "consensus",
    "good-practice": "good practice",
}
"""Forces as the report names them, strongest first."""

GRADES = ("critical", "major", "minor")

CONCLUSIONS = {
    "nonconforming": "gap seen",
    "partly": "partly, gap seen",
    "not determined": "not determined",
    "conforming": "conforming",
    "not applicable": "declared not applicable",
}
"""Conclusions of a finding as the report names them, worst first."""

READINGS = {
    "full-text": "Read in full",
    "partial": "Read in part",
    "secondary": "Known from other people’s accounts only",
    "not-read": "Not read by anybody yet",
}
"""How far a source was read, best first."""

MARKS = {
    "nonconforming": "gap",
    "partly": "gap",
    "not determined": "open",
    "conforming": "good",
    "not applicable": "aside",
}
"""How the mark of a conclusion looks, as the style sheet calls it."""

BASES = {
    "seen": "seen by the auditor",
    "record": "a record was read",
    "told": "told, on word alone",
}

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_KILO = 1000
_SENTENCE_END = re.compile(r"(?<=[a-z)”]\.)\s+(?=[A-Z“])")


def force(word: str) -> str:
    """Return a force as the report names it; an unknown one as it is."""
    return FORCES.get(word, word)


def conclusion(word: str) -> str:
    """Return the conclusion of a finding as the report names it; an unknown one as it is."""
    return CONCLUSIONS.get(word, word)


def mark(word: str) -> str:
    """Return how the mark of a conclusion looks, as the style sheet calls it."""
    return MARKS.get(word, "aside")


def basis(word: str) -> str:
    """Return how an answer is known; an unknown basis as it is."""
    return BASES.get(word, word)


def count(number: int, one: str, many: str = "") -> str:
    """Return `1 site`, `2 sites`; `many` is needed where an s does not make it."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def share(part: int, whole: int) -> str:
    """Return a share in whole percent, rounded down so that 100% means all; a dash for of none."""
    return f"{part * 100 // whole}%" if whole else "–"


def listing(words: list[str], joiner: str = "and") -> str:
    """Return `a`, `a and b`, `a, b and c`."""
    return f" {joiner} ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def long_day(iso: str) -> str:
    """Return `Monday, November 23, 2026`; what is no ISO date comes back as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{_DAYS[day.weekday()]}, {_MONTHS[day.month - 1]} {day.day}, {day.year}"


def minute(iso: str) -> str:
    """Return a moment as `2026-11-23 10:20` in its own zone; what is no moment as it is."""
    try:
        return datetime.fromisoformat(iso).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return iso


def clock(iso: str) -> str:
    """Return the time of a moment as `10:20`; what is no moment as it is."""
    return minute(iso)[-5:] if minute(iso) != iso else iso


def clipped(text: str, most: int) -> str:
    """Return the text, cut at a space before `most` characters; an ellipsis says that more follows."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"


def size(octets: int) -> str:
    """Return the size of a file as `212 KB`."""
    if octets < _KILO:
        return count(octets, "byte")
    if octets < _KILO**2:
        return f"{octets / _KILO:.0f} KB"
    return f"{octets / _KILO**2:.1f} MB"


def until(days: int) -> str:
    """Return how far off a day is: `today`, `in 12 days`, `9 days ago`."""
    if days == 0:
        return "today"
    return f"in {count(days, 'day')}" if days > 0 else f"{count(-days, 'day')} ago"


def capital(sentence: str) -> str:
    """Return the sentence with a capital first letter and the rest untouched."""
    return sentence[:1].upper() + sentence[1:]


def first_sentence(text: str) -> str:
    """Return the first sentence."""
    end = _SENTENCE_END.search(text)
    return text[: end.start()] if end else text


def joined(parts: list[str], mark: str = " · ") -> str:
    """Return the parts that say something, with a mark between them."""
    return mark.join(part for part in parts if part)
