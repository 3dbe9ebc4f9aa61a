"""The parts of what is given under one key of an answers file: texts, evidence and actions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from compliance.checklist.fact import list_words
from compliance.checklist.frozen import read_iso_date
from compliance.errors import InputError
from compliance.text.diagnostic import Diagnostic, suggest
from compliance.text.hidden import drop_hidden, find_hidden
from compliance.text.plain_number import as_written
from compliance.text.yaml_text import Document
from compliance.text.yaml_text import Path as Place
from compliance.walk.evidence import EvidenceFile, read_evidence
from compliance.walk.given import GivenAction, GivenFile

ACTION_KEYS = ("what", "owner", "due")
_RETYPE = "Delete it and type the text anew."


@dataclass(slots=True)
class PartsReading:
    """Reads single parts; `diagnostics` are everything wrong with them. Paths lie in `folder`."""

    document: Document
    folder: Path
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def report(self, path: Place, message: str, hint: str = "", *, key: bool = False) -> None:
        """Add a diagnostic at `path`."""
        self.diagnostics.append(self.document.diagnose(path, message, hint, key=key))

    def check_keys(self, data: Mapping[str, Any], path: Place, known: Sequence[str]) -> None:
        """Report keys that are not known, and a mapping without any."""
        for name in data:
            if name not in known:
                hint = suggest(name, known) or f"Known here: {', '.join(known)}."
                self.report((*path, name), f"There is no key “{name}” here.", hint, key=True)
        if not data:
            self.report(path, "Nothing is said here.", f"Write one of {list_words(known)}.")

    def read_text(self, path: Place) -> str:
        """Return a single text, a number as it was typed; empty when it was reported."""
        raw = as_written(self.document, path)
        name = path[-1] if isinstance(path[-1], str) else path[-2]
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            self.report(path, f"“{name}” has no value.", "Write one, or remove it.")
        elif not isinstance(raw, str):
            self.report(path, f"“{name}” takes a single text here.", "Write it on one line.")
        elif code := find_hidden(raw):
            self.report(path, f"A hidden character ({code}) stands in this text.", _RETYPE)
        else:
            return raw.strip()
        return ""

    def _places(self, data: Mapping[str, Any], path: Place) -> list[Place]:
        """Return where the values of a key stand: one, or each of a list."""
        name = str(path[-1])
        if name not in data:
            return []
        value = data[name]
        return [(*path, n) for n in range(len(value))] if isinstance(value, list) else [path]

    def read_texts(self, data: Mapping[str, Any], path: Place) -> tuple[str, ...]:
        """Return the one text of a key, or each of its list."""
        texts = (self.read_text(place) for place in self._places(data, path))
        return tuple(text for text in texts if text)

    def read_evidence(self, data: Mapping[str, Any], path: Place) -> tuple[GivenFile, ...]:
        """Return the files that are named, each read once to know that it is there."""
        files = []
        for place in self._places(data, path):
            text = self.read_text(place)
            if not text:
                continue
            target = self.folder / text
            try:
                file, _ = read_evidence(target)
            except InputError as error:
                self.report(place, str(error), "Paths are relative to this file.")
            else:
                kept = EvidenceFile(file.sha256, drop_hidden(file.name), file.size)
                files.append(GivenFile(target, kept))
        return tuple(files)

    def read_actions(self, data: Mapping[str, Any], path: Place) -> tuple[GivenAction, ...]:
        """Return the one action of a key, or each of its list."""
        actions = (self._read_action(place) for place in self._places(data, path))
        return tuple(action for action in actions if action)

    def _read_action(self, path: Place) -> GivenAction | None:
        raw = as_written(self.document, path)
        if not isinstance(raw, dict):
            hint = "Write {what: …, owner: …, due: 2026-12-01}."
            self.report(path, "An action is a mapping.", hint)
            return None
        self.check_keys(raw, path, ACTION_KEYS)
        if raw and "what" not in raw:
            self.report(path, "“what” is missing.", "Say what will be done.")
        said = {name: self.read_text((*path, name)) for name in ACTION_KEYS if name in raw}
        due = said.get("due", "")
        if due:
            try:
                read_iso_date(due)
            except ValueError as error:
                sentence = str(error)
                self.report((*path, "due"), f"{sentence[0].upper()}{sentence[1:]}.")
        return GivenAction(said.get("what", ""), said.get("owner", ""), due)
