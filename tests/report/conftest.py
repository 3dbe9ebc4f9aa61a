"""Results of invented audits to make reports from, and WeasyPrint's complaints made errors."""

import base64
import json
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import GenericAlias
from typing import Any, get_args, get_type_hints

import pikepdf
import pytest
import yaml
from PIL import Image

from compliance.audit.result import RequirementFinding, Result
from compliance.report.carried import (
    CHECKLISTS,
    JOURNAL_HEAD,
    LOOK,
    RESULT,
    THUMBNAILS,
    Attached,
    to_json,
)
from compliance.report.context import build_context
from compliance.report.html import render_html
from compliance.report.look import Look, look_data
from compliance.report.pdf import render_pdf

AT = datetime(2026, 11, 24, 0, 41, 30, tzinfo=UTC)


def fill(kind: Any, given: Any) -> Any:  # noqa: ANN401 - any dataclass, from any data
    """Make a value of a kind from plain data; what is left out is empty."""
    if is_dataclass(kind):
        given = given or {}
        hints = get_type_hints(kind)
        unknown = set(given) - set(hints)
        assert not unknown, f"{kind.__name__} has no {unknown}"
        return kind(**{f.name: fill(hints[f.name], given.get(f.name)) for f in fields(kind)})
    if isinstance(kind, GenericAlias) and kind.__origin__ is tuple:
        return tuple(fill(get_args(kind)[0], item) for item in given or ())
    return kind() if given is None else given


@pytest.fixture(scope="session")
def sunrise() -> Result:
    """An audit with every kind of thing in it."""
    text = Path(__file__).with_name("sunrise.yaml").read_text(encoding="utf-8")
    return fill(Result, yaml.safe_load(text))


@pytest.fixture(scope="session")
def nothing(sunrise: Result) -> Result:
    """An audit in which nothing was in scope."""
    empty = fill(
        Result,
        {
            "conclusion": {
                "headline": "Nothing was audited",
                "lines": ["Nothing was audited."],
            }
        },
    )
    kept = ("schema", "tool", "clinic", "as_of", "time_zone", "begun_at", "auditor", "scope")
    return replace(empty, **{name: getattr(sunrise, name) for name in kept}, finished=True)


@pytest.fixture(scope="session")
def unfinished(sunrise: Result) -> Result:
    """The same audit before it was concluded."""
    return replace(sunrise, finished=False, concluded_at="")


@pytest.fixture(scope="session")
def large(sunrise: Result) -> Result:
    """An audit of 300 requirements: the invented ones again and again, one in twelve with a gap."""
    gaps = [finding for finding in sunrise.findings if finding.gap_grade]
    rest = [finding for finding in sunrise.findings if not finding.gap_grade]
    many = tuple(
        _again((rest if index % 12 else gaps)[index // 12 % len(gaps)], index)
        for index in range(300)
    )
    unasked = tuple(
        replace(item, requirement=f"{item.requirement}-{index}")
        for index in range(20)
        for item in sunrise.not_asked
    )
    return replace(sunrise, findings=many, not_asked=unasked)


def _again(finding: RequirementFinding, index: int) -> RequirementFinding:
    things = tuple(replace(thing, key=f"{thing.key}-{index}") for thing in finding.things)
    return replace(finding, requirement=f"{finding.requirement}-{index}", things=things)


def attached(name: str = "result.json", data: bytes = b'{"a": 1}\n') -> Attached:
    """Return a small file to attach."""
    return Attached(name, data, "application/json", "The result as data", "Data", AT)


@pytest.fixture(scope="session")
def make_report() -> Callable[..., bytes]:
    """Make the PDF of a result as plain data, with a look and thumbnails if wished."""
    return _make_report


def _make_report(data: Mapping[str, Any], *look: Any) -> bytes:  # noqa: ANN401 - passed on
    html = render_html(build_context(data, *look))
    return render_pdf(
        html,
        attachments=[attached()],
        title="Sunrise Ketamine Clinic: self-audit report",
        created=AT,
        identifier=b"3c9909af",
    )


@pytest.fixture(scope="session")
def sunrise_pdf(sunrise: Result) -> bytes:
    """The report of the audit with everything in it."""
    return _make_report(sunrise.as_data())


@pytest.fixture(scope="session")
def strings_of() -> Callable[[bytes], Iterator[str]]:
    """Yield every string and every stream of a PDF: metadata, bookmarks, attachments, tags."""
    return _strings_of


def _strings_of(pdf: bytes) -> Iterator[str]:
    with pikepdf.open(BytesIO(pdf)) as opened:
        for item in opened.objects:
            yield from _strings(item)


def _strings(item: object) -> Iterator[str]:
    if isinstance(item, pikepdf.String):
        yield str(item)
    if isinstance(item, pikepdf.Stream):
        raw = item.read_bytes()
        yield from (raw.decode(code, "ignore") for code in ("utf-8", "utf-16-be", "latin-1"))
    parts: list[object] = []
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        parts = [item[key] for key in item.keys()]  # noqa: SIM118 - pikepdf's are no mappings
    if isinstance(item, pikepdf.Array):
        parts = list(item)
    for part in parts:
        if isinstance(part, pikepdf.Object) and not part.is_indirect:
            yield from _strings(part)


@pytest.fixture(scope="session")
def carried(sunrise: Result) -> dict[str, bytes]:
    """The files that the report with everything in it carries; a small red picture among them."""
    data = json.loads(json.dumps(sunrise.as_data()))
    held = {one["sha256"] for f in data["findings"] for t in f["things"] for one in t["evidence"]}
    red = BytesIO()
    Image.new("RGB", (60, 40), "red").save(red, "JPEG")
    small = base64.b64encode(red.getvalue()).decode()
    return {
        RESULT: to_json(data),
        CHECKLISTS: to_json([]),
        JOURNAL_HEAD: to_json(data["journal"]),
        LOOK: to_json(look_data(Look())),
        THUMBNAILS: to_json({max(held): small}),
    }


@pytest.fixture(autouse=True)
def _no_complaints(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Let no warning of WeasyPrint's pass unseen."""
    yield
    said = [
        record.getMessage()
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.name.startswith("weasyprint") and record.levelno >= logging.WARNING
    ]
    assert not said
