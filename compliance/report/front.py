"""The cover: which clinic, which day, what conclusion, how deep, and what the report is not."""

from dataclasses import dataclass

from compliance.report.entries import Data, Line
from compliance.report.wording import count, joined, listing, long_day, minute

PRIVILEGE = "Not privileged unless counsel advises."

NOT_A_CERTIFICATE = (
    "This is a first-party audit: the clinic looked at itself. It is not a certificate, not a legal "
    "conclusion and not legal advice. It records what was seen, read or told on that day, "
    "and says for every requirement what it rests on."
)
_UNFINISHED = (
    "This audit was still under way when the report was made. "
    "What nobody has answered yet counts as not determined; nothing here is a final conclusion."
)
_LONGEST_HEAD = 40
_DEPTHS = {
    "quick": "quick: the questions that an inspector asks first",
    "core": "core: what an ordinary audit covers",
    "deep": "deep: every question of the checklists",
}
_KINDS = {
    "deeper": ("deeper question", "not asked at this depth"),
    "not chosen": ("question", "left out, because the audit was narrowed"),
    "out of scope": ("question", "out of scope for this clinic"),
}


@dataclass(frozen=True, slots=True)
class Cover:
    """What the first page says in one glance."""

    clinic: str
    sites: tuple[str, ...]
    day: str
    over: str
    headline: str
    because: tuple[str, ...]
    unfinished: str
    facts: tuple[Line, ...]
    disclaimer: str


@dataclass(frozen=True, slots=True)
class Running:
    """What stands at the head and the foot of every page."""

    head: str
    mark: str
    foot: str


def cover(data: Data) -> Cover:
    """Return the cover of a result."""
    return Cover(
        clinic=data["clinic"],
        sites=sites(data),
        day=f"As of {long_day(data['as_of'])}",
        over="Conclusion" if data["finished"] else "Conclusion so far",
        headline=data["conclusion"]["headline"],
        because=tuple(data["conclusion"]["lines"][1:]),
        unfinished="" if data["finished"] else _UNFINISHED,
        facts=tuple(line for line in _facts(data) if line.text),
        disclaimer=NOT_A_CERTIFICATE,
    )


def running(data: Data) -> Running:
    """Return the heads and feet; an audit still under way is marked on every page."""
    return Running(
        head=f"{_brief(data['clinic'])} · as of {data['as_of']}",
        mark="" if data["finished"] else "UNFINISHED AUDIT",
        foot="First-party audit. Not a certificate, not a legal conclusion, not legal advice.",
    )


def _brief(name: str) -> str:
    """Return a name that fits a running head; the cover has it whole."""
    return name if len(name) <= _LONGEST_HEAD else f"{name[: _LONGEST_HEAD - 1]}…"


def sites(data: Data) -> tuple[str, ...]:
    """Return each site with what the profile says of its address, in the profile's order."""
    facts = [fact for fact in data["profile"] if fact["group"] == "site"]
    names = {fact["thing_id"]: fact["thing"] for fact in facts}
    return tuple(
        joined([name, *_address([f for f in facts if f["thing_id"] == key])], ", ")
        for key, name in names.items()
    )


def _address(facts: list[Data]) -> list[str]:
    said = {fact["fact"]: fact["said"] for fact in facts}
    return [said[word] for word in ("address", "state") if word in said]


def _facts(data: Data) -> tuple[Line, ...]:
    auditor = data["auditor"]
    zone = data["time_zone"]
    concluded = minute(data["concluded_at"]) or "not yet concluded"
    return (
        Line("Auditor", joined([auditor["name"], auditor["role"]], ", ")),
        Line("Begun, concluded", f"{minute(data['begun_at'])}, {concluded} ({zone})"),
        Line("Depth", _depth(data)),
        Line("Limits", "\n".join(limits(data))),
        Line("Checklists", "\n".join(_packs(data))),
        Line("Privilege", data["privilege"] or PRIVILEGE),
    )


def _depth(data: Data) -> str:
    depth: str = data["scope"]["depth"]
    return _DEPTHS.get(depth, depth)


def limits(data: Data) -> list[str]:
    """Return what the audit left out, and how much of it, each as a sentence."""
    kinds = [item["kind"] for item in data["not_asked"]]
    left_out = [
        f"{count(kinds.count(kind), noun)} {why}."
        for kind, (noun, why) in _KINDS.items()
        if kind in kinds
    ]
    only = data["scope"]["only"]
    narrowed = [f"Narrowed to {listing(list(only))}."] if only else []
    return [*narrowed, *left_out] or [_no_limits(data)]


def _no_limits(data: Data) -> str:
    if data["findings"]:
        return "None: every question of the checklists was in scope."
    return "Nothing was in scope."


def _packs(data: Data) -> list[str]:
    number = count(len(data["checklists"]), "checklist")
    packs = [
        f"{pack['title']}, edition {pack['edition']}, {pack['publisher']}" for pack in data["packs"]
    ]
    return [*packs, f"{number}, listed with their editions at the end"]
