"""Who signs, in which order: from the command line and the journal to the frames on the cover."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from compliance.audit.signatory import MEANINGS, USUAL, find_trouble, list_signatories
from compliance.checklist.fact import FactSheet
from compliance.cli.app import main
from compliance.conduct import opening, rendering
from compliance.report.context import build_context
from compliance.report.html import render_html
from compliance.walk.event import Event
from compliance.walk.state import AuditState

if TYPE_CHECKING:
    from collections.abc import Callable

    from compliance.audit.result import Result

PACK = Path(__file__).with_name("pack")
ORDERS = [
    ("auditor",),
    ("auditor", "owner"),
    ("auditor", "reviewer"),
    ("auditor", "reviewer", "owner"),
    ("auditor", "owner", "reviewer"),
]
WRONG = {
    "auditor,notary": "“notary” is no place for a signature; there are auditor, reviewer, owner.",
    "Auditor": "“Auditor” is no place for a signature; there are auditor, reviewer, owner.",
    "owner": "The auditor signs first.",
    "owner,auditor": "The auditor signs first.",
    "auditor,owner,owner": "A place for a signature is named twice.",
    "auditor,auditor": "A place for a signature is named twice.",
    "auditor,sig_owner": "“sig_owner” is no place for a signature; there are auditor, reviewer, owner.",
}
WHO = ("--auditor", "Dana Reyes", "--role", "Manager", "--as-of", "2026-11-20")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Run `compliance audit` in an empty folder; return how it ended and what it said of trouble.

    With a small pack in the place of the shipped one, which takes seconds to read.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(opening, "bundled_folder", lambda _: PACK)
    monkeypatch.setattr(rendering, "render_report", lambda *_: b"%PDF-1.7 laid out by nobody")

    def ran(*arguments: str) -> tuple[int, str]:
        err = io.StringIO()
        with monkeypatch.context() as patched:
            patched.setattr(sys, "argv", ["compliance", "audit", "clinic", *WHO, *arguments])
            patched.setattr(sys, "stdin", io.StringIO())
            patched.setattr(sys, "stdout", io.StringIO())
            patched.setattr(sys, "stderr", err)
            with pytest.raises(SystemExit) as left:
                main()
        return int(left.value.code or 0), err.getvalue()

    return ran


@pytest.mark.parametrize("places", ORDERS, ids=",".join)
def test_these_may_sign_in_this_order(places: tuple[str, ...]) -> None:
    assert find_trouble(places) == ""
    found = list_signatories(places, "Dana Reyes", "manager", "Sunrise")
    assert tuple(one.place for one in found) == places
    assert [one.meaning for one in found] == [MEANINGS[place] for place in places]


def test_only_of_the_auditor_is_the_name_known_before_anybody_signs() -> None:
    found = list_signatories(("auditor", "reviewer", "owner"), "Dana Reyes", "", "Sunrise")
    assert [(one.name, one.role, one.meaning) for one in found] == [
        ("Dana Reyes", "auditor", "prepared"),
        ("", "reviewer", "reviewed"),
        ("", "owner, Sunrise", "approved"),
    ]


@pytest.mark.parametrize(("places", "sentence"), WRONG.items(), ids=WRONG)
def test_wrong_ones_are_refused_in_one_sentence_and_nothing_begins(
    run: Callable[..., tuple[int, str]], tmp_path: Path, places: str, sentence: str
) -> None:
    code, said = run("--signatories", places)
    assert (code, said) == (2, f"--signatories {places}: {sentence}\n")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("given", "places"),
    [
        ((), ["auditor", "owner"]),
        (("--signatories", "auditor"), ["auditor"]),
        (("--signatories", " auditor, owner ,reviewer"), ["auditor", "owner", "reviewer"]),
    ],
    ids=["left out", "one", "three, with blanks"],
)
def test_what_the_command_line_says_is_in_the_journal_s_first_line(
    run: Callable[..., tuple[int, str]], tmp_path: Path, given: tuple[str, ...], places: list[str]
) -> None:
    code, said = run(*given)
    assert (code, said) == (0, "")
    journal = tmp_path / "clinic" / "audits" / "2026-11-20" / "journal.jsonl"
    first = json.loads(journal.read_bytes().splitlines()[0])
    assert first["data"]["signatories"] == places


def test_an_audit_under_way_keeps_its_signatories(run: Callable[..., tuple[int, str]]) -> None:
    assert run("--signatories", "auditor,reviewer,owner")[0] == 0
    code, said = run("--signatories", "auditor,owner")
    assert code == 2
    assert said.startswith("--signatories auditor,owner conflicts with the audit that is under way")
    assert "(auditor,reviewer,owner)" in said


@pytest.mark.parametrize(
    ("more", "places"),
    [({}, USUAL), ({"signatories": ["auditor", "reviewer"]}, ("auditor", "reviewer"))],
    ids=["an older journal", "a newer one"],
)
def test_a_journal_that_names_nobody_is_signed_by_auditor_and_owner(
    more: dict[str, Any], places: tuple[str, ...]
) -> None:
    data = {"as_of": "2026-11-23", "time_zone": "UTC", "order": "law", "tool": "", "only": []}
    state = AuditState(FactSheet(clinic=()))
    state.take(Event("begun", {**data, "depth": "core", "packs": [], **more}, {"auditor": "Dana"}))
    assert state.signatories == places


def with_places(result: Result, places: tuple[str, ...]) -> Result:
    return replace(result, signatories=list_signatories(places, "Dana Reyes", "manager", "Sunrise"))


@pytest.mark.parametrize("places", ORDERS, ids=",".join)
def test_the_frames_stand_in_the_order_of_signing(
    nothing: Result, make_report: Callable[..., bytes], places: tuple[str, ...]
) -> None:
    finished = replace(nothing, concluded_at="2026-11-23T17:41:00-07:00")
    with pikepdf.open(BytesIO(make_report(with_places(finished, places).as_data()))) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        assert [str(field.T) for field in fields] == [f"sig_{place}" for place in places]
        assert [str(field.TU).split(",")[0] for field in fields] == [
            f"Signature of the {place}" for place in places
        ]
        assert {field.P.objgen for field in fields} == {pdf.pages[0].obj.objgen}
        boxes = [[round(float(side)) for side in field.Rect] for field in fields]
    read = sorted(boxes, key=lambda box: (-box[3], box[0]))
    assert read == boxes
    assert len({tuple(box) for box in boxes}) == len(places)
    assert all(box[0] > 50 and box[2] < 562 and box[1] > 50 for box in boxes)


def test_each_frame_says_whose_it_is_and_what_signing_there_means(sunrise: Result) -> None:
    made = build_context(with_places(sunrise, ("auditor", "reviewer", "owner")).as_data())
    assert [(one.label, one.who) for one in made.cover.signatories] == [
        ("Auditor: prepared", "Dana Reyes, manager"),
        ("Reviewer: reviewed", "reviewer"),
        ("Owner: approved", "owner, Sunrise"),
    ]


def test_an_unfinished_audit_has_no_frames_and_no_attestation(
    unfinished: Result, make_report: Callable[..., bytes]
) -> None:
    assert unfinished.signatories
    html = render_html(build_context(unfinished.as_data()))
    assert "<form" not in html
    assert "Who signs attests" not in html
    with pikepdf.open(BytesIO(make_report(unfinished.as_data()))) as pdf:
        assert "/AcroForm" not in pdf.Root
