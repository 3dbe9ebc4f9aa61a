"""Conducting one audit from its opening to the signed report."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import typer

from compliance.audit.result import Result
from compliance.checklist.pack_files import read_bounded
from compliance.clinic.needs import NeedFact
from compliance.conduct import closing, rendering
from compliance.conduct.opening import (
    PROFILE,
    Opened,
    Wish,
    check_folder,
    find_under_way,
    open_audit,
    render_all,
    settle,
)
from compliance.conduct.pen import Pen
from compliance.conduct.previous import recall
from compliance.conduct.sealing import Sealing, offer_to_sign, seal
from compliance.conduct.telling import conclusion_json, tell_conclusion
from compliance.errors import ComplianceError, InputError
from compliance.report.look import Look
from compliance.terminal.prompts import Ended, Screen
from compliance.terminal.walkthrough import Ending, walk
from compliance.walk.answers_file import answer_events, read_answers
from compliance.walk.profile_events import Difference
from compliance.walk.recording import REPORT, Recording
from compliance.walk.session import Session


@dataclass(frozen=True, slots=True)
class End:
    """How an audit ends: on which screen, signed by whom, how its report looks."""

    screen: Screen
    pen: Pen | None
    look: Look
    interactive: bool
    as_json: bool


def conduct(
    clinic: Path, wish: Wish, answers: Path | None, sealing: Sealing, look: Look, *, as_json: bool
) -> None:
    """Begin or resume an audit, ask or read the answers, conclude, render and sign.

    With `as_json` what a person reads goes to standard error.

    Raises:
        ComplianceError: bad input or a failing environment; what was saved before stays.
    """
    check_folder(clinic)
    screen = Screen(sys.stdin, sys.stderr if as_json else sys.stdout)
    pen = sealing.open() if sealing.named else None
    asked = wish if answers else _ask_who(clinic, wish, screen)
    if asked is None:
        return
    _require_auditor(clinic, asked)
    opened = open_audit(clinic, asked, datetime.now(UTC))
    with opened.recording as recording:
        if answers is not None:
            _take_answers_or_undo(clinic, opened, answers, screen)
            finished = True
        else:
            finished = _walk(clinic, opened, screen)
        if finished:
            end = End(screen, pen, look, interactive=answers is None, as_json=as_json)
            _finish(clinic, recording, end)
        elif as_json:
            report = recording.folder / REPORT
            typer.echo(conclusion_json(closing.result_of(recording), report, signed=False))


def _ask_who(clinic: Path, wish: Wish, screen: Screen) -> Wish | None:
    """Ask who audits when a new audit begins; None when the input ended first."""
    if find_under_way(clinic, wish):
        return wish
    try:
        name = wish.auditor or _ask_until(
            screen, "Who audits? (Your name, as it is to stand in the report.)"
        )
        role = wish.role or _ask_until(
            screen, "As what? (Such as owner, clinic manager, consultant.)"
        )
    except Ended:
        screen.say("Nothing was begun.")
        return None
    return replace(wish, auditor=name, role=role)


def _ask_until(screen: Screen, question: str) -> str:
    while not (said := screen.ask(question).strip()):
        screen.say("It cannot stay empty.")
    return said


def _require_auditor(clinic: Path, wish: Wish) -> None:
    if not (wish.auditor and wish.role) and not find_under_way(clinic, wish):
        raise InputError("Say who audits: --auditor NAME, and as what: --role ROLE.")


def _walk(clinic: Path, opened: Opened, screen: Screen) -> bool:
    """Ask; return whether the audit can be concluded."""
    try:
        _settle(clinic, opened.recording, opened.differences, screen)
        ending = _ask(clinic, opened, screen)
    except KeyboardInterrupt:
        screen.say(
            f"\nEverything that was acknowledged is saved. Go on with: compliance audit {clinic}"
        )
        raise
    except Ended:
        screen.say(f"Saved. Go on with: compliance audit {clinic}")
        return False
    if ending.kind != "finished":
        screen.say(
            f"Saved. {ending.left} questions are open. Go on with: compliance audit {clinic}"
        )
    return ending.kind == "finished"


def _ask(clinic: Path, opened: Opened, screen: Screen) -> Ending:
    """Walk; what was learned about the clinic goes into its profile however the sitting ends.

    Not before the differences are settled: what a person wrote there would be lost.
    """
    recording = opened.recording
    try:
        return walk(
            recording,
            screen,
            base=Path.cwd(),
            last_time=recall(clinic, recording),
            resumed=not opened.is_new,
        )
    finally:
        _write_back(recording, clinic, screen)


def _take_answers_or_undo(clinic: Path, opened: Opened, answers: Path, screen: Screen) -> None:
    """Take an answers file; an audit that was begun for one that is refused is undone."""
    recording = opened.recording
    try:
        _settle(clinic, recording, opened.differences, None)
        _require_facts(recording, clinic)
        _take_answers(recording, answers, screen)
    except InputError:
        if opened.is_new:
            recording.undo()
        raise
    _write_back(recording, clinic, screen)


def _require_facts(recording: Recording, clinic: Path) -> None:
    """Without somebody to ask, what the audit cannot go on without must be in the profile.

    Raises:
        InputError: a required fact is missing.
    """
    needs = Session(recording.library, recording.state).needs()
    missing = [
        f"{need.title}: {need.fact.ask}" if need.title else need.fact.ask
        for need in needs
        if isinstance(need, NeedFact) and need.fact.required == "yes"
    ]
    if missing:
        raise InputError(
            f"{clinic / PROFILE} (or --profile FILE) must say:\n  " + "\n  ".join(missing)
        )


def _settle(
    clinic: Path, recording: Recording, differences: Sequence[Difference], screen: Screen | None
) -> None:
    """Where clinic.yaml and the journal disagree, the person decides; nobody there: refused.

    Raises:
        InputError: they disagree and nobody is there to settle it.
    """
    if not differences:
        return
    sentences = [difference.sentence for difference in differences]
    if screen is None:
        raise InputError(
            f"{clinic / PROFILE} and the audit in {recording.folder} disagree:\n  "
            + "\n  ".join(sentences)
            + f"\nSettle it in a walk: compliance audit {clinic}"
        )
    screen.say(f"{PROFILE} was changed since this audit was last open:")
    for sentence in sentences:
        screen.say(f"  {sentence}", "  ")
    taken = screen.choose("Which holds?", [f"what {PROFILE} says now", "what the audit has"])
    settle(recording, differences, by_file=taken == 0)


def _take_answers(recording: Recording, path: Path, screen: Screen) -> None:
    """Check an answers file whole, then record what is new in it.

    Raises:
        InputError: something in it is wrong; then nothing of it was recorded.
    """
    session = Session(recording.library, recording.state)
    read, diagnostics = read_answers(read_bounded(path), str(path), session, path.parent)
    if read is None:
        raise InputError(f"{render_all(diagnostics)}\nNothing of {path} was recorded.")
    for file, raw in read.files:
        recording.keep(file, raw)
    events = [event for group in answer_events(read, recording.state) for event in group]
    recording.record(*events)
    session.refresh()
    open_items, hidden = session.open_items(), read.hidden
    screen.say(
        f"{len(read.keys)} answers read from {path}; {len(open_items)} questions are still open."
    )
    for item in open_items:
        screen.say(f"  open: {item.key}", "    ")
    for key in hidden:
        screen.say(f"  kept, but not asked of this clinic: {key}", "    ")


def _write_back(recording: Recording, clinic: Path, screen: Screen) -> None:
    """Write clinic.yaml; a disk that refuses is said, since the journal has everything anyway."""
    try:
        closing.write_profile_back(recording, clinic)
    except ComplianceError as error:
        screen.say(str(error))


def _finish(clinic: Path, recording: Recording, end: End) -> None:
    result, screen = closing.conclude(recording), end.screen
    screen.say(tell_conclusion(result))
    report = recording.folder / REPORT
    try:
        closing.write_report(report, rendering.render_report(recording, result, end.look))
    except ComplianceError:
        screen.say(f"\nThe audit is concluded and saved. Its report: compliance report {clinic}")
        raise
    signed = _seal(report, result, end)
    screen.say(f"\nReport: {report}" + ("" if signed else ", not signed."))
    if not signed:
        screen.say(f"Sign it: compliance sign {report} --sign-as NAME")
    anybody = "Anybody" if signed else "Then anybody"
    screen.say(f"{anybody} can check it: compliance verify {report}")
    if end.as_json:
        typer.echo(conclusion_json(result, report, signed=signed))


def _seal(report: Path, result: Result, end: End) -> bool:
    """Sign as was said on the command line, or ask; return whether it was signed."""
    if end.pen is not None:
        for note in seal(report, report.read_bytes(), end.pen).notes:
            end.screen.say(note)
        return True
    if not end.interactive:
        return False
    screen = end.screen
    try:
        return offer_to_sign(report, screen, result.auditor.name)
    except Ended:
        return False
    except KeyboardInterrupt:
        screen.say(f"\nThe audit is concluded, and its report is not signed: {report}")
        raise
