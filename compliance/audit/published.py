"""The published form of a result: its JSON Schema, and reading a result that anybody may have written."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from compliance.audit.result import SCHEMA, Result
from compliance.errors import InputError

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MANY = 3
_LONGEST = 60
_WRONG = {
    "missing": "it is missing",
    "unexpected_keyword_argument": "there is no such field",
    "extra_forbidden": "there is no such field",
    "string_type": "it must be a text",
    "int_type": "it must be a whole number",
    "bool_type": "it must be true or false",
    "dict_type": "it must be a mapping",
    "tuple_type": "it must be a list",
    "dataclass_type": "it must be a mapping",
    "string_pattern_mismatch": "it is not written as such a value is",
}


@cache
def adapter() -> TypeAdapter[Result]:
    """Return what validates and describes a result."""
    return TypeAdapter(Result)


def make_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a result."""
    return describe(adapter(), "Result of an audit")


def describe(described: TypeAdapter[Any], title: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a type; what its classes say of themselves is in it."""
    schema = _without_titles(described.json_schema(mode="validation"))
    return {"$schema": _DIALECT, "title": title, **schema}


def parse_result(raw: bytes) -> Result:
    """Return a result from its JSON, whoever wrote it.

    Raises:
        InputError: it breaks the schema, or names something that it does not hold; the first
            fields that are wrong are named.
    """
    try:
        result = adapter().validate_json(raw)
    except ValidationError as error:
        raise InputError(_say(error)) from None
    if broken := next(_find_broken(result), ""):
        raise InputError(f"The result is not in the form {SCHEMA}: {broken}.")
    return result


def _find_broken(result: Result) -> Iterator[str]:
    """Yield what no schema can say: names that lead nowhere."""
    sources = {one.id for one in result.sources}
    checklists = {one.id for one in result.checklists}
    for number, finding in enumerate(result.findings):
        if not sources.issuperset(finding.cite):
            yield f"“findings.{number}.cite” names a source that is not among “sources”"
        if finding.checklist not in checklists:
            yield f"“findings.{number}.checklist” is not among “checklists”"
    if len({one.place for one in result.signatories}) < len(result.signatories):
        yield "“signatories” names a place twice"


def _say(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_input=False)
    if found[0]["type"] == "json_invalid":
        return "The result is no JSON."
    said = "; ".join(_say_one(one) for one in found[:_MANY])
    more = len(found) - _MANY
    return (
        f"The result is not in the form {SCHEMA}: {said}{f'; and {more} more' if more > 0 else ''}."
    )


def _say_one(wrong: ErrorDetails) -> str:
    place = ".".join(str(step)[:_LONGEST] for step in wrong["loc"]) or "the whole"
    return f"“{place}”: {_WRONG.get(wrong['type']) or wrong['msg'].lower()}"


def _without_titles(schema: Any) -> Any:  # noqa: ANN401 - JSON of any shape
    """Take away the titles that pydantic makes of names; a property may itself be named `title`."""
    if isinstance(schema, list):
        return [_without_titles(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _without_titles(one)
        for key, one in schema.items()
        if key != "title" or not isinstance(one, str)
    }
