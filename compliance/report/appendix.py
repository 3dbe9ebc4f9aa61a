"""What stands behind the report: profile, sources, evidence, attestation, digests."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlsplit

from compliance.report.entries import Data, Line, kept
from compliance.report.gaps import requirement_key
from compliance.report.wording import capital, count, joined, minute, size

_KINDS = {
    "statute": "statute",
    "regulation": "regulation",
    "guidance": "agency guidance",
    "label": "drug label",
    "rems": "REMS",
    "consensus": "consensus document",
    "standard": "professional standard",
}


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
    reading: str
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


@dataclass(frozen=True, slots=True)
class Signatory:
    """A field for a signature: its name in the form, who signs there, and as what."""

    field: str
    label: str
    lines: tuple[Line, ...]
    alternative: str


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
        about=joined([_kind(source["kind"]), source["publisher"], binds, source["id"]]),
        reading=source["reading"],
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


def evidence(data: Data, thumbnails: Mapping[str, str]) -> tuple[Exhibit, ...]:
    """Return the register: each file or place of a paper once, in the order it was first given."""
    found: dict[tuple[str, str, str], list[tuple[Data, str]]] = {}
    for held, key in _held(data):
        found.setdefault((held["sha256"], held["name"], held["kept_at"]), []).append((held, key))
    return tuple(
        _exhibit(number, uses[0][0], [key for _, key in uses], thumbnails)
        for number, uses in enumerate(found.values(), start=1)
    )


def _held(data: Data) -> Iterator[tuple[Data, str]]:
    for finding in data["findings"]:
        for thing in finding["things"]:
            for held in thing["evidence"]:
                yield held, joined([requirement_key(finding), thing["title"]], ", ")


def _exhibit(number: int, held: Data, keys: list[str], thumbnails: Mapping[str, str]) -> Exhibit:
    weight = size(held["size"]) if held["sha256"] else "no file; a statement of where the paper is"
    return Exhibit(
        number=number,
        name=joined([held["name"], kept(held), weight]),
        digest=held["sha256"],
        added=minute(held["at"]),
        given_for="; ".join(dict.fromkeys(keys)),
        picture=thumbnails.get(held["sha256"], ""),
    )


ATTESTATION = (
    "This records what I saw, read or was told that day. It is not a legal conclusion, "
    "a certificate, or a statement that anyone was harmed."
)


def signatories(data: Data) -> tuple[Signatory, ...]:
    """Return the fields, in the order in which they are signed."""
    return tuple(_signatory(one) for one in data["signatories"])


def _signatory(one: Data) -> Signatory:
    place, name = one["place"], one["name"]
    return Signatory(
        field=f"sig_{place}",
        label=f"{capital(place)}: {one['meaning']}",
        lines=(
            Line("Name", name or "printed in the signature"),
            Line("Role", one["role"]),
        ),
        alternative=joined([f"Signature of the {place}", name], ", "),
    )


def colophon(data: Data) -> tuple[Line, ...]:
    """Return what this report was made from, so that anybody can check that nothing was changed."""
    journal = data["journal"]
    return (
        Line("Journal", f"{count(journal['events'], 'event')}; its head:", "", journal["head"]),
        Line("Made by", data["tool"], f"result schema {data['schema']}"),
        Line("Set in", "Source Sans 3, as PDF/A-3a and PDF/UA-1"),
        *(_digest("Pack", pack["title"], pack) for pack in data["packs"]),
        *(_digest("Checklist", item["title"], item) for item in data["checklists"]),
    )


def _digest(label: str, title: str, used: Data) -> Line:
    edition = f"edition {used['edition']}"
    return Line(label, joined([title, edition], ", "), "", used["digest"])
