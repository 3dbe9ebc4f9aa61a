"""Patching YAML: what need not change stays, to the byte."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.text.yaml_patch import patch, set_text
from compliance.text.yaml_text import parse
from compliance.text.yaml_trouble import LINE_BREAKS
from compliance.text.yaml_writing import Leaf, Tree

Data = Leaf | Tree

CASES = {
    "nothing changes": (
        "a:   1   # one\n\n# two\nb: {c: [x,y] , d: 'z'}",
        {},
        "a:   1   # one\n\n# two\nb: {c: [x,y] , d: 'z'}",
    ),
    "a value changes and its comment stays": (
        "a: old   # why\nb: x\n",
        {"a": "new"},
        "a: new   # why\nb: x\n",
    ),
    "a quoted value over two lines changes": (
        'a: "old\n  text"  # why\nb: x\n',
        {"a": "new"},
        "a: new  # why\nb: x\n",
    ),
    "a block text changes": ("a: |\n  old\n  text\n\nb: x\n", {"a": "new"}, "a: new\n\nb: x\n"),
    "a new entry comes before the comment of the next section": (
        "a:\n    b: x   # one\n\n# The next:\nd: y\n",
        {"a": {"b": "x", "c": "z"}},
        "a:\n    b: x   # one\n    c: z\n\n# The next:\nd: y\n",
    ),
    "a new entry behind a file without a last line end": (
        "a: x",
        {"a": "x", "b": "y"},
        "a: x\nb: y",
    ),
    "an entry goes with its line": (
        "a: x\nb: y # gone\n# stays\nc: z\n",
        {"b": None},
        "a: x\n# stays\nc: z\n",
    ),
    "an entry goes with all its lines": (
        "a:\n  b:\n    c: x\n    # inside\n    d: y\n  e: z\n",
        {"a": {"e": "z"}},
        "a:\n  e: z\n",
    ),
    "a list in brackets grows and keeps its comments": (
        "a: [x,  # one\n    y]  # two\n",
        {"a": ("x", "y", "z")},
        "a: [x,  # one\n    y, z]  # two\n",
    ),
    "a list in brackets shrinks in the middle": (
        "a: [x, y,  z]\n",
        {"a": ("x", "z")},
        "a: [x, z]\n",
    ),
    "a list in brackets shrinks at its end": ("a: [x, y, z]\n", {"a": ("x",)}, "a: [x]\n"),
    "a list in brackets loses its end and grows": ("a: [x, y]\n", {"a": ("x", "z")}, "a: [x, z]\n"),
    "a list in lines grows and shrinks": (
        "a:\n- x  # one\n- y\n- z  # three\n\n# b:\nb: c\n",
        {"a": ("x", "z", "new")},
        "a:\n- x  # one\n- z  # three\n- new\n\n# b:\nb: c\n",
    ),
    "a list that loses everything": ("a:\n  - x\n  - y\nb: c\n", {"a": ()}, "a: []\nb: c\n"),
    "a list behind a comment that loses everything": (
        "a: # why\n- x\nb: c\n",
        {"a": ("y",)},
        "a: # why\n  [y]\nb: c\n",
    ),
    "another order of a list is left as it is": ("a: [x, y]\n", {"a": ("y", "x")}, "a: [x, y]\n"),
    "one word becomes a list": ("a: x\n", {"a": ("x", "y")}, "a: [x, y]\n"),
    "an empty section is filled": (
        "a: {}  # none yet\nb: c\n",
        {"a": {"x": {"name": "X"}}},
        "a:\n  x:\n    name: X  # none yet\nb: c\n",
    ),
    "a section without a value is filled": (
        "a:  # soon\nb: c\n",
        {"a": {"x": "y"}},
        "a:\n  x: y  # soon\nb: c\n",
    ),
    "a section loses everything": ("a:\n  x: y\n  z: w\nb: c\n", {"a": {}}, "a: {}\nb: c\n"),
    "a mapping in braces changes inside": (
        "a: {x: 1, y: {z: old}, w: 3} # one\n",
        {"a": {"x": "1", "y": {"z": "new", "v": "n"}, "u": ("p",)}},
        "a: {x: 1, y: {z: new, v: n}, u: [p]} # one\n",
    ),
    "JSON stays in braces": (
        '{"a":"x","b":["y"]}',
        {"a": "z", "c": {"d": "e"}},
        '{"a": z,"b":["y"], c: {d: e}}',
    ),
    "a key with a question mark": ("? a\n: x\nb: c\n", {"a": "y"}, "? a\n:   y\nb: c\n"),
    "inside and after the last section at once": (
        "a:\n  x: y",
        {"a": {"x": "y", "z": "w"}, "b": {"c": "d"}},
        "a:\n  x: y\n  z: w\nb:\n  c: d",
    ),
    "a new entry behind one that loses its last line": (
        "a:\n  b:\n    c: x\n    d: y # gone\n# next\n",
        {"a": {"b": {"c": "x"}, "e": {"f": "g"}}},
        "a:\n  b:\n    c: x\n  e:\n    f: g\n# next\n",
    ),
    "a file with comments only": ("# one\n\n  # two\n", {"a": "x"}, "# one\n  # two\na: x\n"),
    "an empty file": ("", {"a": "x"}, "a: x\n"),
    "a file that loses everything": ("a: x\nb: y\n", {"a": None, "b": None}, "{}\n"),
}


def plain(text: str) -> Data:
    document, diagnostics = parse(text, "file.yaml")
    assert not diagnostics, [one.render() for one in diagnostics]
    return tree(document.data or {})


def tree(data: object) -> Data:
    if isinstance(data, dict):
        return {key: tree(value) for key, value in data.items() if value is not None}
    return tuple(data) if isinstance(data, list) else str(data)


@pytest.mark.parametrize("case", CASES)
def test_only_what_must_change_changes(case: str) -> None:
    before, change, after = CASES[case]
    was = plain(before)
    now = {key: value for key, value in (was | change).items() if value is not None}
    assert patch(before, was, now) == after


WORDS = st.sampled_from(["a", "b", "c", "d", "two words", "- x", "#", "é😀", "null", "7"])
LEAVES = st.one_of(WORDS, st.lists(WORDS, unique=True, max_size=3).map(tuple))
TREES = st.recursive(LEAVES, lambda inner: st.dictionaries(WORDS, inner, max_size=3), max_leaves=8)
SECTIONS = st.dictionaries(WORDS, TREES, max_size=4)


def write_in_some_style(
    value: Data, draw: Callable[[st.SearchStrategy[Any]], Any], indent: int = 0
) -> str:
    """Write a tree as somebody might: in braces or in lines, with comments here and there."""
    if isinstance(value, str):
        return " '" + value + "'" if draw(st.booleans()) else f' "{value}"'
    if not value:
        return " {}" if isinstance(value, dict) else " []"
    if draw(st.booleans()):
        return " " + write_in_brackets(value)
    step = draw(st.sampled_from([1, 2, 4]))
    lines = []
    for one in value:
        pad = " " * (indent + step)
        lines += draw(st.sampled_from([[], [""], [pad + "# above"], ["# at the margin"]]))
        behind = draw(st.sampled_from(["", "  # behind"]))
        written = (
            f"'{one}':" + write_in_some_style(value[one], draw, indent + step)
            if isinstance(value, dict)
            else f"- '{one}'"
        )
        lines.append(pad + written + ("" if "\n" in written else behind))
    return "\n" + "\n".join(lines)


def write_in_brackets(value: Data) -> str:
    if isinstance(value, str):
        return f"'{value}'"
    if isinstance(value, dict):
        return "{" + ", ".join(f"'{k}': {write_in_brackets(v)}" for k, v in value.items()) + "}"
    return "[" + ",  ".join(f"'{one}'" for one in value) + " ]"


def normal(value: Data) -> Data:
    """The order of a list says nothing; an empty list and an empty mapping stay apart."""
    if isinstance(value, dict):
        return {key: normal(one) for key, one in value.items()}
    return tuple(sorted(value)) if isinstance(value, tuple) else value


@given(SECTIONS, SECTIONS, st.data())
def test_a_patched_text_says_what_it_should_whatever_its_style(
    was: Tree, now: Tree, data: st.DataObject
) -> None:
    before = write_in_some_style(was, data.draw).lstrip("\n") + "\n" if was else "# nothing yet\n"
    assert plain(before) == was
    after = patch(before, was, now)
    assert normal(plain(after)) == normal(now)
    assert patch(before, was, was) == before
    kept = before.count("# at the margin\n") if now.items() >= was.items() else 0
    assert after.count("# at the margin\n") >= kept


TEXTS_TO_SET = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=LINE_BREAKS)
)
PLACES = {
    "a text": "a: [{b: x, c: y}]\n",
    "a text in braces": '{"a": [{"b": x, "c": y}]}',
    "a block": "a:\n  - b: x\n    c: >  # why\n      one\n      two\n\n    d: z\n",
    "none in braces": "a: [{b: x  , d: z}]\n",
    "none in a block": "# top\na:\n  - b: |\n      x\n\n  # next\n  - d: z",
}


@given(value=TEXTS_TO_SET, place=st.sampled_from(sorted(PLACES)))
def test_a_text_that_is_set_reads_back_and_the_rest_says_what_it_did(
    value: str, place: str
) -> None:
    before = PLACES[place]
    was, now = plain_data(before), plain_data(set_text(before, ("a", 0, "c"), value, "b"))
    assert now["a"][0].pop("c") == value
    was["a"][0].pop("c", None)
    assert now == was


def plain_data(text: str) -> Any:  # noqa: ANN401
    document, troubles = parse(text, "test.yaml")
    assert document
    assert troubles == []
    return document.data
