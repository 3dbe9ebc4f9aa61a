"""The answers file: an audit's answers as YAML, to be filled in an editor and read back whole."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from compliance.checklist.fact import list_words
from compliance.checklist.frozen import read_iso_date
from compliance.checklist.reading import read_document
from compliance.clinic.applicability import Item
from compliance.errors import InputError
from compliance.text.diagnostic import Diagnostic, suggest
from compliance.text.yaml_text import Document, Path
from compliance.walk.event import Event
from compliance.walk.evidence import EvidenceFile, read_evidence
from compliance.walk.session import Session, answer_event
from compliance.walk.state import AuditState

KEYS = ("answer", "basis", "reason", "note", "evidence", "kept_at", "corrected", "action")
_ACTION = ("what", "owner", "due")


@dataclass(frozen=True, slots=True)
class AnswersRead:
    """What a file says: events by item, the evidence they name, and the answers not asked for."""

    events: dict[str, tuple[Event, ...]]
    files: tuple[tuple[EvidenceFile, bytes], ...]
    hidden: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The items that are answered."""
        return tuple(self.events)


def read_answers(
    raw: bytes, file: str, session: Session, folder: FilePath
) -> tuple[AnswersRead | None, list[Diagnostic]]:
    """Return the answers in a file's bytes, or everything that is wrong with any of them.

    Evidence paths are relative to `folder`. Nothing is recorded here.
    """
    document, diagnostics = read_document(raw, file)
    if document is None or diagnostics:
        return None, diagnostics
    reading = _Reading(document, session, folder)
    read = reading.read()
    return (None, reading.diagnostics) if reading.diagnostics else (read, [])


def answer_events(read: AnswersRead, state: AuditState) -> list[list[Event]]:
    """Return the events that are new, item by item; what stands already is not said again."""
    groups = [
        [event for event in events if not _stands(event, state)] for events in read.events.values()
    ]
    return [group for group in groups if group]


def _stands(event: Event, state: AuditState) -> bool:
    key = event.data["key"]
    if event.kind == "answer":
        old = state.answers.get(key)
        said = event.texts.get("value") or event.data.get("answer")
        now = (said, event.data.get("basis", ""), event.text("reason"))
        return old is not None and (old.said, old.basis, old.reason) == now
    attached = state.attached_to(key)
    before = {
        "note": attached.notes,
        "evidence": attached.evidence,
        "correction": attached.corrections,
        "action": attached.actions,
    }[event.kind]
    return any(dict(one.data) == event.data and dict(one.texts) == event.texts for one in before)


