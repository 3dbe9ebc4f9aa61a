"""The published schemas: committed as they are made, and true of everything that we write."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.audit import plain, published, result
from compliance.audit.finding import WORST_FIRST
from compliance.audit.published import parse_result
from compliance.audit.result import Result
from compliance.conduct.schemas import MADE, find_schema
from compliance.errors import InputError
from compliance.verification.published import write_verification

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from conftest import Made

    from compliance.verification.check import Verification

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"


def complaints(kind: str, data: object) -> list[str]:
    schema = json.loads(find_schema(kind))
    return [one.message for one in jsonschema.Draft202012Validator(schema).iter_errors(data)]


@pytest.mark.parametrize("kind", MADE)
def test_the_committed_schema_is_what_the_code_says(kind: str) -> None:
    committed = (SCHEMAS / f"{kind}.schema.json").read_text("utf-8")
    assert committed == find_schema(kind), "run: make docs"
    jsonschema.Draft202012Validator.check_schema(json.loads(committed))


@pytest.mark.parametrize("kind", MADE)
def test_every_part_of_a_schema_says_what_it_is(kind: str) -> None:
    schema = json.loads(find_schema(kind))
    for one in (schema, *schema["$defs"].values()):
        assert one["description"]
        assert one["additionalProperties"] is False
        assert set(one["required"]) == set(one["properties"])


def test_every_part_of_a_result_is_read_strictly() -> None:
    parts = [one for one in vars(result).values() if is_dataclass(one)]
    assert Result in parts
    assert all(issubclass(one, plain.Plain) for one in parts if one is not plain.OneOf)


def test_the_words_of_the_schema_are_those_of_the_judge() -> None:
    _, one_of = get_args(plain.ConclusionWord)
    assert set(one_of.words) == set(WORST_FIRST)


def test_the_result_in_a_report_is_of_the_published_schema(made: Made) -> None:
    assert complaints("result", json.loads(made.files["result.json"])) == []
    assert parse_result(made.files["result.json"]).clinic == "Sunrise"


def test_what_verify_prints_is_of_the_published_schema(
    made: Made, check: Callable[..., Verification]
) -> None:
    for pdf in (made.signed, made.unsigned, made.signed + b"garbage"):
        printed = json.loads(write_verification(check(pdf), "report.pdf"))
        assert complaints("verification", printed) == []
        assert printed["schema"] == "clinic-compliance/verification/1"
        assert {one["reason"] for one in printed["checks"]} != {""}


# Reader and schema give the same verdict.

leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.just([]) | st.just({})


def places(data: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401 - plain data
    """Return the way to every node below the top."""
    steps = list(data) if isinstance(data, dict) else []
    steps = list(range(len(data))) if isinstance(data, list) else steps
    ways = [(*way, step) for step in steps]
    return ways + [more for step in steps for more in places(data[step], (*way, step))]


@pytest.fixture(scope="session")
def load(made: Made) -> Callable[[], Any]:
    """Load a result afresh. A function, since hypothesis prints what it is given."""
    return lambda: json.loads(made.files["result.json"])


@settings(max_examples=150, deadline=None)
@given(dice=st.randoms(use_true_random=True), value=leaves)
def test_a_changed_field_is_refused_by_name_exactly_when_the_schema_refuses_it(
    load: Callable[[], Any], dice: Random, value: object
) -> None:
    data = load()
    *way, last = dice.choice(places(data))
    node = data
    for step in way:
        node = node[step]
    node[last] = value
    said = refusal(data)
    leads_nowhere = "is not among" in said
    assert bool(complaints("result", data)) == (bool(said) and not leads_nowhere)
    assert not said or leads_nowhere or str(last) in said


def refusal(data: object) -> str:
    try:
        parse_result(json.dumps(data).encode())
    except InputError as error:
        return str(error)
    return ""


def test_the_schema_names_every_field_of_a_result() -> None:
    schema = json.loads(find_schema("result"))
    assert set(schema["properties"]) == {one.name for one in fields(Result)}
    assert set(schema["required"]) == set(schema["properties"])
    assert published.adapter() is published.adapter()
