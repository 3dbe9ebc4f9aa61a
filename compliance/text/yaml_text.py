"""YAML 1.2 core, read from libyaml's events into plain data with positions.

Events rather than nodes: the tree is built without recursion, so that depth is bounded by us
and not by the interpreter's stack, and anchors, tags and duplicate keys are refused as they come.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from compliance.text.diagnostic import Diagnostic, Origin, Position, draw_excerpt
from compliance.text.yaml_trouble import Refused, explain, find_hidden_break

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 64
MAX_NODES = 200_000
MAX_REFUSED = 200

Path = tuple[str | int, ...]

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEAN = {"true": "yes", "false": "no"}
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_MAX_DIGITS = 15  # what every JSON reader keeps exactly, and no law needs more


@dataclass(frozen=True, slots=True)
class Lent:
    """A part that another document lends: what lends it, in words, and its path there."""

    name: str
    document: "Document"
    path: Path


@dataclass(frozen=True)
class Document:
    """What a YAML text says, and where each part of it stands.

    `keys` and `values` map the path of a part (names and indexes from the top) to its position;
    `keys` holds mapping keys only. A part in `lent` is not in the text: its position is the place
    that it was lent to.
    """

    file: str
    text: str
    data: Any
    keys: dict[Path, Position]
    values: dict[Path, Position]
    lent: Mapping[Path, Lent] = field(default_factory=dict)

    @cached_property
    def lines(self) -> list[str]:
        """The text, line by line."""
        return self.text.split("\n")

    def locate(self, path: Path, *, key: bool = False) -> Position:
        """Return where `path` stands, or the nearest part above it that has a position."""
        if key and path in self.keys:
            return self.keys[path]
        return self.values.get(self._find_standing(path), Position(1, 1))

    def _find_standing(self, path: Path) -> Path:
        while path and path not in self.values:
            path = path[:-1]
        return path

    def find_origin(self, path: Path) -> Origin | None:
        """Return where `path` comes from, if another document lent it or what it is missing in."""
        standing = self._find_standing(path) if self.lent else path
        lent = self.lent.get(standing)
        if lent is None:
            return None
        there, document = (*lent.path, *path[len(standing) :]), lent.document
        anchor = name_place(document.data, there)
        return Origin(lent.name, document.file, document.locate(there), anchor)

    def under(self, path: Path, rename: Callable[[str], str] = str) -> "Document":
        """Return the part at `path` as a document of its own that points into the same text.

        `rename` gives each key of the part, if it is a mapping, the name it goes by.
        """
        data = self.data
        for step in path:
            data = data[step]
        if isinstance(data, dict):
            data = {rename(key): value for key, value in data.items()}
        places = []
        for positions in (self.keys, self.values):
            inside = ((p[len(path) :], at) for p, at in positions.items() if p[: len(path)] == path)
            places.append({_rename_first(p, rename): at for p, at in inside})
        keys, values = places
        return Document(self.file, self.text, data, keys, values)

    def diagnose(
        self, path: Path, message: str, hint: str = "", *, key: bool = False, rule: str = ""
    ) -> Diagnostic:
        """Return a diagnostic at `path`, with its excerpt; it says where a text was lent from."""
        position = self.locate(path, key=key)
        excerpt = draw_excerpt(self.lines, position)
        anchor = name_place(self.data, path)
        origin = self.find_origin(path)
        hint = f"{hint} See {origin}.".lstrip() if origin else hint
        return Diagnostic(self.file, position, message, hint, excerpt, rule, anchor, origin)


def _rename_first(path: Path, rename: Callable[[str], str]) -> Path:
    return (rename(path[0]), *path[1:]) if path and isinstance(path[0], str) else path


@dataclass(slots=True)
class _Open:
    """A mapping or sequence whose end has not come yet; `doubled`: its key stood there before."""

    path: Path
    value: dict[str, Any] | list[Any]
    key: str | None = None
    doubled: bool = False


@dataclass(slots=True)
class _Builder:
    """Builds data and positions from events, one at a time; `refused` are what can be gone past."""

    keys: dict[Path, Position] = field(default_factory=dict)
    values: dict[Path, Position] = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)
    root: Any = None
    refused: list[Refused] = field(default_factory=list)
    documents: int = 0

    def take(self, event: yaml.Event) -> None:
        """Take the next event."""
        if isinstance(event, yaml.ScalarEvent):
            self._take_scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._open(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.AliasEvent):
            raise _refuse_feature(event, "Aliases (*name)", "Write it out.")
        elif isinstance(event, yaml.DocumentStartEvent):
            self._begin_document(event)

    def _refuse(self, refusal: Refused) -> None:
        """Note what can be gone past; after so many there is no use in going on."""
        self.refused.append(refusal)
        if len(self.refused) >= MAX_REFUSED:
            raise Refused(refusal.position, "There are more errors like these.", "Mend them first.")

    def _begin_document(self, event: yaml.Event) -> None:
        self.documents += 1
        if self.documents > 1:
            sentence = "One file holds one document."
            raise Refused(_position(event), sentence, "Remove the “---”.", rule="plain-yaml")

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        _refuse_anchor_and_tag(event)
        position = _position(event)
        if self.stack and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None:
            self._take_key(event, position)
            return
        value = self._resolve(event, position) if event.implicit[0] else event.value
        self._place(value, position)

    def _take_key(self, event: yaml.ScalarEvent, position: Position) -> None:
        name, top = event.value, self.stack[-1]
        path = (*top.path, name)
        if name == "<<" and event.implicit[0]:
            raise _refuse_feature(event, "Merge keys (<<)", "Write it out.")
        top.doubled = path in self.keys
        if top.doubled:
            first = self.keys[path].line
            message = f"“{name}” stands twice here; first on line {first}."
            self._refuse(Refused(position, message, "Keep one of them.", rule="duplicate-key"))
        else:
            self.keys[path] = position
        top.key = name

    def _resolve(self, event: yaml.ScalarEvent, position: Position) -> Any:  # noqa: ANN401 - data
        text = event.value
        word = _BOOLEAN.get(text.lower()) if text in _TRUTHS else None
        if word:
            sentence = f"There is no “{text}” in this language."
            self._refuse(Refused(position, sentence, f"Write “{word}”.", rule="no-booleans"))
            return word
        return _resolve_core(text)

    def _open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        _refuse_anchor_and_tag(event)
        position = _position(event)
        if len(self.stack) >= MAX_DEPTH:
            sentence = f"Nested deeper than {MAX_DEPTH} levels."
            raise Refused(position, sentence, "Make it flatter.", rule="too-large")
        if self.stack and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None:
            raise Refused(position, "A key must be a plain word.", "Quote it, or move it.")
        value: dict[str, Any] | list[Any]
        value = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._place(value, position)
        self.stack.append(_Open(path, value))

    def _place(self, value: Any, position: Position) -> Path:  # noqa: ANN401 - data of any shape
        path: Path = ()
        if not self.stack:
            self.root = value
        else:
            top = self.stack[-1]
            if isinstance(top.value, dict):
                name = top.key or ""
                path, top.key = (*top.path, name), None
                if top.doubled:  # its parts get a path of their own, or they would seem doubled too
                    path = (*top.path, name, len(self.values))
                top.value.setdefault(name, value)
            else:
                path = (*top.path, len(top.value))
                top.value.append(value)
        self.values.setdefault(path, position)
        if len(self.values) > MAX_NODES:
            sentence = f"More than {MAX_NODES} values in one file."
            raise Refused(position, sentence, "Split it.", rule="too-large")
        return path


_TRUTHS = frozenset({"true", "True", "TRUE", "false", "False", "FALSE"})


def parse(text: str, file: str) -> tuple[Document | None, list[Diagnostic]]:
    """Return what `text` says with the position of every part, and everything wrong with its form.

    The document is missing when the text is no YAML or breaks a bound; what can be gone past
    (a key twice, a `true`) is reported beside the document.
    """
    if len(text) > MAX_BYTES:
        message = f"The file is larger than {MAX_BYTES // 1024 // 1024} MiB."
        return None, [Diagnostic(file, Position(1, 1), message, "Split it.", rule="too-large")]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    builder = _Builder()
    fatal = find_hidden_break(text)
    try:
        for event in () if fatal else yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
    except Refused as refusal:
        fatal = refusal
    except yaml.YAMLError as error:
        fatal = explain(error, text)
    document = Document(file, text, builder.root, builder.keys, builder.values)
    refused = [*builder.refused, fatal] if fatal else builder.refused
    diagnostics = [one.diagnose(file, document.lines) for one in refused]
    return (None if fatal else document), diagnostics


def name_place(data: Any, path: Path) -> str:  # noqa: ANN401 - data of any shape
    """Return `path` in words that outlive a moved line: an entry of a list goes by its id."""
    words = []
    for step in path:
        inside = isinstance(data, list) and isinstance(step, int) and step < len(data)
        data = data[step] if inside else data.get(step) if isinstance(data, dict) else None
        name = data.get("id") if inside and isinstance(data, dict) else None
        words.append(str(name or step))
    return "/".join(words)


def decode(raw: bytes, file: str) -> tuple[str, list[Diagnostic]]:
    """Return the text of a file's bytes; a byte that is no UTF-8 is said with its line."""
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        message = f"Byte 0x{raw[error.start]:02X} is not UTF-8."
        hint = "Save the file as UTF-8 in your editor."
        return "", [Diagnostic(file, Position(line, column), message, hint, rule="not-yaml")]


def _position(event: yaml.Event) -> Position:
    mark = event.start_mark
    return Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)


def _refuse_anchor_and_tag(event: yaml.NodeEvent) -> None:
    if event.anchor is not None:
        raise _refuse_feature(event, "Anchors (&name)", "Write it out.")
    if getattr(event, "tag", None) is not None:
        raise _refuse_feature(event, "Tags (!name)", "Remove it.")


def _refuse_feature(event: yaml.Event, feature: str, hint: str) -> Refused:
    return Refused(_position(event), f"{feature} are not allowed.", hint, rule="plain-yaml")


def _resolve_core(text: str) -> Any:  # noqa: ANN401 - a scalar of any type
    """Resolve a plain scalar as YAML 1.2 core does, less booleans, octals and infinities."""
    if text in _NULL:
        return None
    if _INTEGER.match(text) and len(text) <= _MAX_DIGITS:
        return int(text)
    if _FLOAT.match(text) and len(text) <= _MAX_DIGITS and not _INTEGER.match(text):
        number = float(text)
        return number if math.isfinite(number) else text
    return text
