"""What somebody is about to attest to: said before the key is opened, so that nobody signs unseen."""

from collections.abc import Iterator, Mapping
from typing import Any

from compliance.report.book import gaps_in_order
from compliance.report.entries import NO_DATE, NO_OWNER
from compliance.report.gaps import things_in_gap


def tell_attested(data: Mapping[str, Any]) -> str:
    """Return the conclusion, and each critical gap with its owner and date, or that none was set."""
    critical = [gap for gap in gaps_in_order(data["findings"]) if gap["gap_grade"] == "critical"]
    lines = [
        f"You attest to the report of {data['clinic']} as of {data['as_of']}:",
        f"  {data['conclusion']['headline']}",
    ]
    for number, gap in enumerate(critical, start=1):
        where = ", ".join(thing["title"] for thing in things_in_gap(gap) if thing["title"])
        lines.append(f"  {number}  {gap['ask']}" + (f" ({where})" if where else ""))
        lines.append(f"     {tell_plan(gap)}")
    return "\n".join(lines)


def tell_plan(gap: Mapping[str, Any]) -> str:
    """Return by whom and until when a gap is mended, or that none was set: the worst exhibit."""
    return "; ".join(dict.fromkeys(_plans(gap)))


def _plans(gap: Mapping[str, Any]) -> Iterator[str]:
    for thing in things_in_gap(gap):
        for action in thing["actions"] or ({"owner": "", "due": ""},):
            due = f"by {action['due']}" if action["due"] else NO_DATE
            yield f"{action['owner'] or NO_OWNER}, {due}"
