"""Two questions that are nearly the same."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from compliance.lint.material import Asked, Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic

_WORD = re.compile(r"\w+")
_LENGTH = 3
_ALIKE = 0.8
_TOO_COMMON = 12  # a run of words in so many questions tells nothing, and would cost the square


Runs = frozenset[tuple[str, ...]]


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield each question that shares four fifths of its three-word runs with an earlier one."""
    holders: dict[tuple[str, ...], list[int]] = {}
    runs: list[Runs] = []
    for number, one in enumerate(material.asked):
        mine = _runs(one)
        runs.append(mine)
        for at in _find_alike(mine, holders, runs):
            other = material.asked[at]
            if _meet(one, other):
                message = f"This is nearly the question of “{other.entry.key}”."
                yield one.diagnose("ask", message, "Keep one, with the citations of both.")
                break
        for run in mine:
            holders.setdefault(run, []).append(number)


def _find_alike(
    mine: Runs, holders: Mapping[tuple[str, ...], list[int]], runs: Sequence[Runs]
) -> Iterator[int]:
    """Yield the earlier questions that share enough, the most alike first."""
    rare = (holders[run] for run in mine if len(holders.get(run, ())) in range(1, _TOO_COMMON))
    for at, shared in Counter(at for numbers in rare for at in numbers).most_common():
        if shared / len(mine | runs[at]) >= _ALIKE:
            yield at


def _meet(one: Asked, other: Asked) -> bool:
    """Whether two questions can be put to the same clinic."""
    states = {one.checklist.state, other.checklist.state}
    return None in states or len(states) == 1


def _runs(one: Asked) -> Runs:
    text = next((text for _, text in one.texts("ask")), "")
    words = _WORD.findall(text.lower())
    return frozenset(tuple(words[at : at + _LENGTH]) for at in range(len(words) - _LENGTH + 1))


RULE = Rule(
    code="W306",
    name="near-duplicate",
    severity="warning",
    what=(
        "A question that shares four fifths of its three-word runs with one before it, in any file, "
        "unless the two are for different states."
    ),
    why="One failure is one requirement with several citations; asked twice, it counts twice.",
    bad="ask: Is the first thing that is asked about in this trial so?",
    good="ask: Does the clerk count the vials at noon?",
    check=check,
)
