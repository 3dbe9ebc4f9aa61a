"""What is told about an audit or a library, as lines and as JSON."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from compliance.audit.corrective_action import rank_gaps
from compliance.audit.judging import judge
from compliance.audit.result import RequirementFinding, Result
from compliance.checklist.frozen import DEPTHS
from compliance.checklist.library import Library
from compliance.checklist.pack_files import read_bounded
from compliance.clinic.applicability import Item
from compliance.conduct.attesting import tell_plan
from compliance.walk.recording import Recording
from compliance.walk.session import Session

_WORST, _SOON_DAYS = 5, 90


def tell_conclusion(result: Result) -> str:
    """Return the end of an audit: conclusion, why, what to fix first, what lapses soon."""
    lines = ["", "Conclusion", *(f"  {line}" for line in result.conclusion.lines)]
    for score in result.scores:
        name = score.force.replace("-", " ").capitalize()
        apart = f"; {score.not_applicable} declared not applicable" if score.not_applicable else ""
        lines.append(f"  {name}: {score.conforming} of {score.counted} conforming{apart}.")
    worst = rank_gaps(result.findings)[:_WORST]
    if worst:
        lines += ["", "Fix these first", *(line for one in worst for line in _tell_gap(one))]
    soon = [one for one in result.lapses if 0 <= one.days <= _SOON_DAYS]
    if soon:
        lines += ["", f"Lapses within {_SOON_DAYS} days"]
        lines += [f"  {one.on}  {one.ask}{_of(one.title)}" for one in soon]
    return "\n".join(lines)


def _tell_gap(finding: RequirementFinding) -> Iterator[str]:
    titles = [
        thing.title for thing in finding.things if thing.conclusion in {"nonconforming", "partly"}
    ]
    where = _of("; ".join(title for title in titles if title))
    yield f"  {finding.gap_grade}, {finding.force.replace('-', ' ')}: {finding.ask}{where}"
    if finding.fix:
        yield f"    {finding.fix}"
    yield f"    {tell_plan(asdict(finding))}"


def _of(title: str) -> str:
    return f" ({title})" if title else ""


def conclusion_json(result: Result, report: Path, *, signed: bool) -> str:
    """Return conclusion and counts for machines."""
    data = result.as_data()
    picked: dict[str, Any] = {
        name: data[name]
        for name in ("schema", "clinic", "as_of", "finished", "conclusion", "scores")
    }
    picked |= {"report": report.as_posix(), "signed": signed}
    return json.dumps(picked, ensure_ascii=False, indent=1)


def tell_status(recording: Recording, clinic: Path) -> str:
    """Return where an audit stands and how to go on."""
    session = Session(recording.library, recording.state)
    state, progress = recording.state, session.progress()
    lines = [
        f"{state.profile.name}, audit as of {state.as_of} ({state.time_zone}), depth {state.chosen.depth}."
    ]
    if recording.set_aside:
        lines.append(
            "The last line of the journal is torn; it is set aside when the audit is resumed."
        )
    lines.append(f"{progress.answered} of {progress.total} questions answered.")
    if state.concluded_at:
        result = judge(recording.library, state, recording.head)
        lines += [
            f"Concluded {state.concluded_at[:16].replace('T', ' ')}. {result.conclusion.headline}",
            f"Its report: compliance report {clinic}",
        ]
        return "\n".join(lines)
    needs = len(session.needs())
    if needs:
        facts = "fact about the clinic is" if needs == 1 else "facts about the clinic are"
        lines.append(f"{needs} {facts} still needed.")
    step = session.next_step()
    if isinstance(step, Item):
        lines.append(
            f"Next: {step.entry.section.title}: {step.entry.requirement.ask}{_of(step.title)}"
        )
    lines.append(
        f"About {progress.minutes_left} minutes are left. Go on: compliance audit {clinic}"
    )
    return "\n".join(lines)


def tell_withdrawn(recording: Recording, number: int) -> str:
    """Return what was blanked, and what of it may stand elsewhere."""
    from compliance.walk.journal import read_journal  # noqa: PLC0415 - used here and below only

    events = read_journal(recording.journal.read_bytes(), recording.journal.name).events
    event = next(one for one in events if one.number == number)
    blanked = (
        f"The text of event {number} is blanked for good. "
        "If it stands in an answers file or in clinic.yaml, take it out there, too."
    )
    lines = [blanked]
    if event.kind == "thing":
        lines.append(
            f"The id “{event.data['id']}” was made from that name and stays, in the report as well. "
            "If it tells who it is, begin another audit with another name."
        )
    return "\n".join(lines)


def tell_rendering_again(clinic: Path, report: Path) -> str:
    """Return how to get a report without a text that was withdrawn; a signed one keeps it."""
    # Loaded only when needed: it reads PDFs.
    from compliance.conduct.closing import MAX_PDF, is_signed  # noqa: PLC0415

    again = f"Render the report again: compliance report {clinic}"
    if not report.is_file() or not is_signed(read_bounded(report, MAX_PDF)):
        return again
    return (
        f"“{report}” is signed and still shows the text. {again} -o FILE. "
        "Then have that one signed, and delete the old one and what was made of it."
    )


def tell_texts(recording: Recording) -> str:
    """Return every text that could be withdrawn, with the number of its event."""
    from compliance.walk.journal import read_journal  # noqa: PLC0415 - used here only

    read = read_journal(recording.journal.read_bytes(), recording.journal.name)
    lines = [
        f"{event.number:>5}  {event.kind}, {name}: {says}"
        for event in read.events
        for name, says in event.texts.items()
        if says
    ]
    return "\n".join(
        [*lines, "", "Blank one for good: compliance withdraw FOLDER EVENT --why TEXT"]
    )


def tell_checklists(library: Library) -> str:
    """Return the checklists, how much each asks at which depth, and where they come from."""
    packs = [edition.pack for edition in library.packs]
    lines = [f"{pack.title}, edition {pack.edition}, {pack.publisher}" for pack in packs]
    for one in _count_checklists(library):
        counts = ", ".join(f"{one['depths'][depth]} {depth}" for depth in DEPTHS)
        lines.append(f"  {one['id']:<32}{one['title']} ({one['jurisdiction']}): {counts}")
    return "\n".join([*lines, "", "Read one: compliance show CHECKLIST"])


def checklists_json(library: Library) -> str:
    """Return the same for machines."""
    return json.dumps(list(_count_checklists(library)), ensure_ascii=False, indent=1)


def _count_checklists(library: Library) -> Iterator[dict[str, Any]]:
    for key, one in library.checklists.items():
        depths = [e.requirement.depth for e in library.entries if e.checklist_key == key]
        yield {
            "id": key,
            "title": one.title,
            "jurisdiction": one.jurisdiction,
            "edition": str(one.edition),
            "digest": library.digest_of(key),
            "depths": {depth: depths.count(depth) for depth in DEPTHS},
        }
