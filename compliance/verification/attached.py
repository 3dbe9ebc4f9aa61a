"""Whether the data that a report carries agrees with the checklists that it carries and with ours."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from compliance.audit.plain import Plain
from compliance.audit.published import parse_result
from compliance.audit.result import SCHEMA
from compliance.checklist.identity import digest_files
from compliance.checklist.library import Entry, Library, read_library
from compliance.checklist.pack_files import PackFiles, gather
from compliance.errors import InputError
from compliance.report.carried import CHECKLISTS, JOURNAL_HEAD, RESULT
from compliance.resources import bundled_folder
from compliance.verification.check import Check, combine

QUESTION = "The audit's data inside"
Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CarriedPack(Plain):
    """A pack of checklists as a report carries it: the text of each of its files by its path."""

    name: str
    files: dict[str, str]


@cache
def _packs() -> TypeAdapter[tuple[CarriedPack, ...]]:
    return TypeAdapter(tuple[CarriedPack, ...])


def read_result(files: Mapping[str, bytes]) -> Data | None:
    """Return the attached result as plain data; None when there is none, or of another schema.

    Raises:
        InputError: it says that it is of our schema and breaks it; the field is named.
    """
    raw = files.get(RESULT, b"")
    data = _read_json(raw)
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        return None
    parse_result(raw)
    return data


def read_checklists(files: Mapping[str, bytes]) -> tuple[PackFiles, ...]:
    """Return the attached checklists, pack by pack; empty when there are none that can be read."""
    try:
        carried = _packs().validate_json(files.get(CHECKLISTS, b""))
    except ValidationError:
        return ()
    return tuple(
        PackFiles(one.name, {name: text.encode() for name, text in sorted(one.files.items())})
        for one in carried
    )


def check_attached(
    data: Data, packs: tuple[PackFiles, ...], files: Mapping[str, bytes]
) -> Iterator[Check]:
    """Yield whether a result agrees with its checklists, and whose those are."""
    head = _read_json(files.get(JOURNAL_HEAD, b""))
    if head != data["journal"]:
        sentence = "The two statements of the journal's head differ."
        yield Check(QUESTION, "fails", sentence, "two-journal-heads")
        return
    library, diagnostics = read_library(packs) if packs else (None, [])
    if library is None:
        why = diagnostics[0].message if diagnostics else "There are none."
        sentence = f"The checklists inside cannot be read. {why}"
        yield Check(QUESTION, "fails", sentence, "no-checklists")
        return
    yield combine(
        QUESTION,
        _compare(data, library),
        "Every question in the result is one of the checklists inside, word for word.",
        "not-of-its-checklists",
    )
    yield _compare_with_ours(data)


def find_data(files: Mapping[str, bytes]) -> Data | Check:
    """Return the attached result, or the verdict that there is none that can be used."""
    try:
        data = read_result(files)
    except InputError as error:
        return Check(QUESTION, "fails", str(error), "misshapen")
    sentence = "The file carries no audit result that this program knows."
    return Check(QUESTION, "fails", sentence, "none") if data is None else data


def _compare(data: Data, library: Library) -> Iterator[str]:
    editions = {edition.pack.name: edition.digest for edition in library.packs}
    for pack in data["packs"]:
        if editions.get(pack["name"]) != pack["digest"]:
            yield f"The checklists of “{pack['name']}” differ from those the result names."
    for used in data["checklists"]:
        if used["id"] not in library.checklists or library.digest_of(used["id"]) != used["digest"]:
            yield f"The checklist “{used['id']}” differs from the one the result names."
    for finding in data["findings"]:
        if not _is_same(library.by_key.get(finding["requirement"]), finding):
            yield f"The requirement “{finding['requirement']}” differs from the one that was asked."
    told = {one["requirement"] for one in (*data["findings"], *data["not_asked"])}
    for key, entry in library.by_key.items():
        as_a_state = entry.checklist.state and entry.checklist_key in told  # one line for them all
        if not (key in told or as_a_state):
            yield f"The requirement “{key}” is neither judged nor listed as not asked."


def _is_same(entry: Entry | None, finding: Data) -> bool:
    """Whether a finding is of this requirement: its digest, and the words that the report prints."""
    if entry is None or entry.digest != finding["digest"]:
        return False
    asked = entry.requirement
    printed = ("ask", "force", "grade", "depth", "yes_if", "no_if", "partly_if", "why", "fix")
    return all((getattr(asked, name) or "") == finding[name] for name in printed)


def _compare_with_ours(data: Data) -> Check:
    """An edition that we do not ship is told: it may be older, newer, another's, or altered."""
    question = "Which checklists"
    shipped = digest_files(gather(bundled_folder("checklists")).files)
    names = [f"{pack['name']} {pack['edition']}" for pack in data["packs"]]
    strange = [n for n, pack in zip(names, data["packs"], strict=True) if pack["digest"] != shipped]
    if strange:
        return Check(
            question,
            "told",
            f"{', '.join(strange)}: not the edition that came with this program.",
            "another-edition",
        )
    return Check(question, "holds", f"{', '.join(names)}: exactly as shipped with this program.")


def _read_json(raw: bytes) -> Any:  # noqa: ANN401 - JSON of any shape
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None
