"""Files in a report that hold any JSON at all: always a verdict, never a traceback."""

from __future__ import annotations

import contextlib
import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.errors import InputError
from compliance.report.html import render_html
from compliance.report.making import carried_look, make_context
from compliance.report.received import receive
from compliance.verification.check import Check, harmless
from compliance.verification.verifying import check_data

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

    from conftest import Made

RESULT, CHECKLISTS, HEAD = "result.json", "checklists.json", "journal-head.json"

leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(alphabet=st.characters(), max_size=8)
    | st.sampled_from(["\ud800", "../../etc/passwd", "", "law", "rooms/locked", "0" * 64])
)
anything = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401 - plain data
    """Return the way to every node below the top."""
    steps = list(data) if isinstance(data, dict) else []
    steps = list(range(len(data))) if isinstance(data, list) else steps
    ways = [(*path, step) for step in steps]
    return ways + [way for step in steps for way in places(data[step], (*path, step))]


def harm(dice: Random, data: Any, value: Any) -> None:  # noqa: ANN401 - plain data
    """Replace or take away one node anywhere."""
    *way, last = dice.choice(places(data))
    for step in way:
        data = data[step]
    if dice.random() < 0.3:
        del data[last]
    else:
        data[last] = value


@pytest.fixture(scope="session")
def load(made: Made) -> Callable[[str], Any]:
    """Load the data of one file afresh. A function, since hypothesis prints what it is given."""
    return lambda name: json.loads(made.files[name])


@pytest.fixture(scope="session")
def files(made: Made) -> Callable[[], Mapping[str, bytes]]:
    return lambda: made.files


@pytest.fixture(scope="session")
def judge(made: Made) -> Callable[..., list[Check]]:
    """Check the files with some replaced, the audit's folder beside them."""

    def judged(changed: Mapping[str, Any]) -> list[Check]:
        raw = {name: json.dumps(data).encode() for name, data in changed.items()}
        return check_data({**made.files, **raw}, made.folder)

    return judged


@settings(max_examples=100)
@given(dice=st.randoms(use_true_random=True), value=anything)
def test_a_result_harmed_anywhere_gets_a_verdict_and_no_traceback(
    load: Callable[[str], Any], judge: Callable[..., list[Check]], dice: Random, value: object
) -> None:
    name = dice.choice([RESULT, RESULT, CHECKLISTS, HEAD])
    data = load(name)
    for _ in range(dice.randint(1, 3)):
        if places(data):
            harm(dice, data, copy.deepcopy(value))
    assert all(harmless(one).sentence.isprintable() for one in judge({name: data}))


@given(one=anything, two=anything, three=anything)
def test_json_of_any_shape_gets_a_verdict_and_no_traceback(
    judge: Callable[..., list[Check]], one: object, two: object, three: object
) -> None:
    if isinstance(one, dict):
        one["schema"] = "clinic-compliance/result/1"
    checks = judge({RESULT: one, CHECKLISTS: two, HEAD: three})
    assert "fails" in {check.verdict for check in checks}


@settings(max_examples=100)
@given(
    dice=st.randoms(use_true_random=True),
    value=anything | st.sampled_from(["2026-11-23", "law", "yes", "partly", "minor", 0, 7, True]),
)
def test_a_result_of_the_published_form_never_breaks_the_pages(
    load: Callable[[str], Any],
    files: Callable[[], Mapping[str, bytes]],
    dice: Random,
    value: object,
) -> None:
    data = load(RESULT)
    for _ in range(dice.randint(1, 3)):
        harm(dice, data, copy.deepcopy(value))
    changed = {**files(), RESULT: json.dumps(data).encode()}
    with contextlib.suppress(InputError):
        received = receive(changed)
        assert render_html(make_context(received, carried_look(received))).startswith("<!DOCTYPE")
