"""What we write as YAML reads back as what it was, here and in another reader."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from compliance.text.hidden import drop_hidden, find_hidden
from compliance.text.plain_number import as_written
from compliance.text.yaml_text import parse
from compliance.text.yaml_writing import write_leaf, write_scalar, write_text, write_tree

ANY = st.text(st.characters(exclude_categories=["Cs"]))
PIECES = st.sampled_from(
    [
        "a",
        "é",
        "😀",
        "👨‍👩‍👧",
        ": ",
        " #",
        "- ",
        "'",
        '"',
        "\\",
        "\n",
        " ",
        "\t",
        "{",
        "]",
        ",",
        "&",
        "*",
        "?",
        "1",
    ]
)
HOSTILE = st.one_of(ANY, st.lists(PIECES).map("".join))


def read(text: str) -> dict[str, Any]:
    document, diagnostics = parse(text, "file.yaml")
    assert not diagnostics, [one.render() for one in diagnostics]
    return document.data


@given(HOSTILE)
@example("null")
@example("2026-11-23")
@example("12:30")
@example("-")
@example("\x85\u2028\ufeff\uffff\x00")
def test_any_text_reads_back(text: str) -> None:
    assert read(f"key: {write_scalar(text)}\nnext: x\n") == {"key": text, "next": "x"}
    assert read(f"key: [{write_scalar(text)}, x]") == {"key": [text, "x"]}
    assert read(f"{{key: {write_scalar(text)}}}") == {"key": text}


@given(HOSTILE)
@example("\n begins with an empty line")
@example("one\n\n  two\n")
def test_any_text_of_several_lines_reads_back(text: str) -> None:
    assert read(f"key:\n  note: {write_text(text, 4)}\n  next: x\n") == {
        "key": {"note": text, "next": "x"}
    }


@given(HOSTILE)
def test_another_reader_agrees(text: str) -> None:
    whole = f"key: {write_scalar(text)}\n"
    assert yaml.load(whole, Loader=yaml.BaseLoader) == {"key": text}  # noqa: S506 - makes texts only


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("yes", "yes"),
        ("Dr Ann Lee", "Dr Ann Lee"),
        ("Zoë Brontë-Ólafsdóttir", "Zoë Brontë-Ólafsdóttir"),
        ("1 Main Street", '"1 Main Street"'),
        ("30", '"30"'),
        ("2026-11-23", '"2026-11-23"'),
        ("null", '"null"'),
        ("True", '"True"'),
        ("", '""'),
        ("-", '"-"'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("ends with a blank ", '"ends with a blank "'),
        ("a\nb", '"a\\nb"'),
        ("\u202e", '"\\u202E"'),
        ("\U000e0001", '"\\U000E0001"'),
        ("👩‍⚕️", '"👩\\u200D⚕️"'),
    ],
)
def test_a_text_is_plain_where_it_can_only_be_read_as_a_text(text: str, written: str) -> None:
    assert write_scalar(text) == written


def test_a_text_of_several_lines_is_a_block_where_that_keeps_it() -> None:
    assert write_text("One.\n\n  Two.", 4) == "|-\n    One.\n\n      Two."
    assert write_text("blank at the end \nof a line", 4) == '"blank at the end \\nof a line"'


def test_values_stand_on_one_line_and_mappings_below_their_key() -> None:
    assert write_leaf(("iv", "2")) == '[iv, "2"]'
    tree = {"a": Decimal("1.50"), "b": {"c": date(2026, 11, 23), "d": {}}, "2": ()}
    assert write_tree(tree) == 'a: 1.50\nb:\n  c: 2026-11-23\n  d: {}\n"2": []'


@pytest.mark.parametrize("text", ["30", "0.00001", "+7", "1e5", "0123456789", "1.50", "-0"])
def test_a_number_is_read_as_it_was_typed(text: str) -> None:
    document, _ = parse(f"a: [{text}, x]\nb: {{c: {text}}}\nd: {text} # one\n", "file.yaml")
    assert [as_written(document, path) for path in (("a", 0), ("b", "c"), ("d",))] == [text] * 3


def test_what_is_no_number_is_left_as_it_is() -> None:
    document, _ = parse("a: {b: text, c: [1], d: }\n", "file.yaml")
    assert as_written(document, ("a",)) == {"b": "text", "c": [1], "d": None}
    assert as_written(document, ("a", "b")) == "text"


def test_hidden_characters_are_found_and_dropped() -> None:
    assert find_hidden("a\tb\nc 👩‍⚕️ \u200f") == ""
    assert find_hidden("a\x1b[31m") == "U+001B"
    assert find_hidden("a\u202eb") == "U+202E"
    assert drop_hidden("a\x1b[31m\n b\u2028") == "a[31m b"
