"""What a model's own checks demand, as JSON Schema says it: of one field, or between several."""

from collections.abc import Mapping

from pydantic import BaseModel

from compliance.checklist.answer import (
    WORDS,
    ChoiceAnswer,
    DateAnswer,
    DateRule,
    NumberRule,
)
from compliance.checklist.fact import TAKEN, UNKNOWN, Fact, FactSheet, Group
from compliance.checklist.model import (
    EVIDENCE,
    JURISDICTIONS,
    Checklist,
    Pack,
    Requirement,
    Section,
)
from compliance.checklist.schema_types import NAME, Schema, match_whole, refuse_words

_CONDITION: Schema = {"$ref": "#/$defs/Condition"}
_CONDITIONS: Schema = {"applies_when": _CONDITION, "unless": _CONDITION}

FIELDS: Mapping[type[BaseModel], Mapping[str, Schema]] = {
    Checklist: {
        **_CONDITIONS,
        "jurisdiction": {"enum": ["US", *(f"US-{state}" for state in sorted(JURISDICTIONS))]},
    },
    Section: _CONDITIONS,
    Requirement: {
        **_CONDITIONS,
        "answer": {"$ref": "#/$defs/Answer"},
        "evidence": {"enum": list(EVIDENCE)},
    },
    ChoiceAnswer: {
        "choices": {
            "propertyNames": refuse_words(
                WORDS, "This is an answer of its own; name the choice otherwise."
            )
        }
    },
    Fact: {
        "applies_when": _CONDITION,
        "id": match_whole(
            f"(?!({'|'.join(sorted(TAKEN))})$){NAME}",
            "This is no name, or has a meaning of its own in conditions.",
        ),
        "choices": {
            "propertyNames": refuse_words(
                [UNKNOWN], "“unknown” is an answer to every question, so it is no choice."
            )
        },
    },
    Group: {
        "applies_when": _CONDITION,
        "where": {"$ref": "#/$defs/Membership"},
        "pairs": {"uniqueItems": True},
    },
    Pack: {"order": {"uniqueItems": True}},
}
"""What is said of a field besides what its annotation says."""


def _only_with(types: tuple[str, ...], key: str) -> Schema:
    """A key that is needed for some types, and stands nowhere else."""
    return {
        "if": {"properties": {"type": {"enum": list(types)}}, "required": ["type"]},
        "then": {"required": [key]},
        "else": {"properties": {key: False}},
    }


def needs(key: str, other: str, given: Schema | None = None) -> Schema:
    """A key that needs another beside it; `given` narrows what counts as giving it."""
    present: Schema = {"required": [key]}
    if given:
        present["properties"] = {key: given}
    return {"if": present, "then": {"required": [other]}}


# A form may say for what a requirement is asked that is like it.
_ASKED_ONCE: Schema = {"not": {"anyOf": [{"required": ["for_each"]}, {"required": ["like"]}]}}
_ANY_ASKED_ONCE: Schema = {
    "required": ["requirements"],
    "properties": {"requirements": {"contains": _ASKED_ONCE}},
}
_WITHOUT_THIS: Schema = {
    "properties": {
        "applies_when": {"$ref": "#/$defs/WithoutThis"},
        "unless": {"$ref": "#/$defs/WithoutThis"},
    }
}
_TYPED: Schema = {
    "required": ["answer"],
    "properties": {
        "answer": {
            "required": ["type"],
            "properties": {"type": {"not": {"const": "yes_no"}}},
        }
    },
}

NO_PARTLY: Schema = {
    "if": _TYPED,
    "then": {
        "properties": {"partly_if": False},
        "errorMessage": "A typed question takes no “partly”, so this says nothing.",
    },
}
"""What holds of a requirement and of a form alike."""

_NOTHING_TO_COUNT_FROM = "“warn_within” needs “not_before: today” or “within_last” to count from."
_NOT_SEVERAL = "Only a fact of several choices may not apply: then it has none."
_ALWAYS_APPLIES: Schema = {
    "properties": {"applies_when": False},
    "errorMessage": "Only a fact of a group may not apply.",
}
_KINDS_OF_GROUP = ("plural", "subset_of", "pairs")
_NO_GROUP = "A group has one of “plural”, “subset_of” and “pairs”."

RULES: Mapping[type[BaseModel], Schema] = {
    Checklist: {
        "if": {
            "required": ["sections"],
            "properties": {"sections": {"contains": _ANY_ASKED_ONCE}},
        },
        "then": _WITHOUT_THIS,
    },
    Section: {"if": _ANY_ASKED_ONCE, "then": _WITHOUT_THIS},
    Requirement: {"allOf": [{"if": _ASKED_ONCE, "then": _WITHOUT_THIS}, NO_PARTLY]},
    DateRule: {"minProperties": 1},
    NumberRule: {"minProperties": 1},
    DateAnswer: {
        "if": {"required": ["warn_within"]},
        "then": {
            "properties": {
                "conforms_when": {
                    "anyOf": [
                        {
                            "required": ["not_before"],
                            "properties": {"not_before": {"const": "today"}},
                            "errorMessage": _NOTHING_TO_COUNT_FROM,
                        },
                        {"required": ["within_last"], "errorMessage": _NOTHING_TO_COUNT_FROM},
                    ]
                }
            }
        },
    },
    Fact: {
        "allOf": [
            _only_with(("choice", "choices"), "choices"),
            _only_with(("thing", "things"), "of"),
            {
                "if": {"required": ["applies_when"]},
                "then": {
                    "properties": {"type": {"const": "choices", "errorMessage": _NOT_SEVERAL}}
                },
            },
        ]
    },
    FactSheet: {"allOf": [{"properties": {"clinic": {"items": _ALWAYS_APPLIES}}}]},
    Group: {
        "oneOf": [{"required": [kind], "errorMessage": _NO_GROUP} for kind in _KINDS_OF_GROUP],
        "allOf": [
            needs("facts", "plural", {"minItems": 1}),
            needs("where", "subset_of"),
            needs("by", "pairs"),
        ],
    },
}
"""What must hold between the keys of one mapping."""
