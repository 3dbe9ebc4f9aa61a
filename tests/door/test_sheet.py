"""The fixed texts: each line rests on sources that are there and were read, and the order is the right one."""

import re
from pathlib import Path

import pytest

from compliance.audit.paper import load_papers
from compliance.checklist.library import Library
from compliance.conduct.door import load_sheet
from compliance.door.sheet import Line, Part, read_sheet

ROOT = Path(__file__).parents[2]
FILE = ROOT / "templates" / "door" / "sheet.yaml"
SOURCES = (ROOT / "checklists" / "sources" / "inspection.yaml").read_text("utf-8")
SHEET = load_sheet()
LINES = [line for part in SHEET.parts for line in part.lines]


def of_line(line: Line) -> str:
    return line.text[:40]


@pytest.mark.parametrize("line", LINES, ids=of_line)
def test_a_line_cites_sources_that_somebody_read(line: Line, real: Library) -> None:
    levels = {real.sources[name].read for name in line.cite}
    assert levels & {"full-text", "partial"}


@pytest.mark.parametrize("line", [line for line in LINES if line.force == "law"], ids=of_line)
def test_what_is_said_to_be_law_was_read_in_full_in_a_law(line: Line, real: Library) -> None:
    for name in line.cite:
        source = real.sources[name]
        assert (source.binding, source.read) == (True, "full-text"), name


def test_what_the_sources_say_of_the_sheet_is_true() -> None:
    said = set(
        re.findall(
            r"^- id: (\S+)  # lint-ignore A209: the sheet for the door", SOURCES, re.MULTILINE
        )
    )
    assert said
    assert said - set(SHEET.cited) == set()


def test_each_paper_is_named_by_requirements_that_there_are(real: Library) -> None:
    """One that was retired still tells where the paper of an older audit is."""
    names = {name for paper in load_papers() for name in paper.named_by}
    there = set(real.by_key)
    there |= {f"{key}/{gone.id}" for key, one in real.checklists.items() for gone in one.retired}
    assert names - there == set()


def test_a_requirement_names_one_paper() -> None:
    names = [name for paper in load_papers() for name in paper.named_by]
    assert sorted(names) == sorted(set(names))


ORDERS = {
    "What to do, in this order": [
        "credentials",
        "Call counsel",
        "Form 82",
        "decline",
        "withdraw",
        "warrant may not be refused",
        "States, boards and payers",
        "Stay with",
        "truthfully",
        "I will find out",
        "Hand over",
        "List what leaves",
        "receipt",
        "Write down",
        "insurer",
    ],
    "Never": [
        "hide, destroy",
        "backdate",
        "create, fix or complete",
        "lie",
        "hinder",
        "speak alone",
    ],
}


@pytest.mark.parametrize("part", SHEET.parts, ids=lambda part: part.title)
def test_what_matters_is_said_in_its_order(part: Part) -> None:
    text = " ".join(line.text for line in part.lines)
    places, at = [], 0
    for words in ORDERS[part.title]:
        at = text.find(words, at)
        places.append((words, at))
    assert [words for words, at in places if at < 0] == []


PAPERS = [
    "certificates",
    "Inventories",
    "receiving",
    "Logs of doses",
    "Waste",
    "loss",
    "Disposal",
    "Prescriptions",
    "Training",
]


def test_the_papers_stand_in_the_order_in_which_inspectors_ask() -> None:
    titles = [paper.title for paper in load_papers()]
    found = [next(n for n, title in enumerate(titles) if word in title) for word in PAPERS]
    assert found == sorted(found)


MISTAKES = {
    "a force that there is not": ("force: law", "force: laww", "Did you mean “law”?"),
    "no source": ("cite: [usc-18-1001]", "cite: []", "needs at least one entry"),
    "a key that there is not": ("numbered: yes", "numberd: yes", "Did you mean “numbered”?"),
    "no list": ("parts:\n", "parts: none\nrest:\n", "This must be a list."),
}


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_the_texts_is_said_with_its_line(old: str, new: str, said: str) -> None:
    text = FILE.read_text("utf-8")
    assert old in text
    sheet, diagnostics = read_sheet(text.replace(old, new, 1).encode(), "sheet.yaml")
    assert sheet is None
    rendered = "\n".join(one.render() for one in diagnostics)
    assert said in rendered
    assert re.match(r"sheet\.yaml:\d+:\d+: ", rendered)
