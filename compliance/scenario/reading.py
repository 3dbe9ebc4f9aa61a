"""From the bytes of a scenario file to audits that can be run, or everything that is wrong with it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

from compliance.checklist.library import Library
from compliance.checklist.pack_files import SCENARIO
from compliance.checklist.reading import read_document, read_model
from compliance.clinic.profile import Facts, Profile
from compliance.clinic.profile_reading import ProfileReading
from compliance.scenario.model import Scenario, ScenarioFile
from compliance.text.diagnostic import Diagnostic, suggest
from compliance.text.yaml_text import Document
from compliance.text.yaml_text import Path as Place

WHOLE = "whole-clinic"
"""A scenario file of this name stands beside no checklist: its scenarios audit everything."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A scenario with its clinic, ready to be run; `answers` is the document of its answers."""

    scenario: Scenario
    document: Document
    path: Place
    profile: Profile
    as_of: date
    only: tuple[str, ...]
    answers: Document | None
    complete: Callable[[str], str]

    def diagnose(self, place: Place, message: str, hint: str = "") -> Diagnostic:
        """Return a diagnostic at a part of the scenario."""
        return self.document.diagnose((*self.path, *place), message, hint, rule="scenario-failed")


def read_scenarios(
    raw: bytes, file: str, library: Library
) -> tuple[list[Staged], list[Diagnostic]]:
    """Return the scenarios of a file, or none with everything that is wrong with it."""
    document, diagnostics = read_document(raw, file)
    if document is None:
        return [], diagnostics
    whole, errors = read_model(document, ScenarioFile)
    if whole is None:
        return [], [*diagnostics, *errors]
    stage = _Stage(document, library, whole, _home_of(file))
    staged = list(stage.stage())
    found = sorted([*diagnostics, *stage.diagnostics], key=lambda one: one.position)
    return ([] if found else staged), found


def _home_of(file: str) -> str:
    """Return the checklist that a file stands beside."""
    return PurePath(file).name.removesuffix(SCENARIO)


class _Stage:
    """Reads the parts of one file; `diagnostics` are everything wrong with them."""

    def __init__(
        self, document: Document, library: Library, whole: ScenarioFile, home: str
    ) -> None:
        self.document, self.library, self.whole, self.home = document, library, whole, home
        self.diagnostics: list[Diagnostic] = []

    def stage(self) -> Iterator[Staged]:
        if self.home not in self.library.checklists and not self.home.startswith(WHOLE):
            message = f"There is no checklist “{self.home}” for these scenarios."
            hint = (
                suggest(self.home, self.library.checklists)
                or f"Or call the file {WHOLE}{SCENARIO}."
            )
            self.diagnostics.append(self.document.diagnose((), message, hint))
        profiles = {name: self._read_profile(("clinics", name)) for name in self.whole.clinics}
        for index, scenario in enumerate(self.whole.scenarios):
            path: Place = ("scenarios", index)
            profile = profiles.get(scenario.clinic)
            if profile is None:
                hint = suggest(scenario.clinic, profiles) or f"There are {', '.join(profiles)}."
                message = f"There is no clinic “{scenario.clinic}” in this file."
                self.diagnostics.append(self.document.diagnose((*path, "clinic"), message, hint))
                continue
            yield self._stage_one(scenario, path, profile)

    def _stage_one(self, scenario: Scenario, path: Place, profile: Profile) -> Staged:
        facts = self._read_facts((*path, "facts")) if scenario.facts else {}
        profile = replace(profile, facts={**profile.facts, **facts})
        answers = (
            self.document.under((*path, "answers"), self._complete) if scenario.answers else None
        )
        only = self._list_only(scenario, path)
        self._check_keys(scenario, path)
        as_of = scenario.as_of or self.whole.as_of
        return Staged(scenario, self.document, path, profile, as_of, only, answers, self._complete)

    def _complete(self, key: str) -> str:
        """Return a key with its checklist: the one beside the file if none is named."""
        name, at, thing = key.partition("@")
        return key if "/" in name else f"{self.home}/{name}{at}{thing}"

    def _list_only(self, scenario: Scenario, path: Place) -> tuple[str, ...]:
        if scenario.only is None:
            return () if self.home.startswith(WHOLE) else (self.home,)
        for index, name in enumerate(scenario.only):
            if name not in self.library.checklists:
                hint = suggest(name, self.library.checklists)
                message = f"There is no checklist “{name}”."
                place = (*path, "only", index)
                self.diagnostics.append(self.document.diagnose(place, message, hint))
        return scenario.only

    def _check_keys(self, scenario: Scenario, path: Place) -> None:
        """Every requirement that is expected something of must exist."""
        expect = scenario.expect
        named: list[tuple[Place, str]] = [
            *((("asked", n), key) for n, key in enumerate(expect.asked)),
            *((("not_asked", n), key) for n, key in enumerate(expect.not_asked)),
            *((("findings", key), key) for key in expect.findings),
        ]
        for place, key in named:
            name = self._complete(key).partition("@")[0]
            if name not in self.library.by_key:
                message = f"There is no requirement “{name}”."
                hint = suggest(name, self.library.by_key)
                spot = (*path, "expect", *place)
                self.diagnostics.append(self.document.diagnose(spot, message, hint))

    def _read_profile(self, path: Place) -> Profile:
        reading = ProfileReading(self.document.under(path), self.library.sheet)
        profile, _ = reading.read()
        self.diagnostics += reading.diagnostics
        return profile

    def _read_facts(self, path: Place) -> Facts:
        """Read facts of the clinic that differ from the ones the file gives it."""
        part = self.document.under(path)
        wrapped = Document(
            part.file,
            part.text,
            {"facts": part.data},
            {("facts", *p): at for p, at in part.keys.items()},
            {("facts", *p): at for p, at in part.values.items()},
        )
        reading = ProfileReading(wrapped, self.library.sheet)
        profile, _ = reading.read()
        self.diagnostics += reading.diagnostics
        return profile.facts
