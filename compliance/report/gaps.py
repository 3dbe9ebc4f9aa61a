"""Findings: the gaps that were seen, each with what it may not meet and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from compliance.report.book import Book, Data, gaps_in_order
from compliance.report.entries import NO_DATE, NO_OWNER, Thing, thing
from compliance.report.wording import (
    GRADES,
    READINGS,
    capital,
    conclusion,
    count,
    force,
    joined,
    listing,
)

SEEN = frozenset({"nonconforming", "partly"})
"""Conclusions in which a gap was seen."""

_UNREAD = "not-read"
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Rule:
    """A source as a finding cites it: what it says in our words, and how far it was read."""

    citation: str
    title: str
    says: str
    read: str
    reading: str
    target: str


@dataclass(frozen=True, slots=True)
class Readings:
    """Sources that were read equally far."""

    how: str
    rules: tuple[Rule, ...]


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
    rule: Rule | None
    also: tuple[Readings, ...]
    why: str
    fix: str
    things: tuple[Thing, ...]
    unplanned: str
    others: str


@dataclass(frozen=True, slots=True)
class Grade:
    """The gaps of one grade."""

    name: str
    heading: str
    gaps: tuple[Gap, ...]


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
    cited = sorted(rules(finding, book), key=lambda rule: not rule.says)
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
        rule=next(iter(cited), None),
        also=by_reading(cited[1:]),
        why=finding["why"],
        fix=finding["fix"],
        things=tuple(thing(each, book, established=True) for each in seen),
        unplanned=unplanned(finding),
        others=_others(finding["things"]),
    )


def requirement_key(finding: Data) -> str:
    """Return `checklist/requirement`, whether or not the id carries its checklist already."""
    key: str = finding["requirement"]
    return key if "/" in key else f"{finding['checklist']}/{key}"


def things_in_gap(finding: Data) -> list[Data]:
    """Return those things of a finding in which the gap was seen."""
    return [each for each in finding["things"] if each["conclusion"] in SEEN]


def unplanned(finding: Data) -> str:
    """Return what is missing from the plan for a gap: known and unplanned is the worst exhibit."""
    if not finding["gap_grade"]:
        return ""
    plans = [each["actions"] for each in things_in_gap(finding)]
    if not all(plans):
        return f"{capital(NO_OWNER)} and {NO_DATE}: no action was set."
    missing = [
        word
        for word, key in ((NO_OWNER, "owner"), (NO_DATE, "due"))
        if any(not action[key] for plan in plans for action in plan)
    ]
    return f"{capital(listing(missing))}." if missing else ""


def unplanned_critical(data: Data, book: Book) -> tuple[str, str]:
    """Return how many critical gaps there are, and which of them have no owner or no date."""
    found = [finding for finding in data["findings"] if finding["gap_grade"] == "critical"]
    bare = [book.gaps[finding["requirement"]] for finding in found if unplanned(finding)]
    if not found:
        return "", ""
    total = count(len(found), "critical gap")
    if not bare:
        return total, "Each has an owner and a date."
    return total, f"No owner or no date was set for {_named_gaps(sorted(bare))}."


def _named_gaps(numbers: Sequence[int]) -> str:
    """Return `gap 2`, `gaps 1 and 3`, `gaps 1 to 10`."""
    first, last = numbers[0], numbers[-1]
    if len(numbers) == 1:
        return f"gap {first}"
    if len(numbers) > _NAMED and last - first == len(numbers) - 1:
        return f"gaps {first} to {last}"
    return f"gaps {listing([str(number) for number in numbers])}"


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
    more = [f"{len(cited) - _NAMED} more that are cited below"] if len(cited) > _NAMED + 1 else []
    named = [*cited[:_NAMED], *more] if more else cited
    return f"{seen}; may not meet {listing(named, 'or')}."


def rules(finding: Data, book: Book) -> tuple[Rule, ...]:
    """Return the cited sources; of one that nobody read, no rule is stated."""
    return tuple(_rule(book.sources[key]) for key in finding["cite"])


def _rule(source: Data) -> Rule:
    return Rule(
        citation=source["citation"],
        title=source["title"],
        says="" if source["read"] == _UNREAD else source["says"],
        read=source["read"],
        reading=source["reading"],
        target=f"#source-{source['id']}",
    )


def by_reading(cited: Sequence[Rule]) -> tuple[Readings, ...]:
    """Return the sources by how far they were read, the best first; the list of sources has the dates."""
    return tuple(
        Readings(how, found)
        for level, how in READINGS.items()
        if (found := tuple(rule for rule in cited if rule.read == level))
    )


def _others(things: Sequence[Data]) -> str:
    """Return how the same question came out for the other things it was asked for."""
    words = [
        f"{each['title'] or 'asked once'}: {conclusion(each['conclusion'])}"
        for each in things
        if each["conclusion"] not in SEEN
    ]
    return "; ".join(words)
