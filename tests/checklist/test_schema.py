"""The committed schemas are current, explain every key, and say no more than editors read."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import BaseModel

from compliance.checklist.fact import Fact, Group
from compliance.checklist.frozen import read_iso_date
from compliance.checklist.model import USE_KEYS, Checklist, Pack, Requirement, Section
from compliance.checklist.schema import KINDS, Kind, make_schema, write_schema
from compliance.checklist.schema_texts import CONDITIONS, KEYS, LIKENESS, WORDS
from compliance.checklist.schema_types import DAY
from compliance.checklist.source import Source

ROOT = Path(__file__).parents[2]
CHECKLISTS = ROOT / "checklists"
PAGE = (ROOT / "docs" / "writing-a-checklist.md").read_text(encoding="utf-8")
NAMED = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")

DRAFT_7 = {
    *("$schema", "$ref", "title", "description", "default", "type", "enum", "const"),
    *("properties", "patternProperties", "additionalProperties", "propertyNames", "required"),
    *("minProperties", "items", "minItems", "maxItems", "uniqueItems", "contains", "pattern"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    *("allOf", "anyOf", "oneOf", "not", "if", "then", "else"),
}
FOR_EDITORS = {
    *("markdownDescription", "markdownEnumDescriptions", "errorMessage", "patternErrorMessage"),
}
TABLES = (Checklist, Section, Requirement, Fact, Group, Source, Pack)
NAMES_OF_PARTS = {"properties", "patternProperties", "$defs"}


def subschemas(schema: object) -> Iterator[dict[str, Any]]:
    """Yield a schema and every one in it; not the mappings from names to schemas."""
    if isinstance(schema, list):
        for one in schema:
            yield from subschemas(one)
    if not isinstance(schema, dict):
        return
    yield schema
    for key, value in schema.items():
        if key in NAMES_OF_PARTS:
            yield from subschemas(list(value.values()))
        elif key not in {"const", "default", "enum", "markdownEnumDescriptions"}:
            yield from subschemas(value)


@pytest.mark.parametrize("kind", KINDS)
def test_the_committed_schema_is_what_the_models_say(kind: Kind) -> None:
    committed = (CHECKLISTS / f"{kind}.schema.json").read_bytes()
    assert committed == write_schema(kind).encode(), (
        f"run: compliance schema {kind} --output checklists/{kind}.schema.json"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_is_one_of_draft_2020_12(kind: Kind) -> None:
    schema = make_schema(kind)
    assert schema["$schema"] == jsonschema.Draft202012Validator.META_SCHEMA["$id"]
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_uses_no_keyword_that_an_older_editor_would_pass_over(kind: Kind) -> None:
    schema = make_schema(kind)
    used = {key for one in subschemas(schema) for key in one}
    assert used - DRAFT_7 - FOR_EDITORS <= {"$defs"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_reference_leads_to_a_definition_and_every_definition_is_used(kind: Kind) -> None:
    schema = make_schema(kind)
    named = {one["$ref"] for one in subschemas(schema) if "$ref" in one}
    assert named == {f"#/$defs/{name}" for name in schema.get("$defs", {})}


@pytest.mark.parametrize("kind", KINDS)
def test_every_pattern_is_read_alike_by_python_and_by_editors(kind: Kind) -> None:
    for one in subschemas(make_schema(kind)):
        patterns = [one.get("pattern", ""), *one.get("patternProperties", ())]
        for pattern in patterns:
            assert not re.search(r"\\[AZdwbDWB]|\(\?P|\(\?[aiLmsux]", pattern)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_explained_on_hover(kind: Kind) -> None:
    for one in subschemas(make_schema(kind)):
        if one.get("additionalProperties") is False:
            for name, part in one.get("properties", {}).items():
                assert part["description"].endswith("."), name
                assert "`" not in part["description"]
                assert part["markdownDescription"], name


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_of_words_and_what_they_say_are_of_one_length(kind: Kind) -> None:
    for one in subschemas(make_schema(kind)):
        said = one.get("markdownEnumDescriptions")
        assert said is None or len(said) == len(one["enum"])


def test_what_the_texts_explain_are_the_keys_of_the_models() -> None:
    for model, texts in KEYS.items():
        assert set(texts) == set(model.model_fields), model
    words = {
        word
        for kind in KINDS
        for one in subschemas(make_schema(kind))
        for word in one.get("properties", ())
    }
    assert set(CONDITIONS) <= words


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_the_page_says_of_every_key_what_an_editor_shows(model: type[BaseModel]) -> None:
    for key, text in KEYS[model].items():
        assert f"\n| `{key}` | {text} |" in PAGE


def test_the_page_says_of_forms_what_an_editor_shows() -> None:
    assert set(LIKENESS) == set(USE_KEYS)
    for key, text in LIKENESS.items():
        assert f"\n| `{key}` | {text} |" in PAGE


def test_a_requirement_says_itself_what_no_form_says_for_it() -> None:
    check = jsonschema.Draft202012Validator(make_schema("checklist")).iter_errors
    requirement = {"id": "a", "cite": ["b"], "ask": "So?", "force": "law"}

    def complain(more: dict[str, str]) -> list[str]:
        sections = [{"title": "x", "requirements": [requirement | more]}]
        head = {"id": "c", "title": "x", "about": "x", "edition": "2026-01-01"}
        return [e.message for e in check({**head, "jurisdiction": "US", "sections": sections})]

    assert complain({}) == ["'grade' is a required property"]
    assert complain({"like": "some-form"}) == complain({"grade": "minor"}) == []
    assert complain({"grade": "minor", "reads": "So?"}) == ["'like' is a required property"]


def test_the_page_says_of_every_word_what_an_editor_shows() -> None:
    for (_, key), words in WORDS.items():
        for word, text in words.items():
            assert f"\n| `{word}` | `{key}` | {text} |" in PAGE


def test_every_day_that_the_reader_takes_matches_and_no_other() -> None:
    days = {str(date(1890, 1, 1) + timedelta(days=n)) for n in range(130_000)}
    days |= {f"{year}-{month:02}-{day:02}" for year in (1900, 2000, 2023, 2024, 2100)
             for month in range(14) for day in range(33)}  # fmt: skip
    whole = re.compile(DAY)
    for day in days:
        try:
            taken = bool(read_iso_date(day))
        except ValueError:
            taken = False
        assert bool(whole.fullmatch(day)) == taken, day


def test_the_comment_at_the_top_of_a_checklist_leads_to_the_schema() -> None:
    named = {
        path: NAMED.match(path.read_text(encoding="utf-8")) for path in CHECKLISTS.glob("*/*.yaml")
    }
    others = (CHECKLISTS / "sources").glob("*"), CHECKLISTS.glob("*/*.test.yaml")
    checklists = named.keys() - {path for several in others for path in several}
    assert checklists
    for path in checklists:
        comment = named[path]
        assert comment, path
        assert (path.parent / comment[1]).resolve() == CHECKLISTS / "checklist.schema.json"
