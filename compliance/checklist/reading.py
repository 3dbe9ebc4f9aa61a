"""From a YAML text to a model, with every error of the file at once, each where it stands."""

import inspect
import json
import typing
from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from compliance.checklist.fact import list_words
from compliance.checklist.model import USE_KEYS, Requirement
from compliance.text.diagnostic import Diagnostic, suggest
from compliance.text.yaml_text import Document, Path, decode, parse

M = TypeVar("M", bound=BaseModel)

MOST_ERRORS = 200
_QUOTE = "Put it in quotes."
_MAPPING = ("This must hold names with values.", "Write them as “name: value”.")
_SENTENCES = {
    "string_type": ("This must be a text.", _QUOTE),
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "tuple_type": ("This must be a list.", "Write [one, two], or a line with “- ” for each."),
    "list_type": ("This must be a list.", "Write [one, two], or a line with “- ” for each."),
    "int_type": ("This must be a whole number.", ""),
    "int_from_float": ("This must be a whole number.", ""),
    "float_type": ("This must be a number.", ""),
    "missing_tag": ("“type” is missing.", "Write type: date, number, choice or text."),
    "union_tag_not_found": ("“type” is missing.", "Write type: date, number, choice or text."),
}

_MISSING: dict[tuple[int | str, ...], str] = {
    ("cite",): "no-source",
    ("date", "conforms_when"): "date-without-rule",
    ("number", "unit"): "number-without-unit",
}
_TOO_FEW: dict[tuple[int | str, ...], str] = {
    ("cite",): "no-source",
    ("conforms_when", "one_of"): "choice-nobody-passes",
}
_OWN_KINDS = frozenset({"impossible-range", "choice-nobody-passes", "date-without-rule"})


def read_document(raw: bytes, file: str) -> tuple[Document | None, list[Diagnostic]]:
    """Return the document in the bytes of `file`, and what is wrong with its form."""
    text, diagnostics = decode(raw, file)
    if diagnostics:
        return None, diagnostics
    return parse(text, file)


def read_model(document: Document, model: type[M]) -> tuple[M | None, list[Diagnostic]]:
    """Return what the document says as `model`, or everything that keeps it from being one."""
    if not isinstance(document.data, dict):
        message = "This file must hold names with values."
        return None, [document.diagnose((), message, _MAPPING[1], rule="wrong-value")]
    read, errors = validate(document.data, model)
    return read, translate(errors, document, model)


def validate(data: object, model: type[M]) -> tuple[M | None, list[ErrorDetails]]:
    """Return plain data as `model`, or what keeps it from being one."""
    try:
        return model.model_validate_json(json.dumps(data)), []
    except ValidationError as error:
        return None, [one for one in error.errors(include_url=False) if not _is_echo(one)]


def _is_echo(error: ErrorDetails) -> bool:
    """A list whose entries are wrong counts as too short once more: wrong entries are not counted."""
    given = error["input"]
    too_short = error["type"] == "too_short" and isinstance(given, list | dict)
    return too_short and len(given) >= error["ctx"]["min_length"]


def translate(
    errors: list[ErrorDetails], document: Document, model: type[BaseModel]
) -> list[Diagnostic]:
    """Return the errors in our words, each where it stands; the first 200 are enough to begin."""
    diagnostics = [_translate(one, document, model) for one in errors[:MOST_ERRORS]]
    return [*diagnostics, *count_rest(document, len(errors))]


def count_rest(document: Document, number: int) -> list[Diagnostic]:
    """Return that there are more than the first 200 errors, if so."""
    rest = number - MOST_ERRORS
    message = f"There are {rest} more errors in this file."
    return [document.diagnose((), message, rule="wrong-value")] if rest > 0 else []


