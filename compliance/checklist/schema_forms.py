"""Forms, as JSON Schema says them: a requirement that is like one, and a form itself."""

from collections.abc import Mapping
from typing import Any

from compliance.checklist.schema_rules import NO_PARTLY, needs
from compliance.checklist.schema_types import A_NAME, A_TEXT, AN_ID, ANY_TEXT, NAME, REFUSED, Schema
from compliance.checklist.stand_in import REQUIREMENT

_NO_BRACES: Schema = {
    "type": "string",
    "pattern": "^[^{}]*[^{}\\s][^{}]*$",
    "patternErrorMessage": "A slot is filled with plain text: not empty, and without braces.",
}
_WITH_SLOTS: Schema = {
    "type": "string",
    "pattern": f"^(?=[\\s\\S]*\\S)([^{{}}]|\\{{{NAME}\\}})*$",
    "patternErrorMessage": "This must not be empty, and a brace in it belongs to a slot: {name}.",
}
_SAID_BY_FORMS = frozenset(REQUIREMENT) - {"cite"}

USE: Mapping[str, Schema] = {
    "like": AN_ID,
    "with": {
        "type": "object",
        "minProperties": 1,
        "propertyNames": A_NAME,
        "additionalProperties": _NO_BRACES,
    },
    "reads": A_TEXT,
}
"""What a requirement says of its form."""


def allow_likeness(requirement: Schema, use: Mapping[str, Schema]) -> Schema:
    """Return the schema of a requirement that may be like a form, which then says what is missing."""
    properties, needed = requirement["properties"], requirement["required"]
    alone = {
        "if": {"not": {"required": ["like"]}},
        "then": {"required": [name for name in needed if name in _SAID_BY_FORMS]},
    }
    rules = [*requirement["allOf"], alone, needs("with", "like"), needs("reads", "like")]
    return {
        **requirement,
        "required": [name for name in needed if name not in _SAID_BY_FORMS],
        "properties": {"id": properties["id"], **use, **properties},
        "allOf": rules,
    }


def make_form(requirement: Schema) -> Schema:
    """Return the schema of a form: a requirement of which some is left open, and which cites nothing."""
    properties = {
        key: one if key == "id" else _leave_open(one)
        for key, one in requirement["properties"].items()
        if key != "cite"
    }
    form = {**requirement, "title": "Form", "required": ["id"], "properties": properties}
    return {**form, "allOf": [NO_PARTLY]}


def _leave_open(field: Schema) -> Schema:
    """What a form leaves out has no default, and nothing is needed: the requirement may say it."""
    left = {key: one for key, one in field.items() if key != "default"}
    return {**left, "markdownDescription": field["markdownDescription"].replace("Needed. ", "")}


def hold_slots(schema: Any) -> Any:  # noqa: ANN401 - a schema, or a part of one
    """Return the schema with slots in texts that people read, and no brace anywhere else."""
    if isinstance(schema, list):
        return [hold_slots(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: hold_slots(one) for key, one in schema.items()}
    pattern = schema.get("pattern")
    if pattern == A_TEXT["pattern"]:
        return {**inner, **_WITH_SLOTS}
    if schema == ANY_TEXT or str(pattern).startswith(REFUSED):
        return {**inner, "pattern": f"{pattern or '^'}[^{{}}]*$"}
    return inner
