from collections.abc import Iterator

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from compliance.text.diagnostic import Diagnostic, Position
from compliance.text.yaml_text import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_NODES,
    MAX_REFUSED,
    Document,
    decode,
    parse,
)


def read(text: str) -> Document:
    document, diagnostics = parse(text, "x.yaml")
    assert not diagnostics, diagnostics[0].render()
    assert document
    return document


def refuse(text: str) -> Diagnostic:
    document, diagnostics = parse(text, "x.yaml")
    assert document is None
    return diagnostics[-1]


SAMPLE = """\
title: A cabinet   # a comment
cite:
  - one
  - {id: two, of: [a, b]}
"quoted key": 'quoted value'
long: >-
  folded
  text
"""


def test_every_key_and_value_has_its_position() -> None:
    document = read(SAMPLE)
    assert {path: (p.line, p.column) for path, p in document.keys.items()} == {
        ("title",): (1, 1),
        ("cite",): (2, 1),
        ("cite", 1, "id"): (4, 6),
        ("cite", 1, "of"): (4, 15),
        ("quoted key",): (5, 1),
        ("long",): (6, 1),
    }
    assert {path: (p.line, p.column) for path, p in document.values.items()} == {
        (): (1, 1),
        ("title",): (1, 8),
        ("cite",): (3, 3),
        ("cite", 0): (3, 5),
        ("cite", 1): (4, 5),
        ("cite", 1, "id"): (4, 10),
        ("cite", 1, "of"): (4, 19),
        ("cite", 1, "of", 0): (4, 20),
        ("cite", 1, "of", 1): (4, 23),
        ("quoted key",): (5, 15),
        ("long",): (6, 7),
    }


SCALARS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=8)
TREES = st.recursive(
    SCALARS | st.integers(-99, 99),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(SCALARS, inner, max_size=4),
    max_leaves=20,
)


@given(TREES, st.booleans(), st.sampled_from(["\n", "\r\n", "\r"]))
def test_positions_and_data_are_those_of_the_parsers_own_tree(
    tree: object, flow: bool, line_break: str
) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow, width=40)
    document = read(text.replace("\n", line_break))
    assert document.data == tree
    assert document.values == dict(_values(yaml.compose(text, Loader=yaml.CSafeLoader), ()))


def _values(
    node: yaml.Node, path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Position]]:
    yield path, Position(node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _values(item, (*path, index))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _values(value, (*path, key.value))


CORE = [
    ("yes", "yes"),
    ("no", "no"),
    ("No", "No"),
    ("on", "on"),
    ("12:30", "12:30"),
    ("010", 10),
    ("0x1F", "0x1F"),
    ("-7", -7),
    ("1.50", 1.5),
    ("1e3", 1000.0),
    ("1e400", "1e400"),
    (".inf", ".inf"),
    ("1_000", "1_000"),
    ("9" * 15, int("9" * 15)),
    ("9" * 16, "9" * 16),
    ("2026-11-23", "2026-11-23"),
    ("~", None),
    ("null", None),
    ("", None),
    ("'~'", "~"),
    ("'12'", "12"),
    ("'true'", "true"),
]


@pytest.mark.parametrize(("written", "meant"), CORE)
def test_plain_words_are_read_as_yaml_1_2_does(written: str, meant: object) -> None:
    assert read(f"a: {written}\n").data == {"a": meant}
    assert type(read(f"a: {written}\n").data["a"]) is type(meant)


REFUSED = [
    ("a: &x 1\n", 1, 4, "Anchors (&name) are not allowed.", "Write it out."),
    ("&x a: 1\n", 1, 1, "Anchors (&name) are not allowed.", "Write it out."),
    ("a: 1\nb: *x\n", 2, 4, "Aliases (*name) are not allowed.", "Write it out."),
    ("a: !!str 1\n", 1, 4, "Tags (!name) are not allowed.", "Remove it."),
    ("a: !python/object:os.system x\n", 1, 4, "Tags (!name) are not allowed.", "Remove it."),
    ("a: ! x\n", 1, 4, "Tags (!name) are not allowed.", "Remove it."),
    ("a: {<<: {b: 1}}\n", 1, 5, "Merge keys (<<) are not allowed.", "Write it out."),
    ("? [a]\n: b\n", 1, 3, "A key must be a plain word.", "Quote it, or move it."),
    ("a: 1\n---\nb: 2\n", 2, 1, "One file holds one document.", "Remove the “---”."),
    ("a:\n\tb: 1\n", 2, 1, "A tab stands here.", "Indent with spaces, not with tabs."),
    ("a: @x\n", 1, 4, "A text cannot begin with “@”.", "Put it in quotes."),
    ("a: é\nb: x\x00y\n", 2, 5, "A character that cannot be seen stands here.", "Delete it"),
    ("a: é\x07\n", 1, 5, "A character that cannot be seen stands here.", "Delete it"),
    ("a: x\u2028y\nb: [\n", 1, 5, "A hidden line break (U+2028) stands here.", "Delete it"),
    ("b: 1\na: x\x85y\n", 2, 5, "A hidden line break (U+0085) stands here.", "Delete it"),
    ("a: 'x\nb: 1\n", 1, 4, "A quotation mark is opened here and never closed.", "Close it."),
    ("a: [b, c\nd: e\n", 1, 4, "A bracket is opened here, and what follows", "Close it"),
    ("a: b: c\n", 1, 5, "A second “: ” stands in this line", "Put a text that holds “: ”"),
    ("a: 1\nb\nc: 2\n", 2, 1, "A key is not followed by a colon.", "A key needs a colon"),
    ("a: 1\nb\n", 2, 1, "A key is not followed by a colon.", "A key needs a colon"),
    ("a: 1\n b: 2\n", 2, 3, "A second “: ” stands in this line", "Put a text that holds “: ”"),
    ("a: |\n  x\n y\n", 3, 2, "This line does not fit the lines above it.", "Check the indent"),
    ("- a\nb: c\n", 2, 1, "This line does not fit the list above it.", "Begin each entry"),
    ("a: -\n", 1, 4, "A list cannot begin here.", "Begin it on a line of its own"),
    ('a: "\\q"\n', 1, 5, "The “\\” in this text means nothing.", "Write “\\\\”"),
    ("[" * 900, 1, 65, "Nested deeper than 64 levels.", "Make it flatter."),
    ("[" * 100_000, 1, 1001, "Nested too deep.", "Make it flatter."),
    ("- " * 100_000, 1, 129, "Nested deeper than 64 levels.", "Make it flatter."),
]


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"), REFUSED, ids=[r[0][:12] for r in REFUSED]
)
def test_what_the_language_does_not_have_is_refused_where_it_stands(
    text: str, line: int, column: int, message: str, hint: str
) -> None:
    trouble = refuse(text)
    assert (trouble.position.line, trouble.position.column) == (line, column)
    assert trouble.message.startswith(message)
    assert trouble.hint.startswith(hint)


