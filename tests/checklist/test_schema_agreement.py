"""Schema and reader accept and refuse the same documents, wherever a schema can say it.

What it cannot say stands in `schema_differences.yaml`, each with its reason.
"""

import json
import re
from collections.abc import Collection, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.checklist.library import read_library
from compliance.checklist.pack_files import PackFiles
from compliance.checklist.schema import KINDS, Kind, make_schema
from compliance.text.yaml_text import parse

DIFFERENCES = yaml.safe_load(
    Path(__file__).with_name("schema_differences.yaml").read_text(encoding="utf-8")
)
UNSAYABLE = re.compile(
    "|".join(f"({one['says']})" for one in DIFFERENCES if "says" in one), re.DOTALL
)
FORMS = Path(__file__).with_name("forms")
Steps = tuple[str | int, ...]
GONE = object()


class EditorLoader(yaml.CSafeLoader):
    """YAML 1.2 core as an editor reads it: `yes` is a text, `0x1F` a number, aliases resolved."""


EditorLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    EditorLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first)
    )


def _match_as_ecma(
    _: object, pattern: str, instance: object, __: object
) -> Iterator[jsonschema.ValidationError]:
    """In ECMA-262 `$` is the end; in Python it stands before a last line feed, too."""
    if isinstance(instance, str) and not re.search(pattern.replace("$", r"\Z"), instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


Validator = jsonschema.validators.extend(
    jsonschema.Draft202012Validator, {"pattern": _match_as_ecma}
)


@cache
def validator(kind: Kind) -> Any:  # noqa: ANN401 - the library does not export its type
    return Validator(make_schema(kind))


def kind_of(file: str) -> Kind:
    if file.startswith("sources/"):
        return "sources"
    tops: dict[str, Kind] = {"facts.yaml": "facts", "forms.yaml": "forms", "pack.yaml": "pack"}
    return tops.get(file, "checklist")


@pytest.fixture(scope="session")
def forms_pack(small_pack: PackFiles) -> PackFiles:
    """The small pack with forms, and with one checklist that is made of them."""
    files = {file: raw for file, raw in small_pack.files.items() if kind_of(file) != "checklist"}
    files |= {file: (FORMS / file).read_bytes() for file in ("forms.yaml", "uses.yaml")}
    pack = load(small_pack, "pack.yaml") | {"order": ["uses"]}
    return PackFiles("", {**files, "pack.yaml": json.dumps(pack).encode()})


def read(pack: PackFiles, file: str, text: str) -> list[str]:
    """Return what the reader says of a pack with another text in one of its files."""
    _, diagnostics = read_library([PackFiles("", {**pack.files, file: text.encode()})])
    return [one.message for one in diagnostics]


def complain(file: str, data: object) -> list[str]:
    """Return what the schema says of a document."""
    return [error.message for error in validator(kind_of(file)).iter_errors(data)]


def check_agreement(pack: PackFiles, file: str, data: object) -> None:
    said, complaints = read(pack, file, json.dumps(data, ensure_ascii=False)), complain(file, data)
    if complaints:
        assert said != [], f"only the schema complains: {complaints}"
    else:
        sayable = [one for one in said if not UNSAYABLE.fullmatch(one)]
        assert sayable == [], "only the reader complains"


@pytest.mark.parametrize("case", DIFFERENCES, ids=lambda case: case["what"])
def test_what_a_schema_cannot_say_is_said_by_the_reader_alone(
    case: dict[str, str], small_pack: PackFiles, forms_pack: PackFiles
) -> None:
    pack = small_pack if case["file"] in small_pack.files else forms_pack
    whole = pack.files[case["file"]].decode()
    assert case["replace"] in whole
    text = whole.replace(case["replace"], case["by"], 1)
    said = read(pack, case["file"], text)
    seen = yaml.load(text, Loader=EditorLoader)  # noqa: S506 - a SafeLoader
    complaints = complain(case["file"], seen)
    assert case["because"]
    if case.get("content") == "reader":
        assert (said, complaints == []) == ([], False)
    else:
        assert complaints == []
        assert said != []
        assert [one for one in said if not re.fullmatch(case["says"], one, re.DOTALL)] == []


def test_an_editor_sees_in_every_shipped_file_what_the_reader_sees(real_pack: PackFiles) -> None:
    for file, raw in real_pack.files.items():
        document, _ = parse(raw.decode(), file)
        assert document
        assert yaml.load(raw, Loader=EditorLoader) == document.data  # noqa: S506 - a SafeLoader


def test_the_schemas_accept_every_shipped_file(real_pack: PackFiles) -> None:
    for file, raw in real_pack.files.items():
        assert complain(file, yaml.load(raw, Loader=EditorLoader)) == []  # noqa: S506 - a SafeLoader


# What is put in the place of each part of a document, one at a time.
PLAIN: tuple[object, ...] = (None, "", " ", "x", "x\n", "unknown", "yes", 0, 1, -1, 1.5, 61)
WORDS = ("2026-02-30", "today", "90 days", "0 days", "12", "US-XX", "this.x", "any_of")
LISTS: tuple[object, ...] = ([], ["x"], [None], [[]], ["x", "x"], ["unknown"])
MAPPINGS: tuple[object, ...] = (
    {},
    {"x": "y"},
    {"x": 1},
    {"includes": "iv"},
    {"includes": []},
    {"at_least": 1},
    {"at_least": " 1 ", "at_most": "x"},
    {"at_least": 1, "before": "today"},
    {"type": "date"},
    {"type": "text", "pattern": "npi"},
    {"answers": {"a/b": "no"}},
    {"answers": {"ab": "no"}},
    {"any_of": []},
    {"any_of": [{"routes": "iv"}, {}]},
    {"count": {"of": "staff", "at_least": 1}},
    {"count": {"of": "staff"}},
    {"count": {"of": "staff", "where": {"this.role": "x"}, "at_least": 1}},
    {"this.kind": "safe"},
    {"any_of": [{"this.kind": "safe"}]},
)
NAMED = {"answers", "applies_when", "choices", "unless", "where"}
GRAMMAR = {"any_of", "answers", "count"}
WITH = {"with": {"what": "it"}, "like": "kept", "reads": "Is it so?"}
ADDED = {
    **WITH,
    "zzz": "x",
    "partly_if": "x",
    "for_each": "site",
    "where": {"this.x": "y"},
    "of": "site",
}


def mutate(data: object, seen: set[object]) -> Iterator[object]:
    """Yield the document with one part replaced, left out or added; each kind of part once."""
    for path, part in list(walk(data)):
        shape = shape_of(path)
        for number, value in enumerate((GONE, *PLAIN, *WORDS, *LISTS, *MAPPINGS)):
            if path and (shape, number) not in seen:
                seen.add((shape, number))
                yield put(data, path, value)
        if isinstance(part, dict) and (shape, "added") not in seen:
            seen.add((shape, "added"))
            yield from (put(data, (*path, key), value) for key, value in ADDED.items())


def shape_of(path: Steps) -> Steps:
    """Return the path without what differs between parts of one kind: places and names."""
    return tuple(
        "#" if isinstance(step, int) or (before in NAMED and step not in GRAMMAR) else step
        for before, step in zip(("", *path), path, strict=False)
    )


def walk(data: object, path: Steps = ()) -> Iterator[tuple[Steps, object]]:
    yield path, data
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()  # fmt: skip
    for step, part in parts:
        yield from walk(part, (*path, step))


def put(data: object, path: Steps, value: object) -> object:
    """Return the data with another value at a path; the rest is shared, not copied."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    copy: Any = dict(data) if isinstance(data, dict) else list(data)  # type: ignore[call-overload]
    if not rest and value is GONE:
        del copy[step]
    else:
        copy[step] = put(copy[step] if rest else None, rest, value)
    return copy


def around(pack: PackFiles, file: str) -> PackFiles:
    """Return the pack with one checklist and what that one cites, so that it reads quickly."""
    checklists = [one for one in pack.files if kind_of(one) == "checklist"]
    kept = file if file in checklists else checklists[0]
    files = {one: raw for one, raw in pack.files.items() if one not in checklists}
    files[kept] = pack.files[kept]
    order = {"order": [Path(kept).stem]}
    files["pack.yaml"] = json.dumps(load(pack, "pack.yaml") | order).encode()
    for one in pack.files:
        if kind_of(one) == "sources" and one != file:
            cited = [source for source in load(pack, one) if source["id"].encode() in files[kept]]
            files[one] = json.dumps(cited).encode()
    small = PackFiles("", files)
    return pack if read(small, kept, files[kept].decode()) else small


def load(pack: PackFiles, file: str) -> Any:  # noqa: ANN401 - data
    return load_text(pack.files[file].decode())


@cache
def load_text(text: str) -> Any:  # noqa: ANN401 - data
    document, _ = parse(text, "")
    assert document
    return document.data


@pytest.fixture(scope="module")
def shipped_part(real_pack: PackFiles) -> PackFiles:
    """Three shipped checklists, one that fills forms, with what they need: all would take hours."""
    kept = ("federal/laboratory.yaml", "local/county-city.yaml", "states/wy.yaml")
    text = b"".join(real_pack.files[name] for name in kept)
    files = {name: real_pack.files[name] for name in (*kept, "facts.yaml", "forms.yaml")}
    for name in real_pack.files:
        if kind_of(name) == "sources":
            cited = [one for one in load(real_pack, name) if one["id"].encode() in text]
            files |= {name: json.dumps(cited).encode()} if cited else {}
    order = {"order": ["laboratory", "county-city"]}
    files["pack.yaml"] = json.dumps(load(real_pack, "pack.yaml") | order).encode()
    return PackFiles("", files)


@pytest.mark.parametrize("pack", ["small_pack", "forms_pack", "shipped_part"])
@pytest.mark.slow
def test_some_mutations_are_judged_alike(pack: str, request: pytest.FixtureRequest) -> None:
    """A few hundred of each pack; all of them take minutes."""
    every = {"small_pack": 7, "forms_pack": 7, "shipped_part": 31}[pack]
    mutations = each_mutation(request.getfixturevalue(pack), KINDS)
    for rest, file, data in islice(mutations, 0, None, every):
        check_agreement(rest, file, data)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("pack", ["small_pack", "forms_pack", "shipped_part"])
def test_each_mutation_is_judged_alike(
    pack: str, kind: Kind, request: pytest.FixtureRequest
) -> None:
    for rest, file, data in each_mutation(request.getfixturevalue(pack), [kind]):
        check_agreement(rest, file, data)


def each_mutation(
    pack: PackFiles, kinds: Collection[Kind]
) -> Iterator[tuple[PackFiles, str, object]]:
    """Yield each mutation of each file, with as much of the pack as it needs."""
    seen: dict[Kind, set[object]] = {}
    for file in pack.files:
        if kind_of(file) not in kinds:
            continue
        rest = around(pack, file)
        for data in mutate(load(rest, file), seen.setdefault(kind_of(file), set())):
            yield rest, file, data


TEXTS = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"
    ),
    max_size=12,
)
NUMBERS = st.integers(-99, 10**6) | st.decimals(-999, 999, places=2).map(float)
NAMES = st.sampled_from(
    [
        "routes",
        "setting",
        "telehealth",
        "patients",
        "opened",
        "motto",
        "this.role",
        "this.site.state",
    ]
)
KEYS = st.sampled_from(
    [
        *("any_of", "answers", "count", "of", "where", "at_least", "at_most", "before", "after"),
        *("includes", "type", "conforms_when", "not_before", "within_last", "choices", "one_of"),
        *("unit", "pattern", "id", "ask", "force", "grade", "cite", "title", "requirements"),
        *("desk/key-list", "x"),
    ]
)
LEAVES = (
    st.sampled_from([*PLAIN, *WORDS, "iv", "number", "choice", "site", "some-rule"])
    | TEXTS
    | NUMBERS
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | KEYS, inner, max_size=3),
    max_leaves=8,
)
VALUES = st.sampled_from(
    ["iv", "im", "office", "yes", "no", "unknown", 30, "30", 1.5, "2026-01-01"]
)
OPERATORS = st.dictionaries(
    st.sampled_from(["includes", "at_least", "at_most", "before", "after"]),
    VALUES | st.just("today") | st.lists(VALUES, max_size=2),
    max_size=2,
)
COMPARED = VALUES | st.lists(VALUES, max_size=2) | OPERATORS
ANSWERS = st.dictionaries(st.sampled_from(["desk/last-count", "desk/key-keeper", "desk"]), COMPARED)
COUNTS = st.fixed_dictionaries(
    {},
    optional={
        "of": st.sampled_from(["staff", "site", "nobody", "Staff"]),
        "where": st.dictionaries(st.sampled_from(["role", "this.role", "cases"]), COMPARED),
        "at_least": st.integers(-1, 3),
        "at_most": st.integers(0, 3) | st.just("1"),
    },
)
PARTS = st.tuples(NAMES, COMPARED) | st.tuples(st.just("answers"), ANSWERS)
PARTS |= st.tuples(st.just("count"), COUNTS)
CONDITIONS = st.recursive(
    st.lists(PARTS, max_size=2).map(dict),
    lambda inner: st.fixed_dictionaries({"any_of": st.lists(inner, max_size=3)}),
    max_leaves=4,
)
DAYS = st.sampled_from(["today", "2026-01-01", "2024-02-29", "2026-02-29", "soon", 2026])
PERIODS = st.sampled_from(["90 days", "1 year", "0 days", "2 fortnights", "00090 days", 3])
RULES = st.fixed_dictionaries(
    {},
    optional={
        "not_before": DAYS,
        "not_after": DAYS,
        "within_last": PERIODS,
        "at_least": NUMBERS,
        "at_most": NUMBERS | st.just("9"),
        "one_of": st.lists(st.sampled_from(["a", "b", 1]), max_size=2),
    },
)
RULED = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["yes_no", "date", "number", "choice", "text", "dates"]),
        "conforms_when": RULES,
        "warn_within": PERIODS,
        "unit": st.sampled_from(["minutes", "", 1]),
        "choices": st.dictionaries(
            st.sampled_from(["a", "b", "yes", "unknown"]), TEXTS, max_size=3
        ),
        "pattern": st.sampled_from(["npi", "dea-number", "vin"]),
    },
)


@settings(max_examples=300)
@given(data=st.data())
@pytest.mark.slow
def test_conditions_at_every_place_are_judged_alike(
    data: st.DataObject, small_pack: PackFiles
) -> None:
    file = data.draw(st.sampled_from(["desk.yaml", "rooms.yaml"]))
    whole = load(small_pack, file)
    places = [
        path
        for path, part in walk(whole)
        if isinstance(part, dict) and ("id" in part or "title" in part)
    ]
    path = data.draw(st.sampled_from(places))
    key = data.draw(st.sampled_from(["applies_when", "unless"]))
    check_agreement(small_pack, file, put(whole, (*path, key), data.draw(CONDITIONS)))


@settings(max_examples=300)
@given(answer=RULED, partly=st.booleans())
def test_answers_of_every_type_are_judged_alike(
    answer: dict[str, object], partly: bool, small_pack: PackFiles
) -> None:
    path: Steps = ("sections", 0, "requirements", 0)
    whole = put(load(small_pack, "desk.yaml"), (*path, "answer"), answer)
    if partly:
        whole = put(whole, (*path, "partly_if"), "It hangs askew.")
    check_agreement(small_pack, "desk.yaml", whole)


@pytest.mark.parametrize("file", ["desk.yaml", "facts.yaml", "sources/all.yaml", "pack.yaml"])
@settings(max_examples=150)
@given(data=st.data())
def test_anything_at_any_place_is_judged_alike(
    file: str, data: st.DataObject, small_pack: PackFiles
) -> None:
    whole = load(small_pack, file)
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from([path for path, _ in walk(whole) if path]))
        whole = put(whole, path, data.draw(ANYTHING | st.just(GONE)))
    check_agreement(small_pack, file, whole)
