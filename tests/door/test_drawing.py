"""The sheet on paper: never wider than 80 columns, a line to write on where nothing is known."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.audit.paper import load_papers
from compliance.checklist.library import Library
from compliance.conduct.door import load_sheet
from compliance.door.drawing import NEW_PAGE, WIDTH, Door, draw_sheet
from compliance.door.places import Place
from compliance.terminal.wrapping import measure

SHEET, PAPERS = load_sheet(), load_papers()
TODAY = date(2026, 11, 23)
WORDS = st.text(st.sampled_from("ab 한é-.\u0301"), max_size=120).map(
    lambda text: " ".join(text.split())
)
SAID = st.lists(WORDS.filter(bool), max_size=2).map(tuple)
PLACES = st.builds(Place, WORDS, SAID, SAID)
LINES_OF_A_PAGE = 60
"""What a printer puts on a page of Letter paper at six lines an inch, with margins."""


def draw(real: Library, door: Door) -> str:
    return draw_sheet(SHEET, PAPERS, door, [real.sources[name] for name in SHEET.cited])


@given(clinic=WORDS, address=WORDS, people=st.lists(WORDS, max_size=3), places=st.lists(PLACES))
def test_no_line_is_wider_than_80_columns(
    clinic: str, address: str, people: list[str], places: list[Place]
) -> None:
    everything = {paper.title: tuple(places) for paper in PAPERS}
    door = Door(clinic, clinic, address, TODAY, TODAY, tuple(people), everything)
    text = draw_sheet(SHEET, PAPERS, door, ())
    assert max(measure(line) for line in text.splitlines()) <= WIDTH
    assert all(line == line.rstrip() for line in text.splitlines())


def test_each_page_of_a_sheet_fits_on_paper(real: Library) -> None:
    pages = draw(real, Door("Sunrise", "Main", "412 Main Street", TODAY)).split(NEW_PAGE)
    assert len(pages) == 2
    assert max(len(page.splitlines()) for page in pages) <= LINES_OF_A_PAGE


def drawn(real: Library, *places: Place) -> list[str]:
    """Return what stands below the first paper."""
    first, second = PAPERS[:2]
    text = draw(real, Door("", "", "", TODAY, None, (), {first.title: places}))
    between = text.partition(first.title)[2].partition(second.title)[0]
    return [re.sub("_+", "_", line.strip()) for line in between.strip().splitlines()[:-1]]


# what is known of a paper, and the lines below its title
BELOW = {
    "nothing": ((), ["_"]),
    "that nobody said": ((Place(""),), ["_"]),
    "a place": ((Place("", ("Binder 3",)),), ["Binder 3"]),
    "two places": ((Place("", ("Binder 3", "Drawer")),), ["Binder 3; Drawer"]),
    "whose it is": ((Place("Ann", ("Binder 3",)),), ["Ann: Binder 3"]),
    "a copy alone": ((Place("Ann", (), ("a.pdf",)),), ["Ann: _ (copy: a.pdf)"]),
    "a place and a copy": ((Place("", ("Drawer",), ("a.pdf",)),), ["Drawer (copy: a.pdf)"]),
    "some of several": (
        (Place("Ann"), Place("Ben", ("Drawer",)), Place("Cy"), Place("")),
        ["Ben: Drawer", "Ann, Cy: _"],
    ),
    "a long name and a copy": (
        (Place("Ann" + " Lee" * 14, (), ("a.pdf",)),),
        ["Ann" + " Lee" * 14 + ":", "_ (copy: a.pdf)"],
    ),
    "a copy with a long name": (
        (Place("Ann", (), ("certificate-" * 5 + ".pdf",)),),
        ["Ann: _", "(copy: " + "certificate-" * 5 + ".pdf)"],
    ),
}


@pytest.mark.parametrize(("places", "lines"), BELOW.values(), ids=BELOW)
def test_a_paper_has_its_place_or_a_line_to_write_on(
    places: tuple[Place, ...], lines: list[str], real: Library
) -> None:
    assert drawn(real, *places) == lines


def test_a_date_tells_how_old_the_sheet_is_and_what_is_on_it(real: Library) -> None:
    made = draw(real, Door("", "", "", TODAY))
    assert "Made on 2026-11-23. " in made
    known = draw(real, Door("", "", "", TODAY, date(2026, 1, 2)))
    assert "Made on 2026-11-23; places of papers as of 2026-01-02. " in known


def test_the_force_of_each_line_stands_behind_it(real: Library) -> None:
    front = " ".join(draw(real, Door("", "", "", TODAY)).partition(NEW_PAGE)[0].split())
    for part in SHEET.parts:
        for line in part.lines:
            assert f"{line.text} [{line.force.replace('-', ' ')}]" in front
