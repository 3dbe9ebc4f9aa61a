"""The cover: which clinic, which day, what conclusion, who signed, and what the report is not."""

from dataclasses import dataclass

from compliance.report.book import Book, Data
from compliance.report.entries import Line
from compliance.report.gaps import unplanned_critical
from compliance.report.look import Look, View
from compliance.report.wording import capital, count, joined, listing, long_day, minute

PRIVILEGE = "Not privileged unless counsel advises."

NOT_A_CERTIFICATE = (
    "This is a first-party audit: it was made for the clinic, and nobody independent confirmed it. "
    "It is not a certificate, not a legal conclusion and not legal advice. It records what was seen, read or told on that day, "
    "and says for every requirement what it rests on."
)
ATTESTATION = (
    "Who signs attests: this records what I saw, read or was told that day. It is not a legal "
    "conclusion, a certificate, or a statement that anyone was harmed."
)
_UNFINISHED = (
    "This audit was still under way when the report was made. "
    "What nobody has answered yet counts as not determined; nothing here is a final conclusion, "
    "and nobody can sign it."
)
_LONGEST_HEAD = 40
_MOST_SITES = 6
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
_SUBJECTS: dict[View, str] = {
    "full": "self-audit report",
    "owner": "from the self-audit: what to know and to do",
    "actions": "from the self-audit: what to correct",
    "binder": "binder of papers",
}
_FOOT = "First-party audit. Not a certificate, not a legal conclusion, not legal advice."


@dataclass(frozen=True, slots=True)
class Signatory:
    """A place for a signature: its field in the form, who signs there, and as what."""

    field: str
    label: str
    who: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Cover:
    """What the first page says in one glance."""

    kind: str
    clinic: str
    sites: tuple[str, ...]
    day: str
    over: str
    headline: str
    because: str
    unfinished: str
    facts: tuple[Line, ...]
    attestation: str
    signatories: tuple[Signatory, ...]
    signing: str
    disclaimer: str
    firm: str
    logo: str
    logo_says: str


@dataclass(frozen=True, slots=True)
class Running:
    """What stands at the head and the foot of every page."""

    head: str
    mark: str
    foot: str


def cover(data: Data, book: Book, look: Look) -> Cover:
    """Return the cover of a result."""
    finished = data["finished"]
    firm = look.theme.firm
    return Cover(
        kind=capital(_SUBJECTS[look.view]),
        clinic=data["clinic"],
        sites=_brief_sites(sites(data)),
        day=f"As of {long_day(data['as_of'])}",
        over="Conclusion" if finished else "Conclusion so far",
        headline=data["conclusion"]["headline"],
        because=" ".join(data["conclusion"]["lines"][1:]),
        unfinished="" if finished else _UNFINISHED,
        facts=tuple(line for line in _facts(data, book, look) if line.text),
        attestation=ATTESTATION if finished and look.view == "full" else "",
        signatories=signatories(data) if finished and look.view == "full" else (),
        signing=listing([one["place"] for one in data["signatories"]]),
        disclaimer=NOT_A_CERTIFICATE,
        firm=firm,
        logo=look.theme.logo,
        logo_says=joined(["Logo", firm], ": "),
    )


def title(data: Data, view: View) -> str:
    """Return the title of the document, as its metadata and its window show it."""
    unfinished = "" if data["finished"] or view == "binder" else " (unfinished)"
    day = data["as_of"]
    return f"{data['clinic']}: {_SUBJECTS[view]} as of {day}{unfinished}"


def author(data: Data, view: View) -> str:
    """Return who made the document; a binder goes to inspectors and names nobody."""
    auditor = data["auditor"]
    return "" if view == "binder" else joined([auditor["name"], auditor["role"]], ", ")


def running(data: Data, look: Look) -> Running:
    """Return the heads and feet; an audit still under way is marked on every page."""
    inspector = look.view == "binder"
    return Running(
        head=f"{_brief(data['clinic'])} · as of {data['as_of']}",
        mark="" if data["finished"] or inspector else "UNFINISHED AUDIT",
        foot=joined([look.theme.firm, "" if inspector else _FOOT]),
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


def _brief_sites(named: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sites that leave room for the conclusion; the profile has them all."""
    rest = len(named) - _MOST_SITES
    return (*named[:_MOST_SITES], f"and {count(rest, 'more site')}") if rest > 0 else named


def _facts(data: Data, book: Book, look: Look) -> tuple[Line, ...]:
    auditor, zone = data["auditor"], data["time_zone"]
    begun = minute(data["begun_at"])
    concluded = minute(data["concluded_at"]) or "not yet concluded"
    when = begun if begun == concluded else f"{begun}, {concluded}"
    critical, plan = unplanned_critical(data, book)
    extract = "" if look.view == "full" else "An extract; the full report carries the signatures."
    return (
        Line("Auditor", joined([auditor["name"], auditor["role"]], ", ")),
        Line("Begun, concluded", f"{when} ({zone})"),
        Line("Depth", _DEPTHS.get(data["scope"]["depth"], data["scope"]["depth"])),
        Line("Limits", " ".join(limits(data))),
        Line("Checklists", _packs(data)),
        Line("Plan", f"{critical}. {plan}" if critical else ""),
        Line("Privilege", data["privilege"] or PRIVILEGE),
        Line("Part", extract),
    )


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


def _packs(data: Data) -> str:
    """Return how many checklists were walked, of which packs; the rest does not apply here."""
    number = count(len(data["checklists"]), "checklist")
    packs = [f"{pack['title']}, edition {pack['edition']}" for pack in data["packs"]]
    return joined([f"{number} with questions for this clinic", *packs], "; from ")


def signatories(data: Data) -> tuple[Signatory, ...]:
    """Return the places for signatures, in the order in which they are signed."""
    return tuple(_signatory(one) for one in data["signatories"])


def _signatory(one: Data) -> Signatory:
    place, name = one["place"], one["name"]
    return Signatory(
        field=f"sig_{place}",
        label=f"{capital(place)}: {one['meaning']}",
        who=joined([name, one["role"]], ", "),
        alternative=joined([f"Signature of the {place}", name], ", "),
    )
