"""Every entry of the register of facts became something, or is left out for a reason from a short list."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from compliance.checklist.library import Library

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "coverage.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| (?!entry \|)(?!-)(.+?) \| (.+) \|$", PAGE, re.MULTILINE))
REASONS = set(re.findall(r"^- \*(.+?)\*:", PAGE, re.MULTILINE))
REGISTER = [
    line.split("\t")
    for line in Path(__file__).with_name("register.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
MOST_LEFT_OUT = 0.15


def test_the_page_has_every_entry_once_and_no_other() -> None:
    names = [name for _, name in REGISTER]
    assert len(names) == len(set(names)) == len(ROWS)
    assert set(names) == set(ROWS)


def test_few_entries_are_left_out_and_each_for_a_known_reason() -> None:
    left = [where.removeprefix("left out: ") for where in ROWS.values() if "left out" in where]
    assert set(left) <= REASONS
    assert len(left) / len(ROWS) <= MOST_LEFT_OUT
    assert (
        f"{len(ROWS)} entries, {len(left)} left out ({len(left) / len(ROWS):.1%})".replace(
            "%", " %"
        )
        in PAGE
    )


@pytest.mark.parametrize("entry", ROWS)
def test_what_an_entry_became_exists(entry: str, real: Library) -> None:
    where = ROWS[entry]
    if where.startswith("left out: "):
        return
    named = re.findall(r"(source )?`([^`]+)`", where)
    assert named
    for is_source, name in named:
        assert name in (real.sources if is_source else real.by_key), f"{entry}: {name}"


def test_no_document_of_another_country_is_cited(real: Library) -> None:
    foreign = re.compile(r"CPSBC|CPSM|RANZCP|RCPsych|RCEM|Royal College|New Zealand|CANMAT")
    for source in real.sources.values():
        assert not foreign.search(f"{source.citation} {source.publisher}"), source.id
