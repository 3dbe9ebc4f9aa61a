"""Findings: the gaps that were seen, what is not determined, and the actions to work from."""

from collections.abc import Sequence
from dataclasses import dataclass

from compliance.report.entries import NO_DATE, NO_OWNER, Data, Thing, thing
from compliance.report.wording import CONCLUSIONS, FORCES, GRADES, capital, joined, listing

_SEEN = frozenset({"nonconforming", "partly"})
_UNREAD = "not-read"


@dataclass(frozen=True, slots=True)
class Rule:
    """A source as a finding cites it: what it says in our words, and how far it was read."""

    citation: str
    title: str
    says: str
    reading: str
    target: str


@dataclass(frozen=True, slots=True)
class Gap:
    """One requirement with a gap."""

    number: int
    anchor: str
    grade: str
    place: str
    ask: str
    verdict: str
    standing: str
    good: str
    rules: tuple[Rule, ...]
    why: str
    fix: str
    things: tuple[Thing, ...]
    others: str


@dataclass(frozen=True, slots=True)
class Grade:
    """The gaps of one grade."""

    name: str
    heading: str
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Undetermined:
    """Something that the audit could not settle, and why."""

    ask: str
    standing: str
    place: str
    why: str


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the corrective-action table."""

    number: int
    target: str
    grade: str
    thing: str
    ask: str
    mended: str
    action: str
    owner: str
    due: str


@dataclass(frozen=True, slots=True)
class Book:
    """What findings look up: sources and the titles of checklists by their ids."""

    sources: dict[str, Data]
    titles: dict[str, str]


def open_book(data: Data) -> Book:
    """Return the look-up tables of a result."""
    return Book(
        sources={source["id"]: source for source in data["sources"]},
        titles={checklist["id"]: checklist["title"] for checklist in data["checklists"]},
    )


def gaps_in_order(findings: Sequence[Data]) -> list[Data]:
    """Return the findings with a gap, gravest first, then by force, then as they were asked."""
    return sorted((f for f in findings if f["gap_grade"]), key=_rank("gap_grade"))


def _rank(grade: str):  # noqa: ANN202 - a key for sorted
    forces = list(FORCES)
    return lambda finding: (
        _index(GRADES, finding[grade]),
        _index(forces, finding["force"]),
    )


def _index(words: Sequence[str], word: str) -> int:
    return words.index(word) if word in words else len(words)


def by_grade(data: Data, book: Book) -> tuple[Grade, ...]:
    """Return the gaps under their grades, numbered through."""
    gaps = [
        _gap(finding, number, book)
        for number, finding in enumerate(gaps_in_order(data["findings"]), start=1)
    ]
    return tuple(_grade(name, found) for name in GRADES if (found := _of(gaps, name)))


def _of(gaps: list[Gap], grade: str) -> tuple[Gap, ...]:
    return tuple(gap for gap in gaps if gap.grade == grade)


def _grade(name: str, gaps: tuple[Gap, ...]) -> Grade:
    return Grade(name, f"{capital(name)} gaps ({len(gaps)})", gaps)


def _gap(finding: Data, number: int, book: Book) -> Gap:
    seen = [each for each in finding["things"] if each["conclusion"] in _SEEN]
    return Gap(
        number=number,
        anchor=f"gap-{number}",
        grade=finding["gap_grade"],
        place=place(finding, book),
        ask=finding["ask"],
        verdict=verdict(finding, book),
        standing=_standing(finding),
        good=finding["yes_if"],
        rules=rules(finding, book),
        why=finding["why"],
        fix=finding["fix"],
        things=tuple(thing(each, established=True) for each in seen),
        others=_others(finding["things"]),
    )


def requirement_key(finding: Data) -> str:
    """Return `checklist/requirement`, whether or not the id carries its checklist already."""
    key: str = finding["requirement"]
    return key if "/" in key else f"{finding['checklist']}/{key}"


def place(finding: Data, book: Book) -> str:
    """Return which checklist and section a requirement stands in, and where it is looked at."""
    checklist = book.titles.get(finding["checklist"], finding["checklist"])
    return joined([checklist, finding["section"], finding["where"]])


def _standing(finding: Data) -> str:
    """Return force and grade of the requirement; the gap's grade too where it is lesser."""
    force = FORCES.get(finding["force"], finding["force"])
    lesser = finding["gap_grade"] != finding["grade"]
    grade = f"the requirement itself is {finding['grade']}" if lesser else ""
    return joined([finding["gap_grade"], force, grade])


