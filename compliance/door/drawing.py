"""The sheet as plain text of at most 80 columns: one page of what to do, one of where things are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from compliance.audit.paper import Paper
from compliance.checklist.source import Source
from compliance.door.places import Place, Places
from compliance.door.sheet import Part, Sheet
from compliance.terminal.wrapping import fold, measure

WIDTH = 80
NEW_PAGE = "\f"
_NAMED, _INDENT, _SHORTEST_BLANK = 26, "    ", 24
_MARKS = {"law": "[law]", "good-practice": "[good practice]"}


@dataclass(frozen=True, slots=True)
class Door:
    """What is known of one site; what is empty becomes a line to write on."""

    clinic: str
    site: str
    address: str
    made_on: date
    known_on: date | None = None
    registrants: tuple[str, ...] = ()
    places: Places = field(default_factory=dict)


def draw_sheet(sheet: Sheet, papers: Sequence[Paper], door: Door, sources: Sequence[Source]) -> str:
    """Return both pages of one site's sheet."""
    pages = (_draw_front(sheet, door), _draw_back(sheet, papers, door, sources))
    return NEW_PAGE.join("\n".join(page) + "\n" for page in pages)


def _draw_front(sheet: Sheet, door: Door) -> Iterator[str]:
    yield sheet.title.upper()
    yield from _draw_names(door)
    yield ""
    for who in sheet.people:
        line = fill(who.ljust(_NAMED), WIDTH - _NAMED)
        yield fill(f"{line} Telephone ", WIDTH)
    for part in sheet.parts:
        yield from ("", part.title.upper(), *_draw_part(part))


def _draw_names(door: Door) -> Iterator[str]:
    named = ", ".join(name for name in (door.clinic, door.site) if name)
    yield from fold(named, WIDTH) if named else [fill("Clinic and site ", WIDTH)]
    yield from fold(door.address, WIDTH) if door.address else [fill("Address ", WIDTH)]


def _draw_part(part: Part) -> Iterator[str]:
    for number, line in enumerate(part.lines, start=1):
        lead = f"{number:>2}" if part.numbered == "yes" else " -"
        yield from _draw_marked(_entry(lead, line.text), _MARKS[line.force])


def _entry(lead: str, text: str) -> list[str]:
    """Return the lines of a text that hangs behind a number or a dash."""
    first, *rest = fold(_INDENT + text, WIDTH, _INDENT)
    return [lead + first[len(lead) :], *rest]


def _draw_marked(lines: Sequence[str], mark: str) -> Iterator[str]:
    """Draw lines with their force at the right edge, on a line of its own if there is no room."""
    *before, last = lines
    yield from before
    if measure(last) + 1 + measure(mark) > WIDTH:
        yield last
        last = ""
    yield last + mark.rjust(WIDTH - measure(last))


def _draw_back(
    sheet: Sheet, papers: Sequence[Paper], door: Door, sources: Sequence[Source]
) -> Iterator[str]:
    yield from _draw_names(door)
    yield from ("", *fold(sheet.registrations.title.upper(), WIDTH))
    for who in door.registrants or ("",):
        yield from _draw_blank(f"{who}, {sheet.registrations.blank}" if who else "")
    yield from ("", *fold(sheet.papers_title.upper(), WIDTH))
    for number, paper in enumerate(papers, start=1):
        yield from _entry(f"{number:>2}", paper.title)
        yield from _draw_places(door.places.get(paper.title, ()))
    yield from ("", *fold(sheet.sources_title.upper(), WIDTH))
    yield from _draw_sources(sources, door.made_on)
    yield from ("", *fold(f"{_date(door)} {sheet.review}", WIDTH))


def _date(door: Door) -> str:
    """Say how old the sheet is, and what is on it; an inspector need not read that an audit was made."""
    known = f"; places of papers as of {door.known_on}" if door.known_on else ""
    return f"Made on {door.made_on}{known}."


def _draw_places(places: Sequence[Place]) -> Iterator[str]:
    """Draw what is known line by line, and one blank for all of whom nothing is known."""
    known = [place for place in places if place.known]
    for place in known:
        yield from _draw_place(place)
    silent = [place.whose for place in places if not place.known and place.whose]
    if silent or not known:
        yield from _draw_blank(_colon(", ".join(silent)))


def _draw_place(place: Place) -> Iterator[str]:
    lead = _colon(place.whose)
    copies = f"(copy: {', '.join(place.copies)})" if place.copies else ""
    if place.kept_at:
        said = (lead, "; ".join(place.kept_at), copies)
        yield from _hang(" ".join(text for text in said if text))
    else:
        yield from _draw_blank(lead, copies)


def _colon(name: str) -> str:
    return f"{name}:" if name else ""


def _hang(text: str) -> list[str]:
    return fold(_INDENT + text, WIDTH, _INDENT + "  ")


def _draw_blank(lead: str, behind: str = "") -> Iterator[str]:
    """Draw a line to write on between two texts; they stand on other lines where room is short."""
    *before, last = [f"{line} " for line in _hang(lead)] if lead else [_INDENT]
    yield from (line.rstrip() for line in before)
    if measure(last) > WIDTH - _SHORTEST_BLANK:
        yield last.rstrip()
        last = _INDENT + "  "
    room = WIDTH - measure(behind) - 1 if behind else WIDTH
    if room - measure(last) >= _SHORTEST_BLANK:
        yield f"{fill(last, room)} {behind}".rstrip()
    else:
        yield fill(last, WIDTH)
        yield from _hang(f"  {behind}")


def fill(text: str, width: int) -> str:
    """Return the text with a line to write on, up to a width."""
    return text + "_" * (width - measure(text))


def _draw_sources(sources: Iterable[Source], today: date) -> Iterator[str]:
    """Draw the sources, those that were read alike together."""
    alike: dict[str, list[str]] = {}
    for source in sources:
        alike.setdefault(source.describe_reading(today), []).append(source.citation)
    for reading, citations in alike.items():
        yield from _hang(f"{'; '.join(sorted(citations))}: {reading}")