def _translate(error: ErrorDetails, document: Document, model: type[BaseModel]) -> Diagnostic:
    kind, loc = error["type"], error["loc"]
    if kind == "missing" and isinstance(loc[-1], int):
        needed = f"This is too short: it needs {_count(loc[-1] + 1)}."
        return document.diagnose(_walk(document.data, loc[:-1]), needed, rule="wrong-value")
    if kind == "missing":
        message, rule = f"“{loc[-1]}” is missing.", _MISSING.get(_end_of(loc), "missing-key")
        path = (*_walk(document.data, loc[:-1]), loc[-1])
        return document.diagnose(path, message, "Add it.", rule=rule)
    if kind == "extra_forbidden":
        known = _field_names(model, loc[:-1])
        hint = suggest(str(loc[-1]), known) or (f"Known here: {', '.join(known)}." if known else "")
        path = (*_walk(document.data, loc[:-1]), typing.cast("str", loc[-1]))
        message = f"There is no key “{loc[-1]}” here."
        return document.diagnose(path, message, hint, key=True, rule="unknown-key")
    path = _walk(document.data, loc)
    if kind == "union_tag_invalid":
        path = (*path, "type")
    message, hint = _describe(kind, error)
    if error["input"] is None and path:
        message, hint = f"“{path[-1]}” has no value.", "Write one, or remove the line."
    return document.diagnose(path, message, hint, rule=_rule_of(kind, loc))


def _rule_of(kind: str, loc: tuple[int | str, ...]) -> str:
    """Return the rule that a wrong value breaks; a model names its own as the error's kind."""
    if kind in _OWN_KINDS:
        return kind
    if kind in {"missing_tag", "union_tag_not_found"}:
        return "missing-key"
    return _TOO_FEW.get(_end_of(loc), "wrong-value") if kind == "too_short" else "wrong-value"


def _end_of(loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
    return loc[-2:] if len(loc) > 1 and loc[-2] in {"date", "number", "conforms_when"} else loc[-1:]


def _describe(kind: str, error: ErrorDetails) -> tuple[str, str]:
    given, context = error["input"], error.get("ctx", {})
    if kind == "literal_error":
        known = [
            word.strip("' ") for word in str(context["expected"]).replace(" or ", ",").split(",")
        ]
        return f"“{given}” is not among {list_words(known)}.", suggest(str(given), known)
    if kind == "union_tag_invalid":
        known = [word.strip("' ") for word in str(context["expected_tags"]).split(",")]
        return f"“{context['tag']}” is not among {list_words(known)}.", suggest(
            str(context["tag"]), known
        )
    if kind == "string_type" and isinstance(given, list | dict):
        return "This must be a text, not a list or names with values.", ""
    if kind in {"too_short", "too_long"}:
        return _describe_length(context), ""
    if kind == "value_error":
        sentence = str(context["error"])
        return f"{sentence[0].upper()}{sentence[1:]}.", ""
    return _SENTENCES.get(kind, (f"{error['msg']}.", ""))


def _describe_length(context: dict[str, Any]) -> str:
    if "min_length" in context:
        return f"This is too short: it needs at least {_count(context['min_length'])}."
    return f"This is too long: it takes {_count(context['max_length'])}."


def _count(number: int) -> str:
    return {1: "one entry", 2: "two entries"}.get(number, f"{number} entries")


def _walk(data: Any, loc: tuple[Any, ...]) -> Path:  # noqa: ANN401 - data of any shape
    """Return the steps of `loc` that exist in the data; pydantic puts union tags between them."""
    path: list[Any] = []
    for step in loc:
        if (isinstance(data, list) and isinstance(step, int) and step < len(data)) or (
            isinstance(data, dict) and step in data
        ):
            data = data[step]
        else:
            continue
        path.append(step)
    return tuple(path)


def _field_names(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """Return the keys that a mapping at `loc` may have."""
    models = [model]
    for step in loc:
        found = [m.model_fields[step].annotation for m in models if step in m.model_fields]
        if found:
            models = [inner for annotation in found for inner in _models_in(annotation)]
        else:
            models = [m for m in models if _tag(m) == step] or models
    names = dict.fromkeys(name for m in models for name in m.model_fields)
    return [*names, *(USE_KEYS if Requirement in models else ())]


def _tag(model: type[BaseModel]) -> str | None:
    field = model.model_fields.get("type")
    values = typing.get_args(field.annotation) if field else ()
    return values[0] if values else None


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - any annotation
    if inspect.isclass(annotation):
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    for argument in typing.get_args(annotation):
        yield from _models_in(argument)
