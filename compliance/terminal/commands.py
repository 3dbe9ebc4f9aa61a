"""The words that work at every prompt, and how a line is told from one."""

from dataclasses import dataclass

from compliance.terminal.typed import plain_words
from compliance.walk.session import Step

HELP = {
    "back": "the question before this one, to see or change it",
    "skip": "leave this question for later; unanswered, it is not a pass",
    "why": "the source, why it matters, and why you are asked",
    "note": "add a note to this question",
    "evidence PATH": "keep a file with this question; without a path, say where a paper is kept",
    "corrected": "the gap just seen was mended on the spot",
    "action": "what will be done about the gap, by whom and by when",
    "go WORDS": "another question, by words of it or of its section",
    "list": "what is still open",
    "list skipped": "what you skipped, and what is not asked and why",
    "status": "how far you are",
    "stop": "stop here; everything is saved",
}
HELP_ELSEWHERE = {
    "back": HELP["back"],
    "why": "what this is for",
    "note": "add a note to the audit as a whole",
    "go WORDS": HELP["go WORDS"],
    "list": HELP["list"],
    "list skipped": HELP["list skipped"],
    "status": HELP["status"],
    "stop": HELP["stop"],
}
_ALONE = {"back", "skip", "why", "status", "stop", "?"}
_WITH_WORDS = {"note", "evidence", "go", "list", "corrected", "action"}
_SAME = {"help": "?", "quit": "stop", "exit": "stop"}


@dataclass(frozen=True, slots=True)
class Command:
    """One of the words that work everywhere, and what was typed after it."""

    word: str
    rest: str = ""


class Turn(Exception):  # noqa: N818 - a turn in the walk, no error
    """The walk goes on elsewhere: at a step, or (None) with whatever comes next."""

    def __init__(self, to: Step | None) -> None:
        super().__init__()
        self.to = to


class Stopped(Exception):  # noqa: N818 - wished for, no error
    """The person typed `stop`."""


def read_command(line: str, *, free: bool) -> Command | None:
    """Return the command in a line, if it is one.

    Where any text may be typed (`free`), only a line that starts with a colon is a command, and
    a lone question mark. One letter is never one.
    """
    if free and line != "?" and not line.startswith(":"):
        return None
    text = line.removeprefix(":").strip()
    word, _, rest = text.partition(" ")
    word = plain_words(word)
    word = _SAME.get(word, word)
    if word in _ALONE and not rest.strip():
        return Command(word)
    if word in _WITH_WORDS:
        return Command(word, rest.strip())
    return None


def is_bare_command(line: str) -> bool:
    """Whether a line is one of the words and nothing else, where it was typed as text."""
    return plain_words(line) in _ALONE | _WITH_WORDS | _SAME.keys()