@pytest.mark.parametrize(
    ("word", "hint"), [("true", "yes"), ("True", "yes"), ("FALSE", "no"), ("false", "no")]
)
def test_a_boolean_is_an_error_that_says_what_to_write(word: str, hint: str) -> None:
    document, [trouble] = parse(f"required: {word}\n", "x.yaml")
    assert document
    assert document.data == {"required": hint}
    assert trouble.message == f"There is no “{word}” in this language."
    assert trouble.hint == f"Write “{hint}”."
    assert trouble.position == Position(1, 11)


def test_a_key_that_stands_twice_is_named_with_its_first_line_and_the_first_counts() -> None:
    document, [trouble] = parse("a: {x: 1}\nb: 2\na: {x: 3}\n", "x.yaml")
    assert document
    assert document.data == {"a": {"x": 1}, "b": 2}
    assert trouble.message == "“a” stands twice here; first on line 1."
    assert trouble.position == Position(3, 1)


def test_the_same_key_in_two_mappings_is_no_trouble() -> None:
    assert read("- {a: 1}\n- {a: 2}\n").data == [{"a": 1}, {"a": 2}]


def test_everything_that_can_be_gone_past_is_reported_with_what_cannot() -> None:
    document, diagnostics = parse("a: true\na: 1\nb: *x\n", "x.yaml")
    assert document is None
    assert [one.position.line for one in diagnostics] == [1, 2, 3]


def test_after_many_errors_of_one_kind_reading_stops() -> None:
    document, diagnostics = parse("a: 1\n" * 10_000, "x.yaml")
    assert document is None
    assert len(diagnostics) == MAX_REFUSED + 1
    assert diagnostics[-1].message == "There are more errors like these."


def test_depth_is_bounded_and_the_bound_itself_is_allowed() -> None:
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH).data
    assert refuse("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).message.startswith("Nested")


def test_the_number_of_values_is_bounded() -> None:
    trouble = refuse("[" + "1," * (MAX_NODES + 1) + "]")
    assert trouble.message == f"More than {MAX_NODES} values in one file."


def test_ten_megabytes_are_refused_at_once() -> None:
    trouble = refuse("a: " + "x" * 10_000_000)
    assert trouble.message == f"The file is larger than {MAX_BYTES // 1024 // 1024} MiB."


def test_bytes_that_are_not_utf_8_are_said_with_line_and_column() -> None:
    text, [trouble] = decode("a: 1\nb: caf\xe9\n".encode("latin-1"), "x.yaml")
    assert text == ""
    assert trouble.position == Position(2, 7)
    assert trouble.message == "Byte 0xE9 is not UTF-8."


def test_a_byte_order_mark_moves_nothing() -> None:
    text, diagnostics = decode("\ufeffa: 1\nb: *x\n".encode(), "x.yaml")
    assert not diagnostics
    assert refuse(text).position == Position(2, 4)
    assert refuse(decode("\ufeffa: *x\n".encode(), "x.yaml")[0]).position == Position(1, 4)


@pytest.mark.parametrize("line_break", ["\r\n", "\r"])
def test_other_line_breaks_move_nothing(line_break: str) -> None:
    text = line_break.join(["a: 1", "b: |", "  two", "  lines", "c: *x", ""])
    trouble = refuse(decode(text.encode(), "x.yaml")[0])
    assert trouble.position == Position(5, 4)
    assert trouble.excerpt == "    5 | c: *x\n      |    ^"


def test_columns_count_characters_not_bytes() -> None:
    trouble = refuse("“Größe”: {a: 😀, b: *x}\n")
    assert trouble.position == Position(1, 20)
    assert trouble.excerpt.split("\n")[1].index("^") == len("    1 | “Größe”: {a: 😀, b: ")


@given(
    st.text() | st.text(st.sampled_from("ab:-[]{}'\"#&*!|>%@`?, \n\t\r<~0\u2028\x00"), max_size=60)
)
def test_any_text_ends_in_a_document_or_in_diagnostics(text: str) -> None:
    document, diagnostics = parse(text, "x.yaml")
    assert document or diagnostics
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for trouble in diagnostics:
        assert 1 <= trouble.position.line <= len(lines) + 1
        assert trouble.position.column >= 1
        assert trouble.message.endswith((".", "”"))


@given(st.binary())
def test_any_bytes_end_in_a_text_or_in_a_diagnostic(raw: bytes) -> None:
    text, diagnostics = decode(raw, "x.yaml")
    assert bool(diagnostics) or raw.decode("utf-8-sig") == text
