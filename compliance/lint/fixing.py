"""Mending what is safe to mend: the text is edited where it stands, and must still say the same."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from compliance.text.diagnostic import Diagnostic
from compliance.text.yaml_patch import set_text
from compliance.text.yaml_text import Document, Path, parse

if TYPE_CHECKING:
    from compliance.lint.engine import Finding


def mend(document: Document, findings: Sequence["Finding"]) -> str | None:
    """Return the text with all that can be mended safely, from the last line up; None if nothing.

    A mend that would change what the file says, other than the key that its rule rewrites, is not
    made.
    """
    standing = document
    for finding in sorted(findings, key=lambda one: one.diagnostic.position, reverse=True):
        rule = finding.rule
        mended = rule.fix(standing, finding.diagnostic) if rule.fix else None
        read = parse(mended, document.file)[0] if mended is not None else None
        if read is not None and _agree(standing.data, read.data, rule.rewrites):
            standing = read
    return None if standing.text == document.text else standing.text


def count_fixable(findings: Sequence["Finding"]) -> int:
    """Return how many findings a mend exists for."""
    return sum(one.rule.fix is not None for one in findings)


def _agree(was: object, now: object, key: str) -> bool:
    """Whether a text says what it did, but for `key` beside a `like`, which a mend may change."""
    return was == now or (bool(key) and _leave_out(was, key) == _leave_out(now, key))


def _leave_out(data: object, key: str) -> object:
    if isinstance(data, list):
        return [_leave_out(one, key) for one in data]
    if isinstance(data, dict):
        left = {key} if "like" in data else set()
        return {name: _leave_out(one, key) for name, one in data.items() if name not in left}
    return data


def write_text(document: Document, diagnostic: Diagnostic, key: str) -> str | None:
    """Return the text with `key` beside a `like` saying what would be right there.

    Where it is missing, it comes behind `with`, or behind `like`.
    """
    at = diagnostic.position
    spots = [path for path, position in document.values.items() if position == at]
    spot = next((path for path in spots if path[-1:] in {(key,), ("like",)}), None)
    if spot is None:
        return None
    behind = "with" if (*spot[:-1], "with") in document.values else "like"
    return set_text(document.text, (*spot[:-1], key), diagnostic.instead, behind)


def replace_boolean(document: Document, diagnostic: Diagnostic) -> str | None:
    """Return the text with the `true` or `false` at the diagnostic turned into `yes` or `no`."""
    lines = list(document.lines)
    row, column = diagnostic.position.line - 1, diagnostic.position.column - 1
    for word, better in (("true", "yes"), ("false", "no")):
        there = lines[row][column : column + len(word)]
        if there.lower() == word:
            lines[row] = lines[row][:column] + better + lines[row][column + len(word) :]
            return "\n".join(lines)
    return None


def reorder_keys(document: Document, diagnostic: Diagnostic, order: Sequence[str]) -> str | None:
    """Return the text with the keys of the mapping at the diagnostic in `order`.

    Each key moves with the lines below it and the remarks above it. A mapping in braces, or one
    whose first key shares its line with another, is left alone.
    """
    spot = next((p for p, at in document.keys.items() if at == diagnostic.position), None)
    if spot is None:
        return None
    blocks, end = _blocks(document, spot[:-1])
    if not blocks:
        return None
    first = document.keys[next(iter(blocks))].line - 1
    lead = document.lines[first][: document.keys[next(iter(blocks))].column - 1]
    rank = {name: n for n, name in enumerate(order)}
    ordered = sorted(blocks, key=lambda path: rank.get(str(path[-1]), len(rank)))
    indent = " " * len(lead)
    moved: list[str] = []
    for number, path in enumerate(ordered):
        lines = list(blocks[path])
        named = (n for n, one in enumerate(lines) if one[len(indent) :].startswith(str(path[-1])))
        at = next(named, None)
        if at is None:  # a key in quotes
            return None
        lines[at] = indent + lines[at][len(indent) :]
        if number == 0:
            lines = [*lines[:at], lead + lines[at][len(lead) :], *lines[at + 1 :]]
        moved += lines
    return "\n".join([*document.lines[:first], *moved, *document.lines[end:]])


def _blocks(document: Document, mapping: Path) -> tuple[dict[Path, list[str]], int]:
    """Return the lines of each key of a block mapping, and the line after the last; {} if it is none."""
    paths = [path for path in document.keys if path[:-1] == mapping]
    starts = [document.keys[path].line - 1 for path in paths]
    columns = {document.keys[path].column for path in paths}
    if len(columns) != 1 or len(set(starts)) != len(starts):
        return {}, 0
    indent = columns.pop() - 1
    end = starts[-1] + 1
    while end < len(document.lines) and _belongs(document.lines[end], indent):
        end += 1
    while end > starts[-1] + 1 and not document.lines[end - 1].strip():
        end -= 1
    bounds = [starts[0], *(_above(document.lines, at, indent) for at in starts[1:]), end]
    cuts = zip(paths, bounds, bounds[1:], strict=False)
    return {path: document.lines[a:b] for path, a, b in cuts}, end


def _belongs(line: str, indent: int) -> bool:
    """Whether a line goes on with a mapping's last value: it is empty or indented further."""
    return not line.strip() or len(line) - len(line.lstrip()) > indent


def _above(lines: Sequence[str], at: int, indent: int) -> int:
    """Return the first of the remark lines that stand right above a key, at its own indent."""
    while lines[at - 1].startswith(" " * indent + "#"):
        at -= 1
    return at
