"""Findings: the gaps that were seen, each with what it may not meet and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from compliance.report.entries import Data, Thing, thing
from compliance.report.wording import (
    FORCES,
    GRADES,
    capital,
    conclusion,
    force,
    joined,
    listing,
)

SEEN = frozenset({"nonconforming", "partly"})
"""Conclusions in which a gap was seen."""

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
    lesser: str
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
class Book:
    """What findings look up: sources and the titles of checklists by their ids."""

    sources: dict[str, Data]
    titles: dict[str, str]

    def title(self, checklist: str) -> str:
        """Return the title of a checklist; its id where the result does not list it."""
        return self.titles.get(checklist, checklist)


def open_book(data: Data) -> Book:
    """Return the look-up tables of a result."""
    return Book(
        sources={source["id"]: source for source in data["sources"]},
        titles={checklist["id"]: checklist["title"] for checklist in data["checklists"]},
    )


def gaps_in_order(findings: Sequence[Data]) -> list[Data]:
    """Return the findings with a gap in the order of `audit.corrective_action.rank_gaps`."""
    seen = [finding for finding in findings if finding["gap_grade"]]
    return sorted(seen, key=_urgency)


def _urgency(finding: Data) -> tuple[int, int, bool]:
    """The gravest first, then law before guidance, then a no before a partly."""
    return (*rank(finding["gap_grade"], finding["force"]), finding["conclusion"] != "nonconforming")


def rank(grade: str, force: str) -> tuple[int, int]:
    """Return how grave something is, the gravest lowest; strong forces come before weak ones."""
    return _index(GRADES, grade), _index(tuple(FORCES), force)


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
    seen = things_in_gap(finding)
    return Gap(
        number=number,
        anchor=f"gap-{number}",
        grade=finding["gap_grade"],
        place=place(finding, book),
        ask=finding["ask"],
        verdict=verdict(finding, book),
        standing=_standing(finding),
        good=finding["yes_if"],
        lesser=finding["partly_if"] if finding["conclusion"] == "partly" else "",
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


def things_in_gap(finding: Data) -> list[Data]:
    """Return those things of a finding in which the gap was seen."""
    return [each for each in finding["things"] if each["conclusion"] in SEEN]


def place(finding: Data, book: Book) -> str:
    """Return which checklist and section a requirement stands in, and where it is looked at."""
    return joined([book.title(finding["checklist"]), finding["section"], finding["where"]])


def _standing(finding: Data) -> str:
    """Return force and grade of the requirement; the gap's grade too where it is lesser."""
    lesser = finding["gap_grade"] != finding["grade"]
    grade = f"the requirement itself is {finding['grade']}" if lesser else ""
    return joined([finding["gap_grade"], force(finding["force"]), grade])


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
        f"{each['title'] or 'asked once'}: {conclusion(each['conclusion'])}"
        for each in things
        if each["conclusion"] not in SEEN
    ]
    return "; ".join(words)
