"""Two text streams: one to read lines from, one to write lines to."""

from io import BytesIO, StringIO, TextIOWrapper

import pytest

from compliance.terminal.prompts import Ended, Screen
from compliance.terminal.typed import MAX_LINE


def make_screen(text: str) -> tuple[Screen, StringIO]:
    writer = StringIO()
    return Screen(StringIO(text), writer), writer


def test_a_pipe_gets_whole_lines() -> None:
    screen, writer = make_screen("")
    screen.say("word " * 100)
    assert writer.getvalue().count("\n") == 1


def test_in_a_pipe_a_prompt_ends_in_a_newline() -> None:
    screen, writer = make_screen("yes\n")
    assert screen.ask("Well?") == "yes"
    assert writer.getvalue() == "Well?\n>\n"


def test_the_last_line_needs_no_newline() -> None:
    assert make_screen("yes")[0].ask() == "yes"


def test_the_end_of_input_is_told_from_an_empty_line() -> None:
    screen, _ = make_screen("\n")
    assert not screen.ask()
    with pytest.raises(Ended):
        screen.ask()


def test_a_line_of_the_greatest_length_is_taken() -> None:
    assert make_screen("x" * MAX_LINE + "\n")[0].ask() == "x" * MAX_LINE


@pytest.mark.parametrize("length", [MAX_LINE + 1, MAX_LINE + 2, MAX_LINE + 3, 3 * MAX_LINE])
def test_a_longer_line_is_refused_whole_and_asked_again(length: int) -> None:
    screen, writer = make_screen("x" * length + "\nshort\n")
    assert screen.ask() == "short"
    assert "longer than 4000 characters, and nothing of it was taken" in writer.getvalue()


def test_what_is_said_holds_no_escape_code_whoever_wrote_it() -> None:
    screen, writer = make_screen("")
    screen.say("a \x1b[31mred\x1b[0m name\x07")
    screen.say_labelled("\x1b[1m", "x")
    screen.say_items(["1 \x1b[2Jyes"])
    assert "\x1b" not in writer.getvalue()
    assert "a red name\n" in writer.getvalue()


@pytest.mark.parametrize("line", ["2", "no, later", "No, Later"])
def test_a_choice_is_taken_by_number_or_whole_words(line: str) -> None:
    assert make_screen(f"{line}\n")[0].choose("Now?", ["yes", "no, later"]) == 1


@pytest.mark.parametrize("line", ["3", "0", "n", "no", "", "²"])
def test_any_other_line_repeats_the_choices(line: str) -> None:
    screen, writer = make_screen(f"{line}\n1\n")
    assert screen.choose("Now?", ["yes", "no, later"]) == 0
    assert f"“{line}” is not among 1 to 2.\nNow?\n  1 yes   2 no, later\n" in writer.getvalue()


def test_bytes_that_are_not_utf8_are_read_as_replaced() -> None:
    reader = TextIOWrapper(BytesIO(b"caf\xe9\nnext\n"), encoding="utf-8")
    screen = Screen(reader, StringIO())
    assert [screen.ask(), screen.ask()] == ["caf\ufffd", "next"]


def test_a_writer_that_lacks_a_character_gets_another() -> None:
    raw = BytesIO()
    writer = TextIOWrapper(raw, encoding="ascii")
    Screen(StringIO(), writer).say("The cabinet · 1 of 6")
    writer.flush()
    assert raw.getvalue() == b"The cabinet ? 1 of 6\n"
