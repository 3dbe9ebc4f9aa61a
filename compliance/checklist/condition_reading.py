"""Conditions as a file writes them, into `Condition`s; every name is checked against the facts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from compliance.checklist.condition import AllOf, AnyOf, Compare, Condition, Count, Subject
from compliance.checklist.fact import Fact, FactSheet, Group, list_words
from compliance.checklist.operand_reading import MisfitError, read_operator, read_words, use
from compliance.checklist.outcome_reading import Asked, Names, read_outcome
from compliance.checklist.subject_reading import Report, SubjectFinder
from compliance.text.diagnostic import suggest
from compliance.text.yaml_text import Path

_COUNT_EXAMPLE = "Write {of: staff, where: {role: crna}, at_least: 1}."
_COUNT_KEYS = ("of", "where", "at_least", "at_most")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the conditions of one requirement, section, checklist or group.

    `group` is what the question is asked for. Inside `count`, `counting` is set: keys are the
    facts of each member of `group`.
    """

    sheet: FactSheet
    report: Report
    group: Group | None = None
    names: Names = field(default_factory=Names)
    counting: bool = False

    def read(self, raw: object, path: Path) -> Condition:
        """Return the condition; what is wrong is reported and left out."""
        if not isinstance(raw, dict) or not raw:
            self.report(
                path, "A condition names facts with values, such as “routes: {includes: iv}”."
            )
            return AllOf()
        parts = [part for key, value in raw.items() for part in self._read_key(key, value, path)]
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _read_key(self, key: str, value: object, path: Path) -> Iterable[Condition]:
        place = (*path, key)
        if key == "any_of":
            return self._read_any_of(value, place)
        if key == "answers":
            return self._read_answers(value, place)
        if key == "count":
            return self._read_count(value, place)
        finder = SubjectFinder(self.sheet, self.report, self.group, self.counting)
        subject = finder.find(key, place)
        if subject is None or subject.fact is None:
            return ()
        try:
            return _read_comparison(subject, subject.fact, value)
        except MisfitError as misfit:
            self._report_misfit(misfit, place)
            return ()

    def _report_misfit(self, misfit: MisfitError, place: Path) -> None:
        path = (*place, *misfit.steps)
        self.report(path, misfit.message, misfit.hint, key=misfit.at_key, rule=misfit.rule)

    def _read_any_of(self, value: object, place: Path) -> Iterable[Condition]:
        if not isinstance(value, list) or not value:
            self.report(place, "“any_of” takes a list of conditions.", "Begin each with “- ”.")
            return ()
        return (AnyOf(tuple(self.read(one, (*place, i)) for i, one in enumerate(value))),)

    def _read_answers(self, value: object, place: Path) -> Iterator[Condition]:
        if not isinstance(value, dict) or not value:
            message = "“answers” names requirements with their answers."
            self.report(place, message, "Write {checklist/requirement: no}.")
            return
        for key, wanted in value.items():
            asked = self.names.asked.get(key)
            if asked is None:
                self._report_requirement(key, (*place, key))
            elif not self._may_see(asked):
                self._report_foreign(key, asked, (*place, key))
            else:
                try:
                    yield read_outcome(asked, wanted)
                except MisfitError as misfit:
                    self._report_misfit(misfit, (*place, key))

    def _report_requirement(self, key: str, place: Path) -> None:
        if key.partition("/")[0] in self.names.unreadable:
            return
        if key in self.names.later:
            message = f"“{key}” is not asked before this; a condition can only look back."
            hint = "Move it up, or turn the condition round."
            self.report(place, message, hint, key=True, rule="later-requirement")
            return
        hint = self._suggest_requirement(key) or "Write it as checklist/requirement."
        message = f"There is no requirement “{key}”."
        self.report(place, message, hint, key=True, rule="unknown-requirement")

    def _suggest_requirement(self, key: str) -> str:
        """Within a checklist that exists, the second half of the name decides."""
        known = [*self.names.asked, *self.names.later]
        start = key.partition("/")[0] + "/"
        within = [name for name in known if name.startswith(start)]
        near = suggest(key.removeprefix(start), [name.removeprefix(start) for name in within])
        return near if within else suggest(key, known)

    def _report_foreign(self, key: str, asked: Asked, place: Path) -> None:
        group = self.sheet.group(asked.for_each or "")
        title = group.title.lower() if group else asked.for_each
        message = f"“{key}” is asked for each {title}; it is not said whose answer is meant."
        hint = "Refer to one that is asked once or for the same thing, or use “count”."
        self.report(place, message, hint, key=True, rule="foreign-answer")

    def _may_see(self, asked: Asked) -> bool:
        if asked.for_each is None:
            return True
        other = self.sheet.group(asked.for_each)
        if other is None:
            return True  # for_each is reported where it stands
        return self.group is not None and self.sheet.base(other) == self.sheet.base(self.group)

    def _read_count(self, value: object, place: Path) -> Iterator[Condition]:
        if not isinstance(value, dict) or "of" not in value:
            self.report(place, "“count” takes of, where, and at_least or at_most.", _COUNT_EXAMPLE)
            return
        good = self._check_count(value, place)
        group = self.sheet.group(str(value["of"]))
        if group is None:
            names = [one.id for one in self.sheet.groups]
            near = suggest(str(value["of"]), names)
            hint = near or (use(names) if names else "Groups are declared in facts.yaml.")
            message = f"There is no group “{value['of']}”."
            self.report((*place, "of"), message, hint, rule="unknown-group")
            return
        inner = Reader(self.sheet, self.report, group, self.names, counting=True)
        where = inner.read(value["where"], (*place, "where")) if "where" in value else AllOf()
        if good:
            subject = Subject("group", (group.id,), group.id, None, group.ask or group.title)
            yield Count(subject, where, value.get("at_least"), value.get("at_most"))

    def _check_count(self, value: dict[str, Any], place: Path) -> bool:
        good = True
        for key, raw in value.items():
            if key not in _COUNT_KEYS:
                hint = suggest(key, _COUNT_KEYS) or f"It takes {list_words(_COUNT_KEYS)}."
                message = f"“{key}” does not fit in “count”."
                self.report((*place, key), message, hint, key=True)
                good = False
            elif key in {"at_least", "at_most"} and (not isinstance(raw, int) or raw < 0):
                message = f"“{raw}” is not a whole number from 0 on."
                self.report((*place, key), message, "Write 0, 1, 2 …")
                good = False
        if good and not {"at_least", "at_most"} & set(value):
            self.report(place, "“count” needs at_least or at_most.", _COUNT_EXAMPLE, key=True)
            good = False
        return good


def _read_comparison(subject: Subject, fact: Fact, value: object) -> tuple[Condition, ...]:
    if not isinstance(value, dict):
        return (Compare(subject, "any_of", read_words(fact, value)),)
    if not value:
        raise MisfitError("A value is missing here.", "Name the value that is meant.")
    read = [read_operator(name, raw, fact.type, fact) for name, raw in value.items()]
    return tuple(Compare(subject, *one) for one in read)
