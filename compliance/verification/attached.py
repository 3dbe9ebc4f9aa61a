"""Whether the data that a report carries agrees with the checklists that it carries and with ours."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from compliance.audit.result import SCHEMA
from compliance.checklist.identity import digest_files
from compliance.checklist.library import Entry, Library, read_library
from compliance.checklist.pack_files import PackFiles, gather
from compliance.report.carried import CHECKLISTS, JOURNAL_HEAD, RESULT
from compliance.resources import bundled_folder
from compliance.verification.check import Check, combine

Data = Mapping[str, Any]


def read_result(files: Mapping[str, bytes]) -> Data | None:
    """Return the attached result, when there is one of a schema that we know."""
    data = _read_json(files.get(RESULT, b""))
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        return None
    return data


def read_checklists(files: Mapping[str, bytes]) -> tuple[PackFiles, ...]:
    """Return the attached checklists, pack by pack; empty when there are none that can be read."""
    data = _read_json(files.get(CHECKLISTS, b""))
    if not isinstance(data, list):
        return ()
    packs = []
    for one in data:
        if not isinstance(one, dict) or not isinstance(one.get("files"), dict):
            return ()
        texts = {str(name): str(text).encode() for name, text in one["files"].items()}
        packs.append(PackFiles(str(one.get("name", "")), dict(sorted(texts.items()))))
    return tuple(packs)


def check_attached(
    data: Data | None, packs: tuple[PackFiles, ...], files: Mapping[str, bytes]
) -> Iterator[Check]:
    """Yield whether there is a result, whether it agrees with its checklists, and whose those are."""
    question = "The audit's data inside"
    if data is None:
        yield Check(question, "fails", "The file carries no audit result that this program knows.")
        return
    head = _read_json(files.get(JOURNAL_HEAD, b""))
    if head != data["journal"]:
        yield Check(question, "fails", "The two statements of the journal's head differ.")
        return
    library, diagnostics = read_library(packs) if packs else (None, [])
    if library is None:
        why = diagnostics[0].message if diagnostics else "There are none."
        yield Check(question, "fails", f"The checklists inside cannot be read. {why}")
        return
    yield combine(
        question,
        _compare(data, library),
        "Every question in the result is one of the checklists inside, word for word.",
    )
    yield _compare_with_ours(data)


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
            question, "told", f"{', '.join(strange)}: not the edition that came with this program."
        )
    return Check(question, "holds", f"{', '.join(names)}: exactly as shipped with this program.")


def _read_json(raw: bytes) -> Any:  # noqa: ANN401 - JSON of any shape
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None
