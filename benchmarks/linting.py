"""Linting beside check-jsonschema on the same files, and what each further requirement costs.

The peer validates one schema; the lint reads, resolves every name and runs every rule.
"""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import yaml
from measuring import ROOT, Row, Series, Spent, run_in_turns, take_turns

from compliance.checklist.library import read_packs
from compliance.checklist.pack_files import PackFiles, gather
from compliance.lint.engine import Selection, judge
from compliance.lint.material import Material
from compliance.resources import bundled_folder

_ROUNDS = 9
_HALF = 0.5
_TIMES_A_COMPOSER = 6.0
_LINEAR = 1.2
_SMALL, _LARGE = 1_000, 10_000
_DAY = date(2026, 11, 23)
_SCHEMA = ROOT / "checklists" / "checklist.schema.json"
_BIN = Path(sys.executable).parent


def measure() -> Iterator[Row]:
    """Yield the whole command, the cost of a further requirement, and how it grows."""
    yield _beside_check_jsonschema()
    small, large = _enlarge(_SMALL), _enlarge(_LARGE)
    seconds = take_turns(
        lambda: _lint(small),
        lambda: _lint(large),
        lambda: _compose(small),
        lambda: _compose(large),
        rounds=_ROUNDS // 2,
    )
    lint_small, lint_large, tree_small, tree_large = seconds
    ours = _per_further(lint_small, lint_large)
    tree = _per_further(tree_small, tree_large)
    yield Row(
        Series("lint a further requirement", ours, "µs"),
        Series("PyYAML's C composer", tree, "µs"),
        _TIMES_A_COMPOSER,
    )
    yield Row(
        Series(f"a requirement of {_LARGE}", tuple(s * 1e6 / _LARGE for s in lint_large), "µs"),
        Series(f"one of {_SMALL}", tuple(s * 1e6 / _SMALL for s in lint_small), "µs"),
        _LINEAR,
    )


def _beside_check_jsonschema() -> Row:
    folder = bundled_folder("checklists")
    checklists = [
        str(folder / name)
        for name in gather(folder).files
        if "/" in name and not name.startswith("sources/")
    ]
    ours, peer = run_in_turns(
        [str(_BIN / "compliance"), "lint", str(folder)],
        [str(_BIN / "check-jsonschema"), "--schemafile", str(_SCHEMA), *checklists],
        rounds=_ROUNDS,
    )
    return Row(
        Series(f"lint {len(checklists)} checklists", _milliseconds(ours), "ms"),
        Series("check-jsonschema", _milliseconds(peer), "ms"),
        _HALF,
    )


def _milliseconds(runs: tuple[Spent, ...]) -> tuple[float, ...]:
    return tuple(one.wall * 1000 for one in runs)


def _per_further(small: tuple[float, ...], large: tuple[float, ...]) -> tuple[float, ...]:
    """Return the microseconds that each requirement more takes; what all share cancels out."""
    pairs = zip(small, large, strict=True)
    return tuple((much - little) * 1e6 / (_LARGE - _SMALL) for little, much in pairs)


def _enlarge(wanted: int) -> PackFiles:
    """Return the shipped pack with copies of its checklists, under names of their own."""
    pack = gather(bundled_folder("checklists"))
    shared = {
        name: raw for name, raw in pack.files.items() if "/" not in name or "sources/" in name
    }
    shared["pack.yaml"] = pack.files["pack.yaml"].partition(b"order:")[0]
    checklists = {name: raw for name, raw in pack.files.items() if name not in shared}
    files, count, copy = dict(shared), 0, 0
    while count < wanted:
        for name, raw in checklists.items():
            stem = Path(name).stem
            text = raw.decode().replace(f"{stem}/", f"{stem}-{copy}/")
            files[f"{copy}/{stem}-{copy}.yaml"] = text.replace(
                f"\nid: {stem}\n", f"\nid: {stem}-{copy}\n", 1
            ).encode()
            count += text.count("\n        ask:")
            if count >= wanted:
                break
        copy += 1
    return PackFiles("", files)


def _lint(pack: PackFiles) -> None:
    reading = read_packs([pack])
    judge(Material(reading, reading.packs, _DAY), Selection(), set(pack.files))


def _compose(pack: PackFiles) -> None:
    for raw in pack.files.values():
        yaml.compose(raw.decode(), yaml.CSafeLoader)
