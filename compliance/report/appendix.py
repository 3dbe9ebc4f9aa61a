"""What stands behind the report: profile, sources, evidence, method, attestation, digests."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlsplit

from compliance.report.entries import Data, Line, kept
from compliance.report.front import PRIVILEGE
from compliance.report.gaps import requirement_key
from compliance.report.wording import FORCES, capital, count, joined, minute, share, size

_BOUND = {
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
class Score:
    """One row of the table of scores: every count beside its denominator."""

    force: str
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One piece of evidence, once, with everything it was given for."""

    number: int
    name: str
    digest: str
    added: str
    given_for: str


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
        Facts(_whose(group, thing), tuple(_fact(fact) for fact in found))
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
    kind = _BOUND.get(source["kind"], source["kind"])
    binds = f"binds {source['binds']}" if source["binds"] else ""
    return Source(
        anchor=f"source-{source['id']}",
        citation=source["citation"],
        title=source["title"],
        about=joined([kind, source["publisher"], binds, source["id"]]),
        reading=source["reading"],
        says="" if source["read"] == "not-read" else source["says"],
        note=source["note"],
        url=source["url"],
        link=source["url"] if _is_web_address(source["url"]) else "",
    )


def _is_web_address(url: str) -> bool:
    """Whether it is safe to make a link of it: a checklist may hold anything."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return url.isascii() and parts.scheme in {"http", "https"} and bool(parts.hostname)


def scores(data: Data) -> tuple[Score, ...]:
    """Return every count of every force, and the score last."""
    return tuple(
        Score(capital(FORCES.get(score["force"], score["force"])), _counts(score))
        for score in data["scores"]
    )


def _counts(score: Data) -> tuple[str, ...]:
    words = ("conforming", "partly", "nonconforming", "not_determined", "not_applicable", "counted")
    result = f"{score['conforming']} of {score['counted']}"
    percent = share(score["conforming"], score["counted"])
    return (*(str(score[word]) for word in words), f"{result} ({percent})")


def method(data: Data) -> tuple[str, ...]:
    """Return how the audit was made and where it ends, one paragraph each."""
    return (
        "This is a first-party audit. Whoever is named as auditor answered the questions for the "
        "clinic; nobody independent took part unless the name says so. It is not a certificate, "
        "and it is not legal advice.",
        "Each requirement is counted once, by its worst thing, in the order gap seen, partly, not "
        "determined, conforming. Score of a force = conforming ÷ (in scope − declared not "
        "applicable). Partly, unknown and unanswered stay in the denominator and add nothing. "
        "Law and good practice are never added up. There is no pass mark.",
        "A question that nobody answered is not a pass, and “I don’t know” is not a pass. "
        "A yes to a critical or major question says how it is known: seen, read in a record, "
        "or told. What rests on word alone was not checked.",
        "Records, staff files and stock were looked at in samples, on one day. What was not in "
        "the sample may differ. Records are named by the clinic’s own reference; this report "
        "holds no patient data by design.",
        "Law is given in our words, with how far each source was read and the date of the text. "
        "The law may have changed since. Where no source was read by anybody, no rule is stated, "
        "and the finding says: not established by this tool.",
        "A gap is what was seen on that day against what a source asks. It is not a finding of "
        "fault, and no statement that anyone was harmed. This report may be discoverable in a "
        "dispute. A gap that is known and left without an owner and a date weighs most.",
        data["privilege"] or PRIVILEGE,
        f"Times are those of {data['time_zone']}. Dates are year, month, day.",
    )


def evidence(data: Data) -> tuple[Exhibit, ...]:
    """Return the register: each file or place of a paper once, in the order it was first given."""
    found: dict[tuple[str, str, str], list[tuple[Data, str]]] = {}
    for held, key in _held(data):
        found.setdefault((held["sha256"], held["name"], held["kept_at"]), []).append((held, key))
    return tuple(
        _exhibit(number, uses[0][0], [key for _, key in uses])
        for number, uses in enumerate(found.values(), start=1)
    )


def _held(data: Data) -> Iterator[tuple[Data, str]]:
    for finding in data["findings"]:
        for thing in finding["things"]:
            for held in thing["evidence"]:
                yield held, joined([requirement_key(finding), thing["title"]], ", ")


def _exhibit(number: int, held: Data, keys: list[str]) -> Exhibit:
    weight = size(held["size"]) if held["sha256"] else "no file; a statement of where the paper is"
    return Exhibit(
        number=number,
        name=joined([held["name"], kept(held), weight]),
        digest=held["sha256"],
        added=minute(held["at"]),
        given_for="\n".join(dict.fromkeys(keys)),
    )


ATTESTATION = (
    "This records what I saw, read or was told that day. It is not a legal conclusion, "
    "a certificate, or a statement that anyone was harmed."
)


def signatories(data: Data) -> tuple[Signatory, ...]:
    """Return the two fields, in the order in which they are signed."""
    auditor = data["auditor"]
    return (
        Signatory(
            "sig_auditor",
            "Auditor",
            (Line("Name", auditor["name"]), Line("Role", auditor["role"])),
            f"Signature of the auditor, {auditor['name']}",
        ),
        Signatory(
            "sig_owner",
            "Owner of the clinic",
            (Line("Name", "printed in the signature"), Line("Role", f"owner, {data['clinic']}")),
            f"Signature of the owner of {data['clinic']}",
        ),
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
