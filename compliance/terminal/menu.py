"""Choices to pick from, by number, by whole words or, where there are many, by code."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from compliance.checklist.fact import list_words
from compliance.terminal.prompts import Screen
from compliance.terminal.typed import plain_words
from compliance.text.diagnostic import suggest

MOST_NUMBERED = 20
"""With more choices than this, numbers help nobody; they are typed by code or name."""

_SHORT = 24


@dataclass(frozen=True, slots=True)
class Choice:
    """What stands on the screen, and the word that is recorded."""

    label: str
    word: str


@dataclass(frozen=True, slots=True)
class Menu:
    """The choices of one question, in the order in which they are numbered."""

    choices: tuple[Choice, ...]

    @property
    def coded(self) -> bool:
        """Whether there are too many choices to number."""
        return len(self.choices) > MOST_NUMBERED

    def show(self, screen: Screen, tail: str = "") -> None:
        """Print the choices: short ones side by side, long ones line by line, many not at all."""
        if self.coded:
            return
        labels = [f"{number} {one.label}" for number, one in enumerate(self.choices, start=1)]
        if len(labels) < 6 and all(len(label) <= _SHORT for label in labels):  # noqa: PLR2004 - fits a line
            screen.say_items([*labels, *([tail] if tail else [])])
            return
        for number, one in enumerate(self.choices, start=1):
            screen.say_labelled(f"  {number:>2}  ", one.label)
        if tail:
            screen.say(tail)

    def show_codes(self, screen: Screen) -> None:
        """Print every code with its name, side by side."""
        screen.say_items([f"{one.word} {one.label}" for one in self.choices])

    def pick(self, line: str) -> str:
        """Return the word of the choice that was typed.

        Raises:
            ValueError: there is no such choice; the sentence says which there are.
        """
        if not line:
            raise ValueError("nothing was typed")
        found = self._find(line)
        if found is None:
            raise ValueError(f"“{line}” is not among {self._range(line)}")
        return found.word

    def pick_several(self, line: str) -> list[str]:
        """Return the words of all choices that were typed, `0` or `none` being none of them.

        Raises:
            ValueError: one of them does not exist.
        """
        if plain_words(line) in {"0", "none", "none of these"}:
            return []
        if plain_words(line) == "all":
            return [one.word for one in self.choices]
        whole = self._find(line)
        if whole:
            return [whole.word]
        pieces = [piece for piece in re.split(r"[,;]|\sand\s", line) if piece.strip()]
        if len(pieces) == 1 and re.fullmatch(r"[\d\s]+", line):
            pieces = line.split()
        if len(pieces) > 1 and "0" in (piece.strip() for piece in pieces):
            raise ValueError("“0” means none of these and cannot stand beside a number")
        return list(dict.fromkeys(self.pick(piece.strip()) for piece in pieces))

    def _find(self, line: str) -> Choice | None:
        typed = plain_words(line)
        if typed.isdecimal() and not self.coded:
            number = int(typed) if len(typed) < 4 else 0  # noqa: PLR2004 - no menu is longer
            return self.choices[number - 1] if 1 <= number <= len(self.choices) else None
        names = ({plain_words(one.label), plain_words(one.word)} for one in self.choices)
        found = (one for one, known in zip(self.choices, names, strict=True) if typed in known)
        return next(found, None)

    def _range(self, line: str) -> str:
        if self.coded:
            known = [text for one in self.choices for text in (one.label, one.word)]
            hint = suggest(line.strip(), known) or suggest(line.strip().upper(), known)
            return f"the codes; “?” lists them.{' ' if hint else ''}{hint}"
        labels = [one.label for one in self.choices]
        if line.strip().isdecimal() or sum(map(len, labels)) > _SHORT * 3:
            return f"1 to {len(self.choices)}"
        return _list(labels)


def _list(labels: Sequence[str]) -> str:
    return list_words(labels) if labels else "nothing"
