"""JSON Schema (2020-12) of the language's files, made from the models that read them.

What the fields of a model say is taken from the model. What its checks say in Python stands in
`schema_types` (one value), `schema_rules` (several keys of one mapping) and `schema_conditions`,
and a test holds schema and reader to the same verdict on the same documents. No keyword is used
that came after draft 7, because that is where many editors stop.
"""

import json
import re
import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from compliance.checklist.answer import (
    ChoiceAnswer,
    DateAnswer,
    NumberAnswer,
    TextAnswer,
    YesNoAnswer,
)
from compliance.checklist.fact import FactSheet
from compliance.checklist.identity import NORMATIVE
from compliance.checklist.model import Checklist, Pack, Requirement
from compliance.checklist.schema_conditions import OF_CHECKLISTS, OF_FACTS
from compliance.checklist.schema_forms import USE, allow_likeness, hold_slots, make_form
from compliance.checklist.schema_rules import FIELDS, RULES
from compliance.checklist.schema_texts import CONDITIONS, KEYS, LIKENESS, WORDS
from compliance.checklist.schema_types import TYPES, Schema
from compliance.checklist.source import Source

Kind = Literal["checklist", "facts", "sources", "forms", "pack"]
KINDS: tuple[Kind, ...] = typing.get_args(Kind)

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ANSWERS = (YesNoAnswer, DateAnswer, NumberAnswer, ChoiceAnswer, TextAnswer)
_TOPS: Mapping[Kind, tuple[type[BaseModel], str, str]] = {
    "checklist": (Checklist, "Checklist", "One subject: what is asked about it, and of whom."),
    "facts": (FactSheet, "Facts", "What a condition may name, and the things that repeat."),
    "sources": (Source, "Sources", "Laws, rules, labels and papers that requirements cite."),
    "forms": (Requirement, "Forms", "Wordings that requirements share, with slots for the rest."),
    "pack": (Pack, "Pack", "A folder of checklists, who publishes it, and its walking order."),
}


def write_schema(kind: Kind) -> str:
    """Return the schema as the text of its file, the same at every call."""
    return json.dumps(make_schema(kind), ensure_ascii=False, indent=2) + "\n"


def make_schema(kind: Kind) -> Schema:
    """Return the schema of one kind of file."""
    model, title, about = _TOPS[kind]
    definitions = {_name(one): _describe_model(one) for one in _list_models(model)}
    if kind in {"checklist", "forms"}:
        definitions |= {"Answer": _describe_answers(), **_explain(OF_CHECKLISTS)}
    if kind == "facts":
        definitions |= _explain(OF_FACTS)
    if kind == "checklist":
        definitions["Requirement"] = _allow_likeness(definitions["Requirement"])
    if kind == "forms":
        definitions = _describe_forms(definitions)
    entry = {"sources": "Source", "forms": "Form"}.get(kind)
    several = {"type": "array", "items": {"$ref": f"#/$defs/{entry}"}}
    top = several if entry else definitions.pop(_name(model))
    named = {"$schema": _DIALECT, **top, "title": title, "description": about}
    return {**named, "$defs": dict(sorted(definitions.items()))} if definitions else named


def _describe_forms(definitions: dict[str, Schema]) -> dict[str, Schema]:
    """Return a form in the place of a requirement; whoever is like it may say what it is asked for."""
    kept = {name: one for name, one in definitions.items() if name != "WithoutThis"}
    held = {name: hold_slots(one) for name, one in kept.items()}
    form = make_form(held.pop("Requirement"))
    return {**held, "Form": form}


def _allow_likeness(requirement: Schema) -> Schema:
    use = {key: {**_say(LIKENESS[key]), **one} for key, one in USE.items()}
    return allow_likeness(requirement, use)


def _list_models(model: type[BaseModel]) -> list[type[BaseModel]]:
    """Return the model and every one that it is made of."""
    found = [model]
    for one in found:  # grows while it is walked
        for annotation in typing.get_type_hints(one).values():
            found += [inner for inner in _models_in(annotation) if inner not in found]
    return found


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - any annotation
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from _models_in(argument)


