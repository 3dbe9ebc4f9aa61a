"""A figure in the question that its sources do not have."""

import re
from collections.abc import Iterator

from compliance.lint.material import Asked, Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic

_VALUES = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "twelve": "12",
    "twenty": "20",
    "thirty": "30",
    "forty": "40",
    "sixty": "60",
    "ninety": "90",
}
_UNITS = r"(business day|day|week|month|year|hour|minute|second|percent|mg|kg|ml)"
_FIGURE = re.compile(
    rf"\b({'|'.join(_VALUES)}|\d+(?:\.\d+)?)[ -]{_UNITS}s?\b|\b(\d+(?:\.\d+)?) ?(%)", re.IGNORECASE
)
_SIZES = {"week": ("day", 7), "year": ("month", 12), "hour": ("minute", 60)}


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield questions whose figure stands in no source though a source has one of that unit."""
    for one in material.asked:
        for _, text in one.texts("ask"):
            asked = _figures(text)
            known = _figures(_texts_of_sources(material, one)) if asked else set()
            units = {unit for _, unit in known}
            for value, unit in sorted(asked - known):
                if unit in units:
                    theirs = ", ".join(sorted(f"{v} {u}s" for v, u in known if u == unit))
                    message = f"The question says {value} {unit}s, and its sources say {theirs}."
                    hint = "Use the source's figure, or cite where this one comes from."
                    yield one.diagnose("ask", message, hint)


def _texts_of_sources(material: Material, one: Asked) -> str:
    cited = material.cited(one.requirement)
    return " ".join(f"{source.says} {source.note or ''}" for source in cited)


def _figures(text: str) -> set[tuple[str, str]]:
    """Return every figure with its unit; weeks are days, years are months, hours are minutes."""
    found = set()
    for word, unit, percent, sign in _FIGURE.findall(text):
        value = _VALUES.get(word.lower(), word) or percent
        name = "percent" if sign else unit.lower()
        base, times = _SIZES.get(name, (name, 1))
        found.add((f"{float(value) * times:g}", base))
    return found


RULE = Rule(
    code="W307",
    name="figure-differs",
    severity="warning",
    what=(
        "A figure with a unit in the question, where a cited source's `says` or `note` has figures of "
        "that unit and none is the same."
    ),
    why="A wrong deadline is the costliest mistake a checklist can make.",
    bad="ask: Was the form filed within 30 days?\ncite: [deadline]",
    good="ask: Was the form filed within 45 days?\ncite: [deadline]",
    check=check,
)
