"""The small pack in two editions, with a difference of every kind between them."""

from collections.abc import Callable

import pytest

from compliance.change.carrying import sort_answers
from compliance.change.comparison import compare
from compliance.change.report import Report
from compliance.checklist.library import Library

EDITS = {
    "desk.yaml": {
        "edition: 2026-11-23": "edition: 2026-12-01",
        "title: At the desk": "title: Around the desk",
        "Does the certificate hang on the wall?": "Does the certificate hang where patients see it?",
        "grade: critical": "grade: major",
        "cite: [some-rule]": "cite: [some-rule, some-paper]",
        "why: Somebody may ask for it.": "why: The inspector asks for it first.",
        "within_last: 2 years": "within_last: 1 year",
        "  - title: Papers": "  - title: Papers and keys",
        "where: At the desk.": "where: At the desk, with the keys.",
        "id: key-list": "id: key-register",
        "answers: {desk/key-keeper: no}": "answers: {desk/key-keeper: [no, anybody]}",
    },
    "rooms.yaml": {
        "about: What stands in the rooms.": "about: What stands in the rooms.\n"
        "applies_when: {telehealth: no}",
        "      - id: plan-rehearsed": "  - title: Plans\n    requirements:\n      - id: plan-rehearsed",
        "        depth: quick\n": "        depth: deep\n",
    },
    "facts.yaml": {"ask: Is anybody treated from afar?": "ask: Is anybody treated by video?"},
    "sources/all.yaml": {
        "read: partial": "read: full-text",
        "- {id: loose-label": "- {id: other-label",
    },
    "pack.yaml": {"edition: 2026-11-23": "edition: 2026-12-01"},
}
ReadSmall = Callable[..., tuple[Library | None, object]]


@pytest.fixture(scope="session")
def edited(small_pack: object, read_small: ReadSmall) -> Library:
    """The small pack after the edits."""
    files = {}
    for file, edits in EDITS.items():
        text = small_pack.files[file].decode()
        for old, new in edits.items():
            assert old in text, old
            text = text.replace(old, new, 1)
        files[file] = text
    gone = "retired:\n  - {id: board-rule, on: 2026-12-01, reason: The board was asked.}\n"
    start = files["desk.yaml"].index("      - id: board-rule")
    files["desk.yaml"] = files["desk.yaml"][:start] + gone
    library, diagnostics = read_small(files)
    assert library, diagnostics
    return library


@pytest.fixture(scope="session")
def report(small: Library, edited: Library) -> Report:
    """The two editions compared, with four answers of an earlier audit."""
    digests = {key: entry.digest for key, entry in small.by_key.items()}
    answers = [
        ("desk/minutes-watched", digests["desk/minutes-watched"]),
        ("desk/last-count", digests["desk/last-count"]),
        ("rooms/locked@cabinet-a", "0" * 64),
        ("desk/key-list", digests["desk/key-list"]),
        ("north:cart-check/oxygen-ready@cart-1", "0" * 64),
    ]
    earlier = sort_answers("2025-11-20", answers, small, edited)
    return Report("v1.0", "main", compare(small, edited), earlier)
