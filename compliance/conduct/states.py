"""What the library asks in each state, topic by topic, and how far the texts behind it were read."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from compliance.checklist.frozen import ReadLevel
from compliance.checklist.library import Entry, Library
from compliance.checklist.rules import CONFIRMED

TOPICS: Mapping[str, str] = {
    "license": "Licenses",
    "csr": "State drug registration",
    "pdmp": "Prescription monitoring",
    "sedation": "Office sedation",
    "facility": "Facility license",
    "ownership": "Ownership",
    "supervision": "Supervision",
    "theft": "Theft and loss",
    "inventory": "Inventory",
    "ketamine": "Ketamine by name",
    "giving": "Who may give",
}
"""The topics of a state's checklist; the id of each of its requirements begins with one."""

_LEVELS: tuple[ReadLevel, ...] = ("full-text", "partial", "secondary", "not-read")
_WORDS = {"full-text": "full", "partial": "part", "secondary": "told", "not-read": "–"}
_LEGEND = (
    "full: a text behind it was read in full; part: in part; told: known from others' accounts.",
    "–: nobody has read a text behind it.",
    "?: no rule is stated; it is asked whether the clinic has confirmed one.",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One topic in one state: the best-read source, and whether a rule is stated."""

    read: ReadLevel
    states_rule: bool

    def __str__(self) -> str:
        return _WORDS[self.read] + ("" if self.states_rule else " ?")


Matrix = Mapping[str, tuple[str, Mapping[str, Cell]]]
"""By the state's two letters: its name, and a cell a topic."""


def draw_matrix(library: Library) -> Matrix:
    """Return the states that the library has a checklist for, in the order of their letters."""
    found: dict[str, tuple[str, dict[str, list[Entry]]]] = {}
    for entry in library.entries:
        if state := entry.checklist.state:
            topics = found.setdefault(state, (entry.checklist.title, {}))[1]
            topics.setdefault(entry.requirement.id.partition("-")[0], []).append(entry)
    return {
        state: (
            found[state][0],
            {topic: _judge(library, of) for topic, of in found[state][1].items()},
        )
        for state in sorted(found)
    }


def _judge(library: Library, entries: list[Entry]) -> Cell:
    stating = [one for one in entries if not one.requirement.ask.startswith(CONFIRMED)]
    cited = {name for one in stating or entries for name in one.requirement.cite}
    best = min((library.sources[name].read for name in cited), key=_LEVELS.index)
    return Cell(best, bool(stating))


def count_levels(matrix: Matrix) -> Mapping[str, int]:
    """Return how many cells there are of each kind, the best read first."""
    cells = [cell for _, row in matrix.values() for cell in row.values()]
    return {
        f"{kind}, {word}": sum(cell.read == level and cell.states_rule == stated for cell in cells)
        for kind, stated in (("rule stated", True), ("only to be confirmed", False))
        for level, word in zip(
            _LEVELS, ("read in full", "in part", "told", "not read"), strict=True
        )
    }


def render_text(matrix: Matrix) -> str:
    """Return the matrix for a terminal of 80 columns."""
    heads = [topic[:6] for topic in TOPICS]
    lines = [f"{'':4}" + " ".join(f"{head:6}" for head in heads)]
    for state, (_, row) in matrix.items():
        cells = (str(row[topic]) if topic in row else "" for topic in TOPICS)
        lines.append(f"{state:4}" + " ".join(f"{cell:6}" for cell in cells))
    lines += ["", *(f"{topic[:6]:8}{title}" for topic, title in TOPICS.items()), "", *_LEGEND]
    lines += ["", f"{len(matrix)} jurisdictions. One of them whole: compliance show co"]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def render_markdown(matrix: Matrix) -> str:
    """Return the page `docs/states.md`."""
    lines = [
        "# The states",
        "",
        (
            "What the checklists ask in each jurisdiction besides federal law, and how far the texts "
            "behind it were read; made from the checklists by `make docs`."
        ),
        "",
        *(f"- {line}" for line in _LEGEND),
        "",
        "| | " + " | ".join(TOPICS.values()) + " |",
        "|---" * (len(TOPICS) + 1) + "|",
        *_markdown_rows(matrix),
        "",
        "| cells | number |",
        "|---|---|",
        *(f"| {kind} | {number} |" for kind, number in count_levels(matrix).items()),
    ]
    return "\n".join(lines) + "\n"


def _markdown_rows(matrix: Matrix) -> Iterator[str]:
    for state, (name, row) in matrix.items():
        cells = " | ".join(str(row[topic]) if topic in row else "" for topic in TOPICS)
        yield f"| [{name}](../checklists/states/{state.lower()}.yaml) | {cells} |"


def render_json(matrix: Matrix) -> str:
    """Return the matrix as plain data."""
    data = {
        state: {
            "name": name,
            "topics": {
                topic: {"read": cell.read, "states_rule": cell.states_rule}
                for topic, cell in row.items()
            },
        }
        for state, (name, row) in matrix.items()
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
