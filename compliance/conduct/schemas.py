"""Every published schema by its name: those of the files people write, and of what we write for programs."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Literal, get_args

from compliance.audit import published as of_results
from compliance.checklist.schema import KINDS, write_schema
from compliance.verification import published as of_verifications

Made = Literal["result", "verification"]
MADE: tuple[Made, ...] = get_args(Made)
"""What this program writes and others read, apart from the files that people write."""

_MAKERS: Mapping[Made, Callable[[], dict[str, Any]]] = {
    "result": of_results.make_schema,
    "verification": of_verifications.make_schema,
}


def find_schema(name: str) -> str:
    """Return the text of a schema's file; the name is one of `KINDS` or of `MADE`."""
    for kind in KINDS:
        if kind == name:
            return write_schema(kind)
    schema = next(make() for made, make in _MAKERS.items() if made == name)
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
