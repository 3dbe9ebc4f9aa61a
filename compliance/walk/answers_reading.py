"""From the bytes of an answers file to what it gives, or to everything that is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compliance.checklist.answer import BASES, WORDS, ChoiceAnswer, YesNoAnswer
from compliance.checklist.condition import Truth
from compliance.checklist.fact import list_words
from compliance.checklist.library import Entry
from compliance.checklist.reading import read_document
from compliance.clinic.applicability import Item
from compliance.text.diagnostic import Diagnostic, suggest
from compliance.text.yaml_text import Document
from compliance.text.yaml_text import Path as Place
from compliance.walk.askable import list_askable
from compliance.walk.event import Event
from compliance.walk.given import AnswersRead, Given
from compliance.walk.given_reading import PartsReading
from compliance.walk.session import Session, answer_event

KEYS = ("answer", "basis", "reason", "note", "evidence", "kept_at", "corrected", "action")


def read_answers(
    raw: bytes, file: str, session: Session, folder: Path
) -> tuple[AnswersRead | None, list[Diagnostic]]:
    """Return what an answers file gives, checked whole, or everything that is wrong with it.

    A key is right when its requirement and its thing exist, whether it is asked or not: that may
    hang on answers of the same file. Paths of evidence are relative to `folder`.
    """
    document, diagnostics = read_document(raw, file)
    if document is None:
        return None, diagnostics
    given, wrong = read_given(document, session, folder)
    diagnostics = sorted([*diagnostics, *wrong], key=lambda one: one.position)
    if diagnostics:
        return None, diagnostics
    return AnswersRead(given, _find_hidden(session, given)), []


def read_given(
    document: Document, session: Session, folder: Path
) -> tuple[tuple[Given, ...], list[Diagnostic]]:
    """Return what a document of answers gives, key by key, and everything that is wrong with it."""
    reading = _Reading(document, session, PartsReading(document, folder))
    return reading.read(), reading.parts.diagnostics


def _find_hidden(session: Session, given: Sequence[Given]) -> tuple[str, ...]:
    """Return the keys that are not asked once all the answers are taken."""
    fork = session.state.fork()
    for one in given:
        if one.answer:
            fork.take(one.answer)
    asked = {item.key for item in Session(session.library, fork).applicability.asked}
    return tuple(one.key for one in given if one.key not in asked)


@dataclass(slots=True)
class _Reading:
    """Reads one key after the other and collects what is wrong with each."""

    document: Document
    session: Session
    parts: PartsReading

    def read(self) -> tuple[Given, ...]:
        data = self.document.data
        if data is not None and not isinstance(data, dict):
            hint = "Write checklist/requirement: yes, one on a line."
            self.parts.report((), "This file must hold a mapping of requirements to answers.", hint)
        keys = data if isinstance(data, dict) else {}
        items = [(key, self._find_item(key)) for key in keys]
        return tuple(self._read_given(key, item) for key, item in items)

    def _find_item(self, key: str) -> Item | None:
        """Return the item of a key; one that does not apply is made up, to be kept hidden."""
        name, at, thing = key.partition("@")
        entry = self.session.library.by_key.get(name)
        if entry is None:
            self.parts.report(
                (key,), f"There is no requirement “{name}”.", self._near(name), key=True
            )
            return None
        if not self._check_thing(key, entry, thing, at=bool(at)):
            return None
        made_up = Item(key, entry, None, "out of scope", Truth.NO, "")
        return self.session.applicability.by_key.get(key, made_up)

    def _near(self, name: str) -> str:
        library = self.session.library
        added = [known for known in library.by_key if known.endswith(f":{name}")]
        if added:
            return f"Write “{added[0]}”."
        checklist = library.checklists.get(name.partition("/")[0])
        for one in checklist.retired if checklist else ():
            if one.id == name.partition("/")[2]:
                return f"It was retired on {one.on}: {one.reason}"
        return suggest(name, library.by_key) or "“compliance show CHECKLIST” lists them."

    def _check_thing(self, key: str, entry: Entry, thing: str, *, at: bool) -> bool:
        group = self.session.library.group_of(entry)
        if group is None:
            if at:
                message = f"“{entry.key}” is asked once, not for each thing."
                self.parts.report((key,), message, f"Remove “@{thing}”.", key=True)
            return not at
        known = list_askable(self.session.library.sheet, self.session.state.profile, group)
        title = group.title.lower()
        if thing in known:
            return True
        nothing = f"The profile lists none; add one to it first: there, a {title} has its id."
        hint = f"Write {entry.key}@{known[0]}." if known else nothing
        if not at:
            self.parts.report((key,), f"“{entry.key}” is asked for each {title}.", hint, key=True)
        else:
            near = suggest(thing, known) or (f"There are {', '.join(known)}." if known else nothing)
            self.parts.report((key,), f"There is no {title} “{thing}”.", near, key=True)
        return False

    def _read_given(self, key: str, item: Item | None) -> Given:
        raw = self.document.data[key]
        if raw is None:
            hint = "Write an answer behind the colon, or “# ” before the line."
            self.parts.report((key,), f"“{key}” has no value.", hint)
            return Given(key, None)
        if not isinstance(raw, dict):
            return Given(key, self._read_answer((key,), item, {}))
        self.parts.check_keys(raw, (key,), KEYS)
        return Given(
            key,
            self._read_whole_answer(raw, (key,), item),
            self.parts.read_texts(raw, (key, "note")),
            self.parts.read_evidence(raw, (key, "evidence")),
            self.parts.read_texts(raw, (key, "kept_at")),
            self.parts.read_texts(raw, (key, "corrected")),
            self.parts.read_actions(raw, (key, "action")),
        )

    def _read_whole_answer(
        self, data: Mapping[str, Any], path: Place, item: Item | None
    ) -> Event | None:
        texts = {
            name: self.parts.read_text((*path, name))
            for name in ("basis", "reason")
            if name in data
        }
        basis = texts.get("basis", "")
        if basis and basis not in BASES:
            message = f"“{basis}” is not among {list_words(BASES)}."
            self.parts.report((*path, "basis"), message, suggest(basis, BASES))
            texts["basis"] = ""
        if "answer" in data:
            return self._read_answer((*path, "answer"), item, texts)
        for name in texts:
            hint = "Write answer: before it."
            self.parts.report(
                (*path, name), f"“{name}” belongs to an answer, and there is none.", hint
            )
        return None

    def _read_answer(
        self, path: Place, item: Item | None, texts: Mapping[str, str]
    ) -> Event | None:
        said = self.parts.read_text(path)
        if not said or item is None:
            return None
        try:
            return answer_event(self.session, item, said, **texts)
        except ValueError as error:
            sentence = str(error)
            hint = suggest(said.lower(), _words(item))
            if said == "not-applicable":
                hint = "Write it as reason: why it does not apply."
            self.parts.report(path, f"{sentence[0].upper()}{sentence[1:]}.", hint)
            return None


def _words(item: Item) -> tuple[str, ...]:
    rule = item.entry.requirement.answer
    choices = tuple(rule.choices) if isinstance(rule, ChoiceAnswer) else ()
    return WORDS if isinstance(rule, YesNoAnswer) else (*choices, *WORDS)
