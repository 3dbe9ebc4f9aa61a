"""Taking in evidence: a file under its hash, or a sentence on where the paper is kept."""

import contextlib
from pathlib import Path

from compliance.clinic.applicability import Item
from compliance.errors import InputError
from compliance.terminal.sitting import Prompt, Sitting
from compliance.terminal.typed import clean, plain_words
from compliance.walk.event import Event
from compliance.walk.evidence import EvidenceFile, read_evidence

_FILE, _PAPER = {"1", "a file", "file"}, {"2", "a paper", "paper"}


def ask_evidence(sitting: Sitting, item: Item, question: str) -> None:
    """Ask for a file or for the place of a paper; an empty line leaves it."""

    def show() -> None:
        sitting.screen.say(question)
        sitting.screen.say_items(["1 a file", "2 a paper: say where it is kept"])

    while True:
        line = sitting.ask(Prompt(item, show, optional=True, back=item))
        words = plain_words(line)
        if not line:
            return
        if words in _FILE:
            if ask_file(sitting, item):
                return
        elif words in _PAPER:
            if ask_paper(sitting, item):
                return
        elif take_file(sitting, item, line):
            return


def ask_file(sitting: Sitting, item: Item) -> bool:
    """Whether a file was named and taken in."""
    line = sitting.ask_text(item, "The file's path (an empty line leaves it):", optional=True)
    return bool(line) and take_file(sitting, item, line)


def ask_paper(sitting: Sitting, item: Item) -> bool:
    """Whether somebody said where a paper is kept."""
    question = "Which paper, and where is it kept? (An empty line leaves it.)"
    line = sitting.ask_text(item, question, optional=True)
    if line:
        sitting.record(Event("evidence", {"key": item.key}, {"kept_at": line}))
        sitting.screen.say("Evidence noted.")
    return bool(line)


def take_file(sitting: Sitting, item: Item, typed: str) -> bool:
    """Whether the file was taken in; if not, the reason is said."""
    try:
        file, raw = read_evidence(find_path(sitting.base, typed))
    except InputError as error:
        sitting.screen.say(f"{error} Nothing was attached.")
        return False
    held = sitting.session.state.attached_to(item.key).evidence
    if any(event.data.get("sha256") == file.sha256 for event in held):
        sitting.screen.say(f"{file.name} is attached to this question already.")
        return True
    sitting.recording.keep(file, raw)
    sitting.record(_evidence_event(item, file))
    sitting.screen.say(f"Evidence kept: {file.name}, SHA-256 {file.sha256[:12]}….")
    return True


def _evidence_event(item: Item, file: EvidenceFile) -> Event:
    data = {"key": item.key, "sha256": file.sha256, "size": file.size}
    return Event("evidence", data, {"name": clean(file.name)})


def find_path(base: Path, typed: str) -> Path:
    """Return the path that was typed or dropped onto the terminal, quotes and all.

    Terminals put a dropped file's path in quotes or escape its blanks. `~` is the home folder.
    """
    if len(typed) > 1 and typed[0] == typed[-1] and typed[0] in "'\"":
        typed = typed[1:-1]
    path = Path(typed)
    if typed.startswith("~"):
        try:
            path = path.expanduser()
        except RuntimeError:
            raise InputError(f"There is no home folder for “{typed}”.") from None
    unescaped = Path(typed.replace("\\ ", " "))
    found, other = base / path, base / unescaped
    with contextlib.suppress(OSError):  # a name that is too long is said when it is read
        return other if other.exists() and not found.exists() else found
    return found
