"""One sitting of the walk: what every part of it needs to ask, act and record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from compliance.clinic.applicability import Item
from compliance.terminal.commands import Command, is_bare_command, read_command
from compliance.terminal.menu import Menu
from compliance.terminal.prompts import Screen
from compliance.terminal.wording import sentence
from compliance.walk.event import Event
from compliance.walk.recording import Recording
from compliance.walk.session import Session, Step


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """What was answered to the same question in the audit before this one.

    `said` is the raw answer, `same_text` whether the question's digest is still the same, and
    `old_ask` how it read then.
    """

    as_of: str
    said: str
    evidence: tuple[str, ...]
    same_text: bool
    old_ask: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """Where a line is awaited.

    `at` is the step it belongs to (None at the very end), `back` the step that `back` leads to
    when it is not the one before. `show` is said anew before each reading. Any text may be typed
    where `free`; where `optional`, an empty line and `skip` both mean “nothing”. A line that
    starts with one of `own` is the asker's to read.
    """

    at: Step | None
    show: Callable[[], None]
    free: bool = False
    optional: bool = False
    back: Step | None = None
    own: tuple[str, ...] = ()


Act = Callable[["Sitting", Prompt, str], None]


@dataclass(slots=True)
class Sitting:
    """The audit, the screen, and what the walk remembers while it goes on.

    `acts` are the commands by their words. `review` holds the keys of skipped questions that are
    being gone through again. `needs_before` counts the facts that stood when the sitting began.
    `shown` is the question that was printed last.
    """

    recording: Recording
    screen: Screen
    base: Path
    acts: Mapping[str, Act]
    last_time: Mapping[str, LastAnswer]
    session: Session
    review: list[str] = field(default_factory=list)
    needs_before: int = 0
    shown: Item | None = None

    def record(self, *events: Event) -> None:
        """Record events; when this returns, the disk has them and the session knows them."""
        self.recording.record(*events)
        self.session.refresh()

    def next_step(self) -> Step | None:
        """Return what is asked next: what was never asked, then the skipped ones under review."""
        step = self.session.next_step()
        if step is not None:
            return step
        open_items = {item.key: item for item in self.session.open_items()}
        while self.review:
            item = open_items.get(self.review.pop(0))
            if item is not None:
                return item
        return None

    def ask(self, prompt: Prompt) -> str:
        """Return what was typed at a prompt; commands are carried out here, and it asks again.

        Raises:
            Turn: a command led elsewhere.
            Stopped: the person typed `stop`.
            Ended: there is no more input.
        """
        doubted = ""
        while True:
            prompt.show()
            line = self.screen.ask()
            command = read_command(line, free=prompt.free)
            if line.startswith(prompt.own or "\n"):
                return line
            if command is None and line.startswith(":"):
                self.screen.say(f"“{line}” is no command here; “?” lists them.")
            elif command is None:
                if line == doubted or not is_bare_command(line):
                    return line
                doubted = line
                self.screen.say(
                    f"Any text may stand here. For the command, type “:{line}”; "
                    f"to keep “{line}” as text, type it once more."
                )
            elif prompt.optional and command.word == "skip":
                return ""
            else:
                self._act(prompt, command)

    def _act(self, prompt: Prompt, command: Command) -> None:
        self.acts[command.word](self, prompt, command.rest)

    def pick(self, at: Step | None, question: str, menu: Menu, back: Step | None = None) -> str:
        """Return the word of the choice that was taken; a wrong line repeats the choices."""

        def show() -> None:
            self.screen.say(question)
            menu.show(self.screen)

        while True:
            line = self.ask(Prompt(at, show, back=back))
            try:
                return menu.pick(line)
            except ValueError as error:
                self.screen.say(sentence(error))

    def ask_text(
        self,
        at: Step | None,
        question: str,
        *,
        optional: bool = False,
        own: tuple[str, ...] = (),
    ) -> str:
        """Return a line of free text about a step; `back` leads to that step itself."""
        show = lambda: self.screen.say(question)  # noqa: E731 - said anew before each reading
        return self.ask(Prompt(at, show, free=True, optional=optional, back=at, own=own))
