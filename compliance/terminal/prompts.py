"""Say, ask and choose over two text streams. No escape code is ever written."""

import io
import os
from collections.abc import Sequence
from typing import TextIO

from compliance.terminal.typed import MAX_LINE, clean, harmless, plain_words
from compliance.terminal.wrapping import fold, fold_items, measure

NARROWEST, WIDEST = 20, 100
_TERMINAL_LINE = 4095
"""A terminal hands over at most this many bytes of a line and drops the rest without a word."""


class Ended(Exception):  # noqa: N818 - the input ended, which is no error
    """The input ended where an answer was awaited."""


class Screen:
    """Two text streams: lines are read from one and written to the other.

    Written lines are wrapped when the writer is a terminal and whole when it is not, so that a
    pipe can be searched by line. A prompt ends in a newline unless both are terminals.
    """

    def __init__(self, reader: TextIO, writer: TextIO) -> None:
        self._reader, self._writer = reader, writer
        self._inline = reader.isatty() and writer.isatty()
        for stream in (reader, writer):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")

    @property
    def width(self) -> int | None:
        """The columns to write in; None where nothing is wrapped."""
        if not self._writer.isatty():
            return None
        try:
            columns = os.get_terminal_size(self._writer.fileno()).columns
        except (OSError, ValueError):
            columns = 80
        return max(NARROWEST, min(columns or 80, WIDEST))

    def say(self, text: str = "", hang: str = "") -> None:
        """Write paragraphs, one a line; `hang` stands before every line but the first."""
        width = self.width
        for line in text.split("\n"):
            self._write(fold(line, width, hang) if width and line.strip() else [line])

    def say_labelled(self, label: str, text: str) -> None:
        """Write a label and a text that hangs beside it."""
        width = self.width
        hang = " " * measure(label)
        lines = fold(text, width - len(hang)) if width and width > len(hang) else [text]
        self._write([(hang if index else label) + line for index, line in enumerate(lines)])

    def say_apart(self, left: str, right: str) -> None:
        """Write two texts on one line, the second at the right edge; on two lines if need be."""
        width = self.width
        if width is None:
            self._write([f"{left}    {right}"])
            return
        gap = width - measure(left) - measure(right)
        self._write(
            [left + " " * gap + right]
            if gap > 1
            else [*fold(left, width, "  "), right.rjust(width)[:width]]
        )

    def say_items(self, items: Sequence[str]) -> None:
        """Write short items side by side."""
        self._write(fold_items(items, self.width or WIDEST * MAX_LINE))

    def ask(self, prompt: str = "") -> str:
        """Return the next line, cleaned; a line that is too long is refused and asked again.

        Raises:
            Ended: there is no more input.
        """
        if prompt:
            self.say(prompt)
        while True:
            self._writer.write("> " if self._inline else ">\n")
            self._writer.flush()
            line, whole = self._read_line()
            if whole:
                return clean(line)
            self.say(
                f"That line is longer than {MAX_LINE} characters, and nothing of it was taken. "
                "Type less, or put the rest into a second line."
            )

    def choose(self, question: str, choices: Sequence[str]) -> int:
        """Return which of the choices was taken, from 0; by its number or its whole words.

        Raises:
            Ended: there is no more input.
        """
        words = [plain_words(choice) for choice in choices]
        while True:
            self.say(question)
            self.say_items([f"{number} {text}" for number, text in enumerate(choices, start=1)])
            line = plain_words(self.ask())
            if line in words:
                return words.index(line)
            if line.isdecimal() and 1 <= int(line) <= len(choices):
                return int(line) - 1
            self.say(f"“{line}” is not among 1 to {len(choices)}.")

    def _read_line(self) -> tuple[str, bool]:
        """Return a line and whether all of it was taken; the rest of a long one is passed over."""
        line = self._reader.readline(MAX_LINE + 2)
        if not line:
            if self._inline:
                self._write([""])
            raise Ended
        rest = line
        while not rest.endswith("\n") and len(rest) == MAX_LINE + 2:
            rest = self._reader.readline(MAX_LINE + 2)
        text = line.rstrip("\r\n")
        lost = self._inline and len(text.encode(errors="replace")) >= _TERMINAL_LINE
        return text, rest is line and len(text) <= MAX_LINE and not lost

    def _write(self, lines: Sequence[str]) -> None:
        self._writer.write("".join(f"{harmless(line).rstrip()}\n" for line in lines))
