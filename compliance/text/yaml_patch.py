"""Changing single values of a YAML text: every byte that need not change stays.

Not a round trip through an emitter: that one indents anew, drops comments inside brackets and
lets a comment above a section slip into the section before it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

import yaml

from compliance.text.yaml_text import Path, parse
from compliance.text.yaml_writing import (
    STEP,
    Leaf,
    Tree,
    write_entry,
    write_flow,
    write_scalar,
    write_tree,
)


@dataclass(frozen=True, slots=True)
class _Edit:
    """Characters from `start` to `end` give way to `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Child:
    """An entry of a mapping, or an item of a list (its name is its text).

    `start` is where it begins, `key_end` where its key ends.
    """

    name: str
    start: int
    key_end: int
    value: yaml.Node


def patch(text: str, was: Tree, now: Tree) -> str:
    """Return `text`, which says `was`, so that it says `now`.

    New entries come after those that are there; the order of a list is left as it is. Comments
    stay, except those on the lines of an entry that goes. A key of the text that neither tree
    has is left alone. The text has passed `parse`; it is a mapping, or empty but for comments.
    """
    if was == now:
        return text
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    if isinstance(root, yaml.MappingNode) and root.value:
        if not text.endswith("\n"):  # every line is then followed by the start of another
            return _apply(text + "\n", _patch_mapping(text + "\n", root, was, now))[:-1]
        return _apply(text, _patch_mapping(text, root, was, now))
    comments = [line for line in text.split("\n") if line.lstrip().startswith("#")]
    return "\n".join([*comments, write_tree(now) or "{}", ""])


def set_text(text: str, path: Path, value: str, behind: str) -> str:
    """Return `text` with `value` at `path`; if nothing stands there, put in behind the key `behind`.

    The mapping that the path ends in, and the key `behind` in it, are there.
    """
    whole = text if text.endswith("\n") else text + "\n"
    node = yaml.compose(whole, Loader=yaml.CSafeLoader)
    for step in path[:-1]:
        node = _list_parts(node)[step]
    parent = cast("yaml.MappingNode", node)
    key, parts = str(path[-1]), _list_parts(parent)
    written = write_scalar(value) if parent.flow_style else _write_line_of_text(value)
    if key in parts:
        edit = _Edit(parts[key].start_mark.index, _end(whole, parts[key]), written)
    elif parent.flow_style:
        at = _end(whole, parts[behind])
        edit = _Edit(at, at, f", {key}: {written}")
    else:
        at = _next_line(whole, _end(whole, parts[behind]))
        edit = _Edit(at, at, f"{' ' * parent.start_mark.column}{key}: {written}\n")
    return _apply(whole, [edit])[: None if whole == text else -1]


def _list_parts(node: yaml.Node | None) -> dict[str | int, yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        return dict(enumerate(node.value))
    entries = node.value if isinstance(node, yaml.MappingNode) else []
    return {key.value: value for key, value in reversed(entries)}  # of two alike, the first


def _write_line_of_text(value: str) -> str:
    """Return a text as it is where it then reads the same behind a key, else in quotes."""
    document, troubles = parse(f"text: {value}", "")
    plain = document is not None and not troubles and document.data == {"text": value}
    return value if plain else write_scalar(value)


def _apply(text: str, edits: Iterable[_Edit]) -> str:
    parts, at = [], 0
    for edit in sorted(edits, key=lambda one: one.start):  # stable: what lies deeper came first
        parts += [text[at : edit.start], edit.text]
        at = max(at, edit.end)
    return "".join([*parts, text[at:]])


def _patch_mapping(text: str, node: yaml.MappingNode, was: Tree, now: Tree) -> Iterator[_Edit]:
    children = [
        _Child(key.value, key.start_mark.index, key.end_mark.index, value)
        for key, value in node.value
    ]
    gone = {name for name in was if name not in now}
    for child in children:
        if child.name in now and was.get(child.name) != now[child.name]:
            yield from _patch_child(text, node, child, was.get(child.name), now[child.name])
    names = {child.name for child in children}
    new = {name: value for name, value in now.items() if name not in names}
    yield from _patch_collection(text, node, children, gone, new)


def _patch_child(
    text: str, parent: yaml.MappingNode, child: _Child, was: Leaf | Tree | None, now: Leaf | Tree
) -> Iterator[_Edit]:
    value = child.value
    if isinstance(value, yaml.MappingNode) and isinstance(now, Mapping):
        before = was if isinstance(was, Mapping) else {}
        if {key.value for key, _ in value.value} - (before.keys() - now.keys()):
            yield from _patch_mapping(text, value, before, now)
            return
    if isinstance(value, yaml.SequenceNode) and isinstance(now, tuple):
        items = [_Child(one.value.strip(), one.start_mark.index, 0, one) for one in value.value]
        names = {item.name for item in items}
        if names & set(now):
            new = dict.fromkeys(name for name in now if name not in names)
            yield from _patch_collection(text, value, items, names - set(now), new)
            return
    yield _replace(text, parent, child, now)


def _replace(text: str, parent: yaml.MappingNode, child: _Child, now: Leaf | Tree) -> _Edit:
    """Write a value anew, on the line of its key unless a comment stands between them."""
    indent = parent.start_mark.column
    if isinstance(now, Mapping) and now and not parent.flow_style:
        written = "\n" + write_tree(now, indent + STEP)
    else:
        written = " " + write_flow(now)
    start, end = child.value.start_mark.index, _end(text, child.value)
    between = text[child.key_end : start]
    if between.strip() == ":" and "\n" not in between[: between.index(":")]:
        return _Edit(child.key_end, end, ":" + written)
    return _Edit(start, end, " " * STEP + written.lstrip(" "))


def _patch_collection(
    text: str,
    node: yaml.CollectionNode,
    children: list[_Child],
    gone: set[str],
    new: Mapping[str, Leaf | Tree | None],
) -> Iterator[_Edit]:
    """Take away the children that are gone, and put new ones behind those that stay."""
    stay = [child for child in children if child.name not in gone]
    if not stay:  # only at the top: a value that loses all its parts is written anew
        yield _Edit(node.start_mark.index, _end(text, node), _write_top(new, node))
        return
    remove = _remove_from_brackets if node.flow_style else _remove_lines
    yield from remove(text, children, gone)
    end = _end(text, stay[-1].value)
    if node.flow_style:
        yield _Edit(end, end, "".join(f", {_write_in_brackets(*one)}" for one in new.items()))
        return
    following = _next_line(text, end)
    column = node.start_mark.column
    added = "".join(f"{_write_line(name, value, column)}\n" for name, value in new.items())
    yield _Edit(following, following, added)


def _write_top(new: Mapping[str, Leaf | Tree | None], node: yaml.CollectionNode) -> str:
    tree = {name: value for name, value in new.items() if value is not None}
    return write_tree(tree, node.start_mark.column).lstrip(" ") or "{}"


def _write_in_brackets(name: str, value: Leaf | Tree | None) -> str:
    return write_scalar(name) if value is None else f"{write_scalar(name)}: {write_flow(value)}"


def _write_line(name: str, value: Leaf | Tree | None, column: int) -> str:
    if value is None:
        return f"{' ' * column}- {write_scalar(name)}"
    return write_entry(name, value, column)


def _remove_lines(text: str, children: list[_Child], gone: set[str]) -> Iterator[_Edit]:
    for child in children:
        if child.name in gone:
            start = text.rfind("\n", 0, child.start) + 1
            yield _Edit(start, _next_line(text, _end(text, child.value)), "")


def _remove_from_brackets(text: str, children: list[_Child], gone: set[str]) -> Iterator[_Edit]:
    """A child goes with the comma after it; those at the end go with the comma before them."""
    last = max(index for index, child in enumerate(children) if child.name not in gone)
    for child, following in pairwise(children[: last + 1]):
        if child.name in gone:
            yield _Edit(child.start, following.start, "")
    if last + 1 < len(children):
        yield _Edit(_end(text, children[last].value), _end(text, children[-1].value), "")


def _end(text: str, node: yaml.Node) -> int:
    """Return where a node's last character stands, without the lines that follow it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    start = node.start_mark.index
    return int(start + len(text[start : node.end_mark.index].rstrip()))


def _next_line(text: str, at: int) -> int:
    return text.index("\n", at) + 1
