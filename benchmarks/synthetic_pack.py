"""An invented pack of any size, its texts those of the shipped one, so that they are as long.

After some hundred requirements the texts come again, too far apart for a file to be packed smaller.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import yaml

from compliance.checklist.library import Library, read_library
from compliance.checklist.model import Requirement
from compliance.checklist.pack_files import PackFiles, gather
from compliance.checklist.source import Source
from compliance.resources import bundled_folder

NAME = "synthetic"
_EDITION = "2026-11-23"
_A_SECTION, _A_CHECKLIST = 10, 50
_PER_SOURCE = 2  # requirements; the shipped pack has four for three sources
_LEFT_OUT = {"id", "for_each", "cite", "answer", "evidence", "applies_when", "unless"}
_LAW, _READ = {"statute", "regulation"}, {"full-text", "partial"}
_FACTS = {
    "clinic": [
        {"id": "name", "type": "text", "ask": "What is the clinic called?", "required": "yes"}
    ],
    "groups": [
        {
            "id": "site",
            "plural": "sites",
            "title": "Site",
            "ask": "Where is patient care given?",
            "facts": [{"id": "address", "type": "text", "ask": "What is its address?"}],
        }
    ],
}


def make_pack(count: int) -> PackFiles:
    """Return a pack of `count` yes-or-no requirements that every clinic is asked."""
    sources = list(_sources(-(-count // _PER_SOURCE)))
    checklists = dict(_checklists(count, [source["id"] for source in sources]))
    pack = {
        "name": NAME,
        "title": "An invented pack",
        "edition": _EDITION,
        "publisher": "Nobody",
        "licence": "MIT",
        "order": list(checklists),
    }
    documents: Mapping[str, Any] = {
        "pack.yaml": pack,
        "facts.yaml": _FACTS,
        **{f"sources/part-{n}.yaml": list(part) for n, part in _batches(sources, 100)},
        **{f"all/{name}.yaml": checklist for name, checklist in checklists.items()},
    }
    return PackFiles(NAME, {name: _dump(documents[name]) for name in sorted(documents)})


def _checklists(count: int, cited: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, part in _batches(list(_requirements(count, cited)), _A_CHECKLIST):
        name = f"subject-{number}"
        sections = [
            {"title": f"Room {at}", "where": "At the desk, before it opens.", "requirements": some}
            for at, some in _batches(part, _A_SECTION)
        ]
        yield (
            name,
            {
                "id": name,
                "title": f"Invented subject {number}",
                "edition": _EDITION,
                "jurisdiction": "US",
                "about": "Questions that nobody needs to answer.",
                "sections": sections,
            },
        )


def _requirements(count: int, cited: Sequence[str]) -> Iterator[dict[str, Any]]:
    texts = itertools.cycle(_shipped_requirements())
    for number, said in zip(range(count), texts, strict=False):
        also = [cited[number * 7 % len(cited)]] if number % 2 else []
        cite = dict.fromkeys([cited[number // _PER_SOURCE], *also])
        evidence = "recommended" if number % 12 == 0 else "none"
        yield {"id": f"question-{number}", **said, "cite": list(cite), "evidence": evidence}


def _sources(count: int) -> Iterator[dict[str, Any]]:
    """Yield sources of the strongest kinds, so that any requirement may cite any of them."""
    read = (one for one in _shipped().sources.values() if one.kind in _LAW and one.read in _READ)
    texts = itertools.cycle(_plain(one, {"id"}) for one in read)
    for number, said in zip(range(count), texts, strict=False):
        yield {"id": f"source-{number}", **said}


@cache
def _shipped_requirements() -> list[dict[str, Any]]:
    """Return the texts of the questions for the whole country: those of the states are much alike."""
    return [
        _plain(entry.requirement, _LEFT_OUT)
        for entry in _shipped().entries
        if entry.checklist.state is None and entry.requirement.answer.type == "yes_no"
    ]


@cache
def _shipped() -> Library:
    library, _ = read_library([gather(bundled_folder("checklists"))])
    if library is None:
        raise RuntimeError("the bundled checklists cannot be read")
    return library


def _plain(said: Requirement | Source, left_out: set[str]) -> dict[str, Any]:
    data: dict[str, Any] = said.model_dump(mode="json", exclude=left_out, exclude_defaults=True)
    return data


def _batches(items: Sequence[Any], size: int) -> Iterator[tuple[int, list[Any]]]:
    for number, start in enumerate(range(0, len(items), size), start=1):
        yield number, list(items[start : start + size])


def _dump(document: Any) -> bytes:  # noqa: ANN401 - plain data of any shape
    text: str = yaml.dump(
        document, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=120
    )
    return text.encode()
