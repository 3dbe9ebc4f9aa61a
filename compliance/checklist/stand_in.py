"""What stands in for a part of a checklist that is missing or wrong, so that the rest can be read."""

from typing import Any

REQUIREMENT: dict[str, Any] = {
    "ask": "?",
    "force": "good-practice",
    "grade": "minor",
    "cite": ["stand-in"],
}
"""What a requirement cannot do without, besides its id."""

CHECKLIST: dict[str, Any] = {
    "title": "?",
    "about": "?",
    "edition": "2000-01-01",
    "jurisdiction": "US",
}
"""What a checklist cannot do without, besides its id and its sections."""


def make_requirement(name: str) -> dict[str, Any]:
    """Return a requirement that says nothing."""
    return {**REQUIREMENT, "id": name}


def make_section(name: str) -> dict[str, Any]:
    """Return a section with a requirement that says nothing."""
    return {"title": "?", "requirements": [make_requirement(name)]}
