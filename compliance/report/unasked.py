"""The statement of applicability: everything that was not asked, under the reason that decided."""

from collections.abc import Iterator
from dataclasses import dataclass

from compliance.report.book import Book, Data
from compliance.report.wording import capital, count, listing

_KINDS = {
    "out of scope": "Out of scope: a condition decided that it does not apply",
    "deeper": "Deeper than this audit went",
    "not chosen": "Left out, because the audit was narrowed to some checklists",
}
_ELSEWHERE = "No site lies in these states, and nobody treats patients there"


@dataclass(frozen=True, slots=True)
class Unasked:
    """One requirement that was not asked, and of which things, where others were asked."""

    ask: str
    aside: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Requirements that were not asked for one and the same reason."""

    because: str
    asks: tuple[Unasked, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """Everything that was not asked in one way: out of scope, deeper, not chosen."""

    heading: str
    reasons: tuple[Reason, ...]


def not_asked(data: Data, book: Book) -> tuple[Kind, ...]:
    """Return what was not asked: by kind, then by the reason, each as it came."""
    items = data["not_asked"]
    kinds = dict.fromkeys(item["kind"] for item in items)
    return tuple(_kind(kind, [i for i in items if i["kind"] == kind], book) for kind in kinds)


def _kind(kind: str, items: list[Data], book: Book) -> Kind:
    heading = f"{_KINDS.get(kind, capital(kind))} ({len(items)})"
    reasons = dict.fromkeys(_reason(item, book) for item in items)
    return Kind(
        heading,
        tuple(
            _gather(because, [item for item in items if _reason(item, book) == because])
            for because in reasons
        ),
    )


def _reason(item: Data, book: Book) -> str:
    """Return what decided; what only the depth decided stands under its checklist."""
    if item["requirement"] == item["checklist"]:
        return _ELSEWHERE
    if item["kind"] == "out of scope":
        return str(item["because"])
    return f"{book.title(item['checklist'])}. {capital(item['because'])}"


def _gather(because: str, items: list[Data]) -> Reason:
    asks = tuple(_each_once(items))
    return Reason(f"{capital(because)} ({count(len(items), 'question')})", asks)


def _each_once(items: list[Data]) -> Iterator[Unasked]:
    """Yield each requirement once, with the things of which it was not asked."""
    things: dict[str, list[str]] = {}
    for item in items:
        things.setdefault(item["requirement"], []).append(item["title"])
    asks = {item["requirement"]: item for item in items}
    for key, titles in things.items():
        named = [title for title in titles if title]
        of = f"of {listing(named)}; " if named else ""
        yield Unasked(asks[key]["ask"], f"{of}{_key(asks[key])}")


def _key(item: Data) -> str:
    """Return `checklist/requirement`; of a whole checklist its id alone."""
    key: str = item["requirement"]
    return key if "/" in key or key == item["checklist"] else f"{item['checklist']}/{key}"
