"""What stands behind the report: profile, sources, evidence, digests."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlsplit

from compliance.report.book import Book, Data
from compliance.report.entries import Line, kept
from compliance.report.gaps import requirement_key
from compliance.report.wording import capital, count, joined, size

_KINDS = {
    "statute": "statute",
    "regulation": "regulation",
    "guidance": "agency guidance",
    "label": "drug label",
    "rems": "REMS",
    "consensus": "consensus document",
    "standard": "professional standard",
}
_MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Facts:
    """What was said of the clinic or of one of its things."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A source as the list of sources prints it."""

    anchor: str
    citation: str
    title: str
    about: str
    says: str
    note: str
    url: str
    link: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One piece of evidence, once, with everything it was given for."""

    number: int
    name: str
    digest: str
    added: str
    given_for: str
    picture: str
    picture_says: str


def profile(data: Data) -> tuple[Facts, ...]:
    """Return the profile: the clinic first, then each thing under its group."""
    facts = sorted(data["profile"], key=lambda fact: bool(fact["group"]))
    return tuple(
        Facts(_whose(group, thing), tuple(_fact(fact) for fact in found if fact["fact"]))
        for (group, thing, _), found in groupby(
            facts, key=lambda fact: (fact["group"], fact["thing"], fact["thing_id"])
        )
    )


def _whose(group: str, thing: str) -> str:
    return joined([capital(group.replace("_", " ")), thing], ": ") or "The clinic"


def _fact(fact: Data) -> Line:
    return Line(fact["ask"], fact["said"] or "not said")


def sources(data: Data) -> tuple[Source, ...]:
    """Return every source that is cited, with how far it was read."""
    return tuple(_source(source) for source in data["sources"])


def _source(source: Data) -> Source:
    binds = f"binds {source['binds']}" if source["binds"] else ""
    return Source(
        anchor=f"source-{source['id']}",
        citation=source["citation"],
        title=source["title"],
        about=joined(
            [source["reading"], _kind(source["kind"]), source["publisher"], binds, source["id"]]
        ),
        says="" if source["read"] == "not-read" else source["says"],
        note=source["note"],
        url=source["url"],
        link=source["url"] if _is_web_address(source["url"]) else "",
    )


def _kind(word: str) -> str:
    return _KINDS.get(word, word)


def _is_web_address(url: str) -> bool:
    """Whether it is safe to make a link of it: a checklist may hold anything."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return url.isascii() and parts.scheme in {"http", "https"} and bool(parts.hostname)


def evidence(data: Data, book: Book, thumbnails: Mapping[str, str]) -> tuple[Exhibit, ...]:
    """Return the register: each file or place of a paper once, in the order it was first given."""
    found: dict[tuple[str, str, str], list[tuple[Data, str]]] = {}
    for held, key in held_evidence(data):
        found.setdefault((held["sha256"], held["name"], held["kept_at"]), []).append((held, key))
    return tuple(
        _exhibit(number, uses, book, thumbnails)
        for number, uses in enumerate(found.values(), start=1)
    )


def held_evidence(data: Data) -> Iterator[tuple[Data, str]]:
    """Yield each piece of evidence with what it was given for."""
    for finding in data["findings"]:
        for thing in finding["things"]:
            for held in thing["evidence"]:
                yield held, joined([requirement_key(finding), thing["title"]], ", ")


def _exhibit(
    number: int, uses: list[tuple[Data, str]], book: Book, thumbnails: Mapping[str, str]
) -> Exhibit:
    held = uses[0][0]
    weight = size(held["size"]) if held["sha256"] else "no file"
    small = thumbnails.get(held["sha256"], "")
    return Exhibit(
        number=number,
        name=joined([held["name"], kept(held), weight]),
        digest=held["sha256"],
        added=book.stamp(held["at"], book.author),
        given_for=_some(list(dict.fromkeys(key for _, key in uses))),
        picture=f"data:image/jpeg;base64,{small}" if small else "",
        picture_says=f"Small picture of {held['name']}",
    )


def _some(keys: list[str]) -> str:
    """Return what an exhibit was given for, ten at most; each of them names the exhibit itself."""
    rest = [f"and {len(keys) - _MOST_NAMED} more"] if len(keys) > _MOST_NAMED else []
    return "; ".join([*keys[:_MOST_NAMED], *rest])


def colophon(data: Data, *, as_typed: bool) -> tuple[Line, ...]:
    """Return what this report was made from, so that anybody can check that nothing was changed."""
    journal = data["journal"]
    set_in = Line("Set in", "Source Sans 3, as PDF/A-3a and PDF/UA-1")
    return (
        Line("Journal", f"{count(journal['events'], 'event')}; its head:", "", journal["head"]),
        Line("Made by", data["tool"], f"result schema {data['schema']}"),
        *(() if as_typed else (set_in,)),
        *(_digest("Pack", pack["title"], pack) for pack in data["packs"]),
        *(_digest("Checklist", item["title"], item) for item in data["checklists"]),
    )


def _digest(label: str, title: str, used: Data) -> Line:
    words = [title, f"edition {used['edition']}", used.get("publisher", "")]
    return Line(label, joined(words, ", "), "", used["digest"])
