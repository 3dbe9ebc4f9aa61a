"""A small pack to try rules on: an example of a rule is put into it, and the pack is linted."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from compliance.checklist.library import read_packs
from compliance.checklist.pack_files import PackFiles, gather
from compliance.lint.engine import Finding, Selection, judge
from compliance.lint.material import Earlier, Material
from compliance.text.yaml_text import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    LintFiles = Callable[..., list[Finding]]
    Put = Callable[[Mapping[str, bytes], str, str], dict[str, bytes]]

PACK = Path(__file__).with_name("pack")
SMALL = Path(__file__).parents[1] / "checklist" / "small"
TRIED = "      - id: tried\n"
_KEY = re.compile(r"^(\w+):", re.MULTILINE)


def _lint_files(
    files: Mapping[str, bytes], before: Mapping[str, Earlier] | None = None
) -> list[Finding]:
    """Return what is found in a pack given as bytes, on the day of every audit."""
    reading = read_packs([PackFiles("", dict(sorted(files.items())))])
    named = {*files, "pack.yaml", "facts.yaml"}
    material = Material(reading, reading.packs, date(2026, 11, 23), before or {})
    return judge(material, Selection(), named)


def _put(files: Mapping[str, bytes], kind: str, example: str) -> dict[str, bytes]:
    """Return the files of the small pack with an example in its place."""
    return dict(files) | _PLACES[kind](files, example)


def _put_requirement(files: Mapping[str, bytes], example: str) -> dict[str, bytes]:
    text = files["trial.yaml"].decode()
    start = text.index(TRIED)
    end = text.index("      - id:", start + 1)
    given = set(_KEY.findall(example))
    given |= {"ask"} if "like" in given else set()
    lines = ["id: tried", *text[start:end].splitlines()[1:]]
    kept = [line.strip() for line in lines if line.strip().partition(":")[0] not in given]
    written = [*kept, *example.splitlines()]
    block = "".join(f"        {line}\n" for line in written).replace("        ", "      - ", 1)
    return {"trial.yaml": (text[:start] + block + text[end:]).encode()}


def _put_checklist(files: Mapping[str, bytes], example: str) -> dict[str, bytes]:
    return {"trial.yaml": _merge(files["trial.yaml"], example)}


def _put_pack(files: Mapping[str, bytes], example: str) -> dict[str, bytes]:
    return {"pack.yaml": _merge(files["pack.yaml"], example)}


def _put_source(files: Mapping[str, bytes], example: str) -> dict[str, bytes]:
    data, more = _data(files["sources/paper.yaml"]), _data(example.encode())
    if "read" in more:
        del data[0]["text_as_of"]
    return {"sources/paper.yaml": json.dumps([{**data[0], **more}]).encode()}


def _put_facts(files: Mapping[str, bytes], example: str) -> dict[str, bytes]:
    data, more = _data(files["facts.yaml"]), _data(example.encode())
    for name, entries in more.items():
        taken = {one["id"] for one in entries}
        data[name] = [one for one in data[name] if one["id"] not in taken] + entries
    return {"facts.yaml": json.dumps(data).encode()}


def _put_form(files: Mapping[str, bytes], example: str) -> dict[str, bytes]:
    return {"forms.yaml": json.dumps([_data(example.encode())]).encode()}


def _merge(raw: bytes, example: str) -> bytes:
    return json.dumps({**_data(raw), **_data(example.encode())}).encode()


def _data(raw: bytes) -> Any:  # noqa: ANN401
    document, _ = parse(raw.decode(), "example.yaml")
    assert document
    return document.data


_PLACES: dict[str, Callable[[Mapping[str, bytes], str], dict[str, bytes]]] = {
    "requirement": _put_requirement,
    "checklist": _put_checklist,
    "pack": _put_pack,
    "source": _put_source,
    "facts": _put_facts,
    "form": _put_form,
}


@pytest.fixture(scope="session")
def pack() -> Mapping[str, bytes]:
    """The files of the small pack."""
    return gather(PACK).files


@pytest.fixture(scope="session")
def shipped() -> Mapping[str, bytes]:
    """Two of the shipped checklists with the facts and the sources they need, to be spoiled."""
    files = gather(PACK.parents[2] / "checklists").files
    kept = ("federal/dea-registration.yaml", "federal/storage-security.yaml")
    text = b"\n".join(files[name] for name in kept).decode()
    cited = {word for line in re.findall(r"cite: \[(.*)\]", text) for word in line.split(", ")}
    sources = {
        name: raw
        for name, raw in files.items()
        if name.startswith("sources/")
        and cited & set(re.findall(r"^- id: (.*)$", raw.decode(), re.MULTILINE))
    }
    order = b"order: [dea-registration, storage-security]\n"
    pack = files["pack.yaml"].partition(b"order:")[0] + order
    rest = {"facts.yaml": files["facts.yaml"], "pack.yaml": pack}
    return {**{name: files[name] for name in kept}, **sources, **rest}


@pytest.fixture(scope="session")
def lint_files() -> LintFiles:
    """Lint a pack that is given as bytes."""
    return _lint_files


@pytest.fixture(scope="session")
def put() -> Put:
    """Put an example into the small pack."""
    return _put


@pytest.fixture
def judge_trial(trial_files: Callable[..., dict[str, str | None]]) -> Callable[..., list[str]]:
    """Put requirements into the small pack of all tests, and say what is wrong with conditions."""

    def judge(requirements: str, jurisdiction: str = "US") -> list[str]:
        files = dict(gather(SMALL).files)
        for name, text in trial_files(requirements, jurisdiction=jurisdiction).items():
            files.pop(name, None)
            if text is not None:
                files[name] = text.encode()
        reading = read_packs([PackFiles("", files)])
        assert reading.diagnostics == ()
        material = Material(reading, reading.packs, date(2026, 11, 23))
        return [f"{one.judgement} {one.path[-1]}" for one in material.verdicts]

    return judge