def verdict(finding: Data, book: Book) -> str:
    """Return what was seen against what is asked, as an observation and never as an admission."""
    seen = "Gap seen" if finding["conclusion"] == "nonconforming" else "Gap seen in part"
    if not finding["established"]:
        return f"{seen}; which rule applies is not established by this tool: ask the board."
    cited = [rule.citation for rule in rules(finding, book)]
    return f"{seen}; may not meet {listing(cited, 'or')}."


def rules(finding: Data, book: Book) -> tuple[Rule, ...]:
    """Return the cited sources; of one that nobody read, no rule is stated."""
    return tuple(_rule(book.sources[key]) for key in finding["cite"])


def _rule(source: Data) -> Rule:
    return Rule(
        citation=source["citation"],
        title=source["title"],
        says="" if source["read"] == _UNREAD else source["says"],
        reading=source["reading"],
        target=f"#source-{source['id']}",
    )


def _others(things: Sequence[Data]) -> str:
    """Return how the same question came out for the other things it was asked for."""
    words = [
        f"{each['title'] or 'asked once'}: {CONCLUSIONS.get(each['conclusion'], '')}"
        for each in things
        if each["conclusion"] not in _SEEN
    ]
    return "; ".join(words)


def undetermined(data: Data, book: Book) -> tuple[Undetermined, ...]:
    """Return what the clinic did not know or was not asked, gravest first."""
    return _unsettled(data, book, established=True)


def unestablished(data: Data, book: Book) -> tuple[Undetermined, ...]:
    """Return what this tool could not establish, because nobody read the rule."""
    return _unsettled(data, book, established=False)


def _unsettled(data: Data, book: Book, *, established: bool) -> tuple[Undetermined, ...]:
    wanted = {"not determined"} if established else {"not determined", *_SEEN}
    found = [
        finding
        for finding in data["findings"]
        if finding["established"] is established
        and finding["conclusion"] in wanted
        and not finding["gap_grade"]
    ]
    return tuple(_open(finding, book) for finding in sorted(found, key=_rank("grade")))


def _open(finding: Data, book: Book) -> Undetermined:
    force = FORCES.get(finding["force"], finding["force"])
    return Undetermined(
        ask=finding["ask"],
        standing=f"{finding['grade']}, {force}",
        place=place(finding, book),
        why="\n".join(_why_open(each) for each in finding["things"] if _is_open(each)),
    )


def _is_open(found: Data) -> bool:
    return found["conclusion"] not in {"conforming", "not applicable"}


def _why_open(found: Data) -> str:
    reasons = joined([found["said"] or "not answered", found["detail"]], ". ")
    return f"{found['title']}: {reasons}" if found["title"] else capital(reasons)


def tasks(data: Data) -> tuple[Task, ...]:
    """Return a row for each action on each gap, and a row for each gap without one."""
    return tuple(
        task
        for number, finding in enumerate(gaps_in_order(data["findings"]), start=1)
        for each in finding["things"]
        if each["conclusion"] in _SEEN
        for task in _tasks(number, finding, each)
    )


def _tasks(number: int, finding: Data, found: Data) -> list[Task]:
    suggestion = f"None set. Suggested: {finding['fix']}" if finding["fix"] else "None set."
    planned = found["actions"] or [{"text": suggestion, "owner": "", "due": ""}]
    return [
        Task(
            number=number,
            target=f"#gap-{number}",
            grade=joined([finding["gap_grade"], FORCES.get(finding["force"], "")], ", "),
            thing=found["title"],
            ask=finding["ask"],
            mended="Corrected during the audit." if found["corrections"] else "",
            action=action["text"],
            owner=action["owner"] or NO_OWNER,
            due=action["due"] or NO_DATE,
        )
        for action in planned
    ]