@dataclass(slots=True)
class _Reading:
    """Reads the entries and collects what is wrong with each."""

    document: Document
    session: Session
    folder: FilePath
    diagnostics: list[Diagnostic] = field(default_factory=list)
    files: dict[str, tuple[EvidenceFile, bytes]] = field(default_factory=dict)

    def read(self) -> AnswersRead | None:
        if self.document.data is None:
            return AnswersRead({}, (), ())
        if not isinstance(self.document.data, dict):
            self._report((), "An answers file is a mapping of questions to answers.")
            return None
        items = self.session.applicability.by_key
        events: dict[str, tuple[Event, ...]] = {}
        for key, raw in self.document.data.items():
            item = items.get(key)
            if item is None or item.empty:
                self._report_unknown(key)
            else:
                events[key] = tuple(self._read_item(item, raw, (key,)))
        hidden = tuple(key for key in events if items[key].standing != "asked")
        return AnswersRead(events, tuple(self.files.values()), hidden)

    def _report(self, path: Path, message: str, hint: str = "", *, key: bool = False) -> None:
        self.diagnostics.append(self.document.diagnose(path, message, hint, key=key))

    def _report_unknown(self, key: str) -> None:
        name = key.partition("@")[0]
        known = [k for k, item in self.session.applicability.by_key.items() if not item.empty]
        if name not in self.session.library.by_key:
            hint = suggest(key, known) or "Write it as checklist/requirement@thing."
            self._report((key,), f"There is no requirement “{name}”.", hint, key=True)
            return
        mine = [one for one in known if one.partition("@")[0] == name]
        hint = (
            f"Use {list_words(mine)}."
            if mine
            else "Nothing was listed in the profile to ask it for."
        )
        self._report((key,), f"“{name}” is not asked as “{key}”.", hint, key=True)

    def _read_item(self, item: Item, raw: Any, path: Path) -> Iterator[Event]:  # noqa: ANN401 - as written
        if raw is None:
            self._report(path, "There is no answer here.", "Write one, or remove the line.")
            return
        said = raw if isinstance(raw, dict) else {"answer": raw}
        for name in said:
            if name not in KEYS:
                hint = suggest(name, KEYS) or f"Known here: {list_words(KEYS)}."
                self._report((*path, name), f"There is no key “{name}” here.", hint, key=True)
        texts = {
            n: self._text(said, n, path)
            for n in ("basis", "reason", "note", "kept_at", "corrected")
        }
        if "answer" in said:
            yield from self._read_answer(item, said["answer"], texts, path)
        key = {"key": item.key}
        if texts["note"]:
            yield Event("note", key, {"note": texts["note"]})
        if texts["kept_at"]:
            yield Event("evidence", key, {"kept_at": texts["kept_at"]})
        if texts["corrected"]:
            yield Event("correction", key, {"correction": texts["corrected"]})
        yield from self._read_evidence(item, said.get("evidence"), (*path, "evidence"))
        if "action" in said:
            yield from self._read_action(item, said["action"], (*path, "action"))

    def _text(self, said: dict[str, Any], name: str, path: Path) -> str:
        value = said.get(name, "")
        if not isinstance(value, str):
            self._report((*path, name), "This must be a text.", "Put it in quotes.")
            return ""
        return value.strip()

    def _read_answer(
        self,
        item: Item,
        raw: Any,  # noqa: ANN401 - as written
        texts: dict[str, str],
        path: Path,
    ) -> Iterator[Event]:
        try:
            yield answer_event(
                self.session, item, raw, basis=texts["basis"], reason=texts["reason"]
            )
        except ValueError as error:
            place = (*path, "answer") if (*path, "answer") in self.document.values else path
            sentence = str(error)
            self._report(place, f"{sentence[0].upper()}{sentence[1:]}.")

    def _read_evidence(self, item: Item, raw: Any, path: Path) -> Iterator[Event]:  # noqa: ANN401 - as written
        names = [raw] if isinstance(raw, str) else raw or []
        if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
            self._report(path, "This must be a list of paths.", "Write [one.pdf, two.jpg].")
            return
        for name in names:
            try:
                file, content = read_evidence(self.folder / name)
            except InputError as error:
                self._report(path, str(error), "Paths are relative to this file.")
                continue
            self.files[file.sha256] = (file, content)
            data = {"key": item.key, "sha256": file.sha256, "size": file.size}
            yield Event("evidence", data, {"name": file.name})

    def _read_action(self, item: Item, raw: Any, path: Path) -> Iterator[Event]:  # noqa: ANN401 - as written
        if not isinstance(raw, dict) or not set(raw) <= set(_ACTION) or not raw.get("what"):
            self._report(
                path,
                "An action says what, and perhaps owner and due.",
                "Write {what: …, owner: …, due: 2026-12-01}.",
            )
            return
        due = raw.get("due")
        try:
            day = read_iso_date(due) if due is not None else None
        except ValueError as error:
            self._report((*path, "due"), f"{str(error)[0].upper()}{str(error)[1:]}.")
            return
        data = {"key": item.key, "due": str(day) if day else ""}
        yield Event(
            "action", data, {"action": str(raw["what"]), "owner": str(raw.get("owner", ""))}
        )
