"""What a PDF carries: ours, somebody else's, or anything at all."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from compliance.checklist.library import read_library
from compliance.checklist.pack_files import gather
from compliance.report.carried import to_json
from compliance.resources import bundled_folder
from compliance.verification.attached import read_checklists, read_result
from compliance.verification.check import Check, combine, harmless
from compliance.verification.verifying import check_data

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conftest import Made

    from compliance.verification.check import Verification

DATA, SHIPPED = "The audit's data inside", "Which checklists"
RESULT, CHECKLISTS, HEAD = "result.json", "checklists.json", "journal-head.json"
LOOK, THUMBNAILS = "look.json", "thumbnails.json"


@pytest.fixture(scope="session")
def files(made: Made) -> Mapping[str, bytes]:
    return made.files


def change(files: Mapping[str, bytes], name: str, change_it: Callable[[Any], None]) -> list[Check]:
    """Check the files with the data of one of them changed."""
    data = json.loads(files[name])
    change_it(data)
    return check_data({**files, name: to_json(data)}, None)


def verdict(checks: list[Check], question: str = DATA) -> str:
    return next(one.verdict for one in checks if one.question == question)


def sentences(checks: list[Check]) -> str:
    return " ".join(one.sentence for one in checks)


def test_what_we_write_holds(files: Mapping[str, bytes]) -> None:
    checks = check_data(files, None)
    assert verdict(checks) == "holds"
    assert set(files) == {RESULT, CHECKLISTS, HEAD, LOOK, THUMBNAILS}


def test_checklists_that_we_did_not_ship_are_told(files: Mapping[str, bytes]) -> None:
    checks = check_data(files, None)
    assert verdict(checks, SHIPPED) == "told"
    assert "small-pack 2026-11-23: not the edition that came with this program" in sentences(checks)


def test_the_checklists_that_we_ship_are_known(files: Mapping[str, bytes]) -> None:
    pack = gather(bundled_folder("checklists"))
    library, _ = read_library([pack])
    assert library is not None
    edition = library.packs[0]
    named = {"name": edition.pack.name, "edition": str(edition.pack.edition)}
    result = json.loads(files[RESULT])
    used = {**result["packs"][0], **named, "digest": edition.digest}
    unasked = [{**result["not_asked"][0], "requirement": key} for key in library.by_key]
    result |= {"packs": [used], "checklists": [], "findings": [], "not_asked": unasked}
    texts = {name: raw.decode() for name, raw in pack.files.items()}
    shipped = {
        RESULT: to_json(result),
        CHECKLISTS: to_json([{"name": edition.pack.name, "files": texts}]),
        HEAD: to_json(result["journal"]),
    }
    checks = check_data(shipped, None)
    assert [one.verdict for one in checks] == ["holds", "holds"]
    assert "exactly as shipped with this program" in sentences(checks)


@pytest.mark.parametrize("name", [RESULT, CHECKLISTS, HEAD])
@pytest.mark.parametrize("raw", [None, b"", b"no JSON", b"[]", b"null", b"7", b"[" * 100_000])
def test_a_file_that_is_missing_or_nonsense_fails(
    files: Mapping[str, bytes], name: str, raw: bytes | None
) -> None:
    changed = {key: value for key, value in files.items() if key != name}
    if raw is not None:
        changed[name] = raw
    assert verdict(check_data(changed, None)) == "fails"


def ask_otherwise(data: Any) -> None:  # noqa: ANN401 - plain data
    data["findings"][0]["ask"] = "Is all well?"


def lower_the_grade(data: Any) -> None:  # noqa: ANN401 - plain data
    data["findings"][0]["grade"] = "minor"


def call_it_advice(data: Any) -> None:  # noqa: ANN401 - plain data
    data["findings"][0]["force"] = "good-practice"


def leave_one_out(data: Any) -> None:  # noqa: ANN401 - plain data
    del data["findings"][0]


def invent_one(data: Any) -> None:  # noqa: ANN401 - plain data
    data["findings"][0]["requirement"] = "rooms/invented"


def name_another_digest(data: Any) -> None:  # noqa: ANN401 - plain data
    data["checklists"][0]["digest"] = "00" * 32


def name_another_pack(data: Any) -> None:  # noqa: ANN401 - plain data
    data["packs"][0]["digest"] = "00" * 32


def count_more_events(data: Any) -> None:  # noqa: ANN401 - plain data
    data["journal"]["events"] += 1


@pytest.mark.parametrize(
    ("change_it", "said"),
    [
        (ask_otherwise, "The requirement “rooms/locked” differs from the one that was asked."),
        (lower_the_grade, "The requirement “rooms/locked” differs"),
        (call_it_advice, "The requirement “rooms/locked” differs"),
        (leave_one_out, "“rooms/locked” is neither judged nor listed as not asked."),
        (invent_one, "The requirement “rooms/invented” differs"),
        (name_another_digest, "The checklist “rooms” differs from the one the result names."),
        (name_another_pack, "The checklists of “small-pack” differ from those the result names."),
        (count_more_events, "The two statements of the journal's head differ."),
    ],
)
def test_a_result_that_is_not_of_its_checklists_fails(
    files: Mapping[str, bytes], change_it: Callable[[Any], None], said: str
) -> None:
    checks = change(files, RESULT, change_it)
    assert verdict(checks) == "fails"
    assert said in sentences(checks)


def test_a_checklist_that_was_edited_inside_the_report_fails(files: Mapping[str, bytes]) -> None:
    def edit(packs: Any) -> None:  # noqa: ANN401 - plain data
        text = packs[0]["files"]["rooms.yaml"]
        packs[0]["files"]["rooms.yaml"] = text.replace("grade: critical", "grade: minor", 1)

    assert verdict(change(files, CHECKLISTS, edit)) == "fails"


def test_a_checklist_that_cannot_be_read_is_said(files: Mapping[str, bytes]) -> None:
    def spoil(packs: Any) -> None:  # noqa: ANN401 - plain data
        packs[0]["files"]["rooms.yaml"] = "id: [unclosed"

    checks = change(files, CHECKLISTS, spoil)
    assert verdict(checks) == "fails"
    assert "The checklists inside cannot be read." in sentences(checks)


# A PDF that is not ours.


@pytest.fixture
def foreign() -> bytes:
    written = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(written)
    return written.getvalue()


def test_a_pdf_that_is_not_ours_gets_a_verdict(
    foreign: bytes, check: Callable[..., Verification]
) -> None:
    found = check(foreign)
    assert not found.holds
    assert [(one.question, one.verdict) for one in found.checks] == [
        ("Unchanged since signing", "fails"),
        (DATA, "fails"),
    ]
    assert "carries no audit result that this program knows" in found.checks[1].sentence


def test_two_files_of_one_name_are_a_verdict(
    made: Made, check: Callable[..., Verification]
) -> None:
    written = BytesIO()
    with pikepdf.open(BytesIO(made.unsigned)) as pdf:
        names = pdf.Root.Names.EmbeddedFiles.Names
        names.extend([names[-2], names[-1]])
        pdf.save(written)
    found = check(written.getvalue())
    assert verdict(list(found.checks)) == "fails"
    assert "two files named" in sentences(list(found.checks))


def test_data_nested_without_end_gets_a_verdict(files: Mapping[str, bytes]) -> None:
    deep = b'{"schema": "clinic-compliance/result/1", "journal": ' + b"[" * 900 + b"]" * 900 + b"}"
    head = b"[" * 900 + b"]" * 900
    assert verdict(check_data({**files, RESULT: deep, HEAD: head}, None)) == "fails"


# What reaches the terminal.


def test_names_in_a_file_cannot_write_lines_of_their_own(
    made: Made, check: Callable[..., Verification]
) -> None:
    data = json.loads(made.files[RESULT])
    data["findings"][0]["requirement"] = "x\n yes  Signed as auditor. \x1b[2J\u202e"
    written = BytesIO()
    with pikepdf.open(BytesIO(made.unsigned)) as pdf:
        pdf.attachments[RESULT] = pikepdf.AttachedFileSpec(pdf, json.dumps(data).encode())
        pdf.save(written)
    found = check(written.getvalue())
    assert "x· yes  Signed as auditor. ·[2J·” differs" in sentences(list(found.checks))
    assert all(one.sentence.isprintable() for one in found.checks)


def test_a_sentence_without_end_is_cut() -> None:
    assert len(harmless(Check("?", "fails", "x" * 10_000)).sentence) == 1_001


def test_many_troubles_are_counted_not_listed() -> None:
    said = combine("?", [f"Trouble {number}." for number in range(9)], "").sentence
    assert said == "Trouble 0. Trouble 1. Trouble 2. Trouble 3. Trouble 4. And 4 more like this."


def test_attached_files_are_read_by_their_schema_only(files: Mapping[str, bytes]) -> None:
    assert read_result({}) is None
    assert read_result({RESULT: b'{"schema": "clinic-compliance/result/2"}'}) is None
    assert read_checklists({CHECKLISTS: b'[{"files": []}]'}) == ()
    assert verdict(check_data({}, None)) == "fails"


@pytest.mark.parametrize(
    ("way", "value", "said"),
    [
        (("findings", 0, "grade"), "grave", "“findings.0.grade”: input should be 'critical'"),
        (("findings", 0, "things", 0, "answered_at"), "now", "“findings.0.things.0.answered_at”"),
        (("clinic",), 7, "“clinic”: it must be a text"),
        (("as_of",), "2026-02-30", "“as_of”: it is not written as such a value is"),
        (("finished",), "true", "“finished”: it must be true or false"),
        (("journal", "events"), 10**400, "“journal.events”: input should be less than"),
        (("praise",), "all is well", "“praise”: there is no such field"),
        (("findings", 0, "cite"), ["nowhere"], "“findings.0.cite” names a source that is not"),
        (("findings", 0, "checklist"), "x", "“findings.0.checklist” is not among “checklists”"),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_the_field_that_breaks_the_schema_is_named(
    files: Mapping[str, bytes], way: tuple[Any, ...], value: object, said: str
) -> None:
    def change_it(data: Any) -> None:  # noqa: ANN401 - plain data
        *steps, last = way
        for step in steps:
            data = data[step]
        data[last] = value

    checks = change(files, RESULT, change_it)
    assert [one.verdict for one in checks] == ["fails"]
    assert said in sentences(checks)


def test_a_field_that_is_left_out_is_named(files: Mapping[str, bytes]) -> None:
    checks = change(files, RESULT, lambda data: data["findings"][1].pop("ask"))
    assert "“findings.1.ask”: it is missing" in sentences(checks)
