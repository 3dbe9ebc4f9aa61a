"""The closed grammar of conditions, as JSON Schema says it.

Which facts there are, and of which type, stands in another file; here every fact may take every
operator, one family at a time. Each keyword binds one type of value only, so that an editor's
complaint is about what was written and not about all that might have been.
"""

from collections.abc import Mapping

from compliance.checklist.fact import UNKNOWN
from compliance.checklist.schema_types import (
    A_DAY_OR_TODAY,
    A_NAME,
    ID,
    NAME,
    NUMBER,
    Schema,
    refuse_words,
)

_OWN_WORDS = "(?!(any_of|answers|count|this)$)"
_FACT = f"^{_OWN_WORDS}{NAME}$"
_FACT_OR_OWN = f"^({_OWN_WORDS}{NAME}|this(\\.{NAME})+)$"
_FACT_OF_MEMBER = f"^(?!this\\.){_OWN_WORDS}{NAME}(\\.{NAME})*$"
_REQUIREMENT = f"^({ID}:)?{ID}/{ID}$"
_FAMILIES = (("includes",), ("at_least", "at_most"), ("before", "after"))

_KNOWN = refuse_words(
    [UNKNOWN], "A condition cannot ask for “unknown”: what is not known applies already."
)
_VALUE: Schema = {"type": ["string", "number"], **_KNOWN}
_NUMBER: Schema = {
    "type": ["number", "string"],
    "pattern": f"^\\s*{NUMBER}\\s*$",
    "patternErrorMessage": "This is not a number; write it in digits, as 12 or 1.5.",
    "exclusiveMinimum": -(10**15),
    "exclusiveMaximum": 10**15,
}
_VALUE_OR_LIST: Schema = {
    "type": ["string", "number", "array"],
    **_KNOWN,
    "minItems": 1,
    "items": {"$ref": "#/$defs/Value"},
}
_OPERATORS: Mapping[str, Schema] = {
    "includes": {"$ref": "#/$defs/Values"},
    "at_least": {"$ref": "#/$defs/Number"},
    "at_most": {"$ref": "#/$defs/Number"},
    "before": A_DAY_OR_TODAY,
    "after": A_DAY_OR_TODAY,
}


def _compare(*, several: bool) -> Schema:
    """Return what a fact or an answer is compared with; only a fact has several values."""
    families = _FAMILIES if several else _FAMILIES[1:]
    names = [name for family in families for name in family]
    return {
        "type": ["string", "number", "array", "object"],
        **_KNOWN,
        "minItems": 1,
        "items": {"$ref": "#/$defs/Value"},
        "minProperties": 1,
        "properties": {name: _OPERATORS[name] for name in names},
        "additionalProperties": False,
        "anyOf": [{"propertyNames": {"enum": list(family)}} for family in families],
    }


def _condition(facts: str, name: str, *, answers: bool = False, count: str | None = None) -> Schema:
    """Return a condition called `name`: which facts it may name, and what else."""
    properties: dict[str, Schema] = {
        "any_of": {"type": "array", "minItems": 1, "items": {"$ref": f"#/$defs/{name}"}}
    }
    if answers:
        properties["answers"] = {"$ref": "#/$defs/Answers"}
    if count:
        properties["count"] = {"$ref": f"#/$defs/{count}"}
    return {
        "type": "object",
        "minProperties": 1,
        "properties": properties,
        "patternProperties": {facts: {"$ref": "#/$defs/Compared"}},
        "additionalProperties": False,
    }


def _count(where: str) -> Schema:
    at_least_none = {"type": "integer", "minimum": 0}
    return {
        "type": "object",
        "required": ["of"],
        "properties": {
            "of": A_NAME,
            "where": {"$ref": f"#/$defs/{where}"},
            "at_least": at_least_none,
            "at_most": at_least_none,
        },
        "additionalProperties": False,
        "anyOf": [{"required": ["at_least"]}, {"required": ["at_most"]}],
    }


_COMMON: Mapping[str, Schema] = {
    "Value": _VALUE,
    "Values": _VALUE_OR_LIST,
    "Number": _NUMBER,
    "Compared": _compare(several=True),
}
OF_CHECKLISTS: Mapping[str, Schema] = {
    **_COMMON,
    "ComparedAnswer": _compare(several=False),
    "Answers": {
        "type": "object",
        "minProperties": 1,
        "patternProperties": {_REQUIREMENT: {"$ref": "#/$defs/ComparedAnswer"}},
        "additionalProperties": False,
    },
    "Condition": _condition(_FACT_OR_OWN, "Condition", answers=True, count="Count"),
    "Count": _count("ConditionOfMember"),
    "ConditionOfMember": _condition(
        _FACT_OF_MEMBER, "ConditionOfMember", answers=True, count="Count"
    ),
    "WithoutThis": {
        "propertyNames": {
            "pattern": "^(?!this\\.)",
            "patternErrorMessage": "“this.” needs a “for_each”, so that there is a thing "
            "to speak of.",
        },
        "properties": {"any_of": {"items": {"$ref": "#/$defs/WithoutThis"}}},
    },
}
"""Conditions of a checklist, a section and a requirement."""

OF_FACTS: Mapping[str, Schema] = {
    **_COMMON,
    "Condition": _condition(_FACT, "Condition", count="Count"),
    "Count": _count("ConditionOfMember"),
    "ConditionOfMember": _condition(_FACT_OF_MEMBER, "ConditionOfMember", count="Count"),
    "Membership": _condition(_FACT_OR_OWN, "Membership"),
}
"""Conditions of a group: nothing was answered yet, and a membership looks at one thing only."""
