"""What a condition looks at: a fact of the clinic, or of the thing that is asked about."""

from dataclasses import dataclass
from typing import Protocol

from compliance.checklist.condition import Subject
from compliance.checklist.fact import FactSheet, Group, list_words
from compliance.text.diagnostic import suggest
from compliance.text.yaml_text import Path


class Report(Protocol):
    """Takes the path of what is wrong, a sentence and a hint; `key` points at a mapping's key."""

    def __call__(
        self,
        path: Path,
        message: str,
        hint: str = "",
        *,
        key: bool = False,
        rule: str = "malformed-condition",
    ) -> None:
        """Report it."""


@dataclass(frozen=True, slots=True)
class SubjectFinder:
    """Finds what a key of a condition names.

    `group` is what the question is asked for. Inside `count`, `counting` is set: keys are the
    facts of each member of `group`.
    """

    sheet: FactSheet
    report: Report
    group: Group | None
    counting: bool

    def find(self, key: str, place: Path) -> Subject | None:
        """Return the subject; one that does not exist is reported."""
        own = key.startswith("this.")
        if own and self.counting:
            message = f"Inside “count” there is no “this”: “{key}” would be somebody else's."
            hint = f"Write “{key[5:]}” for the one that is counted."
            self.report(place, message, hint, key=True, rule="this-without-repeat")
            return None
        if own or self.counting:
            return self._find_own(tuple(key.split("."))[own:], key, place)
        if fact := self.sheet.fact(key):
            return Subject("clinic", (key,), None, fact, fact.ask)
        self._report_unknown_fact(key, place)
        return None

    def _report_unknown_fact(self, key: str, place: Path) -> None:
        names = [fact.id for fact in self.sheet.clinic] + ["answers", "any_of", "count"]
        hint = suggest(key, names) or "Facts are declared in facts.yaml."
        if self.group and self.sheet.base(self.group).fact(key):
            hint = f"Write “this.{key}”."
        self.report(place, f"There is no fact “{key}”.", hint, key=True, rule="unknown-fact")

    def _find_own(self, path: Path, key: str, place: Path) -> Subject | None:
        if self.group is None:
            message = f"“{key}” needs a “for_each”, so that there is a thing to speak of."
            hint = "Add for_each, or name a fact of the clinic."
            self.report(place, message, hint, key=True, rule="this-without-repeat")
            return None
        group = self.group
        for step in path[:-1]:
            following = self._step(group, str(step))
            if following is None:
                self._report_step(str(step), group, key, place)
                return None
            group = following
        owner = self.sheet.base(group)
        fact = owner.fact(str(path[-1]))
        if fact is None or fact.type in {"thing", "things"}:
            self._report_step(str(path[-1]), group, key, place)
            return None
        return Subject("own", tuple(map(str, path)), owner.id, fact, fact.ask)

    def _step(self, group: Group, step: str) -> Group | None:
        if group.pairs and step in group.pairs:
            return self.sheet.group(step)
        fact = self.sheet.base(group).fact(step)
        return self.sheet.group(fact.of) if fact and fact.type == "thing" and fact.of else None

    def _has(self, side: str, step: str) -> bool:
        group = self.sheet.group(side)
        return group is not None and self.sheet.base(group).fact(step) is not None

    def _report_step(self, step: str, group: Group, key: str, place: Path) -> None:
        names = [*(fact.id for fact in self.sheet.base(group).facts), *(group.pairs or ())]
        fact = self.sheet.base(group).fact(step)
        if fact and fact.type == "things":
            message = f"“{key}”: “{step}” names several things, and it is not said which is meant."
            hint = "Ask of each of them, or use “count”."
        elif self._step(group, step):
            message = f"“{key}” names a thing, not a fact."
            hint = f"Go on to one of its facts, as in “{key}.name_of_a_fact”."
        elif fact:
            message = f"“{key}”: “{step}” is no thing that has facts of its own."
            hint = "End the name there."
        else:
            message = f"“{key}”: “{group.title}” has no fact “{step}”."
            sides = [side for side in group.pairs or () if self._has(side, step)]
            hint = suggest(step, names) or f"It has {list_words(names or ['none'])}."
            hint = f"Write “this.{sides[0]}.{step}”." if sides else hint
        self.report(place, message, hint, key=True, rule="unknown-fact")
