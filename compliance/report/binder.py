"""Where each paper is, in the order in which inspectors ask: no answer, score, note or finding."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from compliance.audit.paper import load_papers
from compliance.report.book import Book, Data
from compliance.report.wording import joined

_BLANK = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where one paper is, of whom or of what; the place is empty where nobody said it."""

    whose: str
    place: str
    copy: str


@dataclass(frozen=True, slots=True)
class Tab:
    """One kind of paper, with everything that is known of where it is."""

    number: int
    title: str
    shelves: tuple[Shelf, ...]


def tabs(data: Data, book: Book) -> tuple[Tab, ...]:
    """Return the papers that inspectors ask for, then the others under their checklists."""
    papers = load_papers()
    index = {name: paper.title for paper in papers for name in paper.named_by}
    found: dict[str, list[Shelf]] = {paper.title: [] for paper in papers}
    for finding in data["findings"]:
        title = index.get(finding["requirement"]) or f"Other: {book.title(finding['checklist'])}"
        shelves = _shelves(finding, asked_for=finding["requirement"] in index)
        found.setdefault(title, []).extend(shelves)
    kept = {title: tuple(dict.fromkeys(shelves)) for title, shelves in found.items()}
    wanted = {paper.title for paper in papers}
    shown = [(title, shelves) for title, shelves in kept.items() if shelves or title in wanted]
    return tuple(
        Tab(number, title, tuple(_without_echoes(shelves)) or (Shelf(_BLANK, _BLANK, _BLANK),))
        for number, (title, shelves) in enumerate(shown, start=1)
    )


def _shelves(finding: Data, *, asked_for: bool) -> Iterator[Shelf]:
    """Yield where the evidence is; a paper that an inspector asks for has a blank where nobody said."""
    for thing in finding["things"]:
        shelves = [_shelf(thing, held) for held in thing["evidence"]]
        known = [shelf for shelf in shelves if shelf.place or shelf.copy]
        yield from known
        if not known and asked_for and finding["evidence_needed"] != "none":
            yield Shelf(thing["title"], _BLANK, _BLANK)


def _shelf(thing: Data, held: Data) -> Shelf:
    """Return where one paper is; a file that shows a gap is a finding, and no paper to hand out."""
    if not held["sha256"]:
        return Shelf(thing["title"], joined([held["name"], held["kept_at"]]), _BLANK)
    copy = held["name"] if thing["conclusion"] == "conforming" else _BLANK
    return Shelf(thing["title"], held["kept_at"], copy)


def _without_echoes(shelves: Iterable[Shelf]) -> Iterator[Shelf]:
    """Yield no blank for somebody of whom another requirement says where the paper is."""
    known = {shelf.whose for shelf in shelves if shelf.place or shelf.copy}
    for shelf in shelves:
        if shelf.place or shelf.copy or shelf.whose not in known:
            yield shelf