def _describe_model(model: type[BaseModel]) -> Schema:
    hints = typing.get_type_hints(model, include_extras=True)
    fields = model.model_fields
    names = sorted(fields, key=list(KEYS[model]).index)  # as a person writes them
    properties = {name: _describe_field(model, name, hints[name]) for name in names}
    required = [name for name in names if fields[name].is_required() or name == "type"]
    closed = {"required": required, "properties": properties, "additionalProperties": False}
    return {"title": _title(model), "type": "object", **closed, **RULES.get(model, {})}


def _describe_field(model: type[BaseModel], name: str, annotation: Any) -> Schema:  # noqa: ANN401 - any annotation
    field = model.model_fields[name]
    said = FIELDS.get(model, {}).get(name, {})
    whole = "$ref" in said or "enum" in said or "pattern" in said
    schema = dict(said) if whole else {**_describe(annotation), **said}
    length = next((n for one in field.metadata if (n := getattr(one, "min_length", None))), None)
    if length:
        schema["minItems" if schema["type"] == "array" else "minProperties"] = length
    default = field.get_default()
    if not field.is_required() and isinstance(default, str | int):
        schema["default"] = default
    if words := WORDS.get((model, name)):
        schema["markdownEnumDescriptions"] = [words[word] for word in schema["enum"]]
    return {**_say(KEYS[model][name], _remark(model, name, field)), **schema}


def _describe(annotation: Any) -> Schema:  # noqa: ANN401 - any annotation of a model's field
    """Return what an annotation says; a key without a value is refused, so None says nothing."""
    if annotation in TYPES:
        return TYPES[annotation]
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in {types.UnionType, typing.Union}:
        return _describe(arguments[0])
    if origin is tuple:
        several: Schema = {"type": "array", "items": _describe(arguments[0])}
        length = {"minItems": len(arguments), "maxItems": len(arguments)}
        return several if arguments[1] is ... else several | length
    if origin is dict:
        return {"type": "object", "additionalProperties": _describe(arguments[1])}
    return {"$ref": f"#/$defs/{_name(annotation)}"}


def _describe_answers() -> Schema:
    """The type decides which other keys there are, so that a complaint is about those only."""
    words = {typing.get_args(one.model_fields["type"].annotation)[0]: one for one in _ANSWERS}
    choose = [
        {
            "if": {"required": ["type"], "properties": {"type": {"const": word}}},
            "then": {"$ref": f"#/$defs/{_name(model)}"},
        }
        for word, model in words.items()
    ]
    each = [KEYS[model]["type"] for model in words.values()]
    chosen = {"enum": list(words), "markdownEnumDescriptions": each}
    return {
        "title": "Answer",
        "type": "object",
        "required": ["type"],
        "properties": {"type": {**_say("what is answered"), **chosen}},
        "allOf": choose,
    }


def _explain(definitions: Mapping[str, Schema]) -> dict[str, Schema]:
    """Return the grammar of conditions with what each of its words says."""
    explained = {}
    for name, schema in definitions.items():
        parts = schema.get("properties", {})
        said = {key: {**_say(CONDITIONS[key]), **part} for key, part in parts.items()}
        explained[name] = {
            "title": _split(name),
            **schema,
            **({"properties": said} if said else {}),
        }
    return explained


def _say(text: str, remark: str = "") -> Schema:
    """Return a text for editors that show Markdown, and for those that do not."""
    sentence = f"{text[0].upper()}{text[1:]}."
    marked = f"{sentence}\n\n{remark}" if remark else sentence
    return {"description": re.sub("[`*]", "", sentence), "markdownDescription": marked}


def _remark(model: type[BaseModel], name: str, field: FieldInfo) -> str:
    normative = model is Requirement and name in NORMATIVE
    parts = [
        "Needed." if field.is_required() else "",
        "When it changes, answers given before no longer carry." if normative else "",
    ]
    return " ".join(part for part in parts if part)


def _name(model: type[BaseModel]) -> str:
    return model.__name__


def _title(model: type[BaseModel]) -> str:
    return _split(model.__name__)


def _split(name: str) -> str:
    """Return `DateAnswer` as `Date answer`."""
    return re.sub("(?<=[a-z])([A-Z])", lambda m: f" {m[1].lower()}", name)
