"""Facts of a clinic that a condition may name, and the groups of things that repeat."""

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from compliance.checklist.frozen import Frozen, Name, Text, YesNo, read_iso_date

FactType = Literal["yes_no", "choice", "choices", "number", "text", "date", "thing", "things"]
Value = str | Decimal | date | tuple[str, ...]
"""yes_no, choice, text, thing: str; number: Decimal; date: date; choices, things: tuple of ids."""

UNKNOWN = "unknown"
TAKEN = frozenset({"any_of", "answers", "count", "this"})
_NUMBER = re.compile(r"[-+]?[0-9]{1,15}(\.[0-9]{1,9})?\Z")


class Fact(Frozen):
    """One property of the clinic, or of one of its things."""

    id: Name
    type: FactType
    ask: Text
    help: Text | None = None
    choices: dict[str, Text] | None = Field(default=None, min_length=1)
    unit: Text | None = None
    of: Name | None = None
    required: YesNo = "no"
    asked: Literal["when-needed", "always", "never"] = "when-needed"
    applies_when: dict[str, Any] | None = None

    @field_validator("id")
    @classmethod
    def _check_not_taken(cls, name: str) -> str:
        if name in TAKEN:
            raise ValueError(
                f"“{name}” has a meaning of its own in conditions; choose another name"
            )
        return name

    @model_validator(mode="after")
    def _check_parts(self) -> Self:
        if UNKNOWN in (self.choices or ()):
            raise ValueError("“unknown” is an answer to every question, so it is no choice")
        if (self.type in {"choice", "choices"}) != (self.choices is not None):
            raise ValueError("“choices” are given for the types choice and choices, and only there")
        if (self.type in {"thing", "things"}) != (self.of is not None):
            raise ValueError("“of” names a group for the types thing and things, and only there")
        if self.applies_when is not None and self.type != "choices":
            raise ValueError("only a fact of several choices may not apply: then it has none")
        return self

    @property
    def words(self) -> Collection[str]:
        """The values that a condition may name; empty when they are not known beforehand."""
        return ("yes", "no") if self.type == "yes_no" else tuple(self.choices or ())

    def read(self, raw: Any) -> Value:  # noqa: ANN401 - whatever a file or a person gave
        """Return `raw` as a value of this fact.

        Raises:
            ValueError: it is none; the sentence says which values there are.
        """
        if self.type in {"choices", "things"}:
            return self._read_several(raw)
        if self.type == "number":
            return read_number(raw)
        if self.type == "date":
            return read_iso_date(raw)
        if not isinstance(raw, str) or not raw.strip():
            raise ValueError(f"“{raw}” is not a text; put it in quotes")
        return self._read_word(raw.strip())

    def _read_word(self, word: str) -> str:
        if not self.words:
            return word
        for known in self.words:
            if word.lower() == known.lower():
                return known
        raise ValueError(f"“{word}” is not among {list_words(self.words)}")

    def _read_several(self, raw: Any) -> tuple[str, ...]:  # noqa: ANN401 - as above
        items = [raw] if isinstance(raw, str) else raw
        if not isinstance(items, list | tuple) or not all(isinstance(one, str) for one in items):
            raise ValueError(f"“{raw}” is not a list; write it as [one, two]")
        given = dict.fromkeys(self._read_word(one.strip()) for one in items)
        return tuple(w for w in self.words if w in given) if self.words else tuple(given)

    def show(self, value: Value) -> str:
        """Return the value as a person would say it."""
        if isinstance(value, tuple):
            return ", ".join(self.show_word(one) for one in value) or "none of these"
        return self.show_word(str(value)) + (f" {self.unit}" if self.unit else "")

    def show_word(self, word: str) -> str:
        """Return what stands for one choice on the screen."""
        return (self.choices or {}).get(word, word)

    def write(self, value: Value) -> Any:  # noqa: ANN401 - plain data for YAML or JSON
        """Return the value as plain data, which `read` takes back."""
        if isinstance(value, tuple):
            return list(value)
        if isinstance(value, Decimal):
            return f"{value:f}"
        return str(value) if isinstance(value, date) else value


def read_number(raw: object) -> Decimal:
    """Return a finite decimal number.

    Raises:
        ValueError: it is none.
    """
    text = str(raw).strip()
    if not _NUMBER.match(text):
        raise ValueError(f"“{raw}” is not a number; write it in digits, as 12 or 1.5")
    return Decimal(text)


def list_words(words: Collection[str]) -> str:
    """Return `a, b or c`."""
    words = list(words)
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + f" or {words[-1]}"


class Group(Frozen):
    """Things that repeat: declared one by one, or a named subset, or the pairs of two groups."""

    id: Name
    title: Text
    plural: Name | None = None
    ask: Text | None = None
    help: Text | None = None
    facts: tuple[Fact, ...] = ()
    subset_of: Name | None = None
    where: dict[str, Any] | None = None
    pairs: tuple[Name, Name] | None = None
    by: Name | None = None
    at_least: Literal[0, 1] = 0
    applies_when: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _check_kind(self) -> Self:
        kinds = (self.plural is not None, self.subset_of is not None, self.pairs is not None)
        if sum(kinds) != 1:
            raise ValueError("a group has one of “plural”, “subset_of” and “pairs”")
        for name, given, kind, fits in (
            ("facts", self.facts, "plural", self.plural),
            ("where", self.where, "subset_of", self.subset_of),
            ("by", self.by, "pairs", self.pairs),
        ):
            if given and not fits:
                raise ValueError(f"“{name}” stands only in a group that has “{kind}”")
        return self

    @property
    def declared(self) -> bool:
        """Whether its members are declared one by one."""
        return self.plural is not None

    def fact(self, name: str) -> Fact | None:
        """Return the fact of that name, if the group has it."""
        return next((fact for fact in self.facts if fact.id == name), None)


class FactSheet(Frozen):
    """The whole of `facts.yaml`."""

    clinic: tuple[Fact, ...]
    groups: tuple[Group, ...] = ()

    @model_validator(mode="after")
    def _check_conditions(self) -> Self:
        for fact in self.clinic:
            if fact.applies_when is not None:
                raise ValueError(
                    f"“{fact.id}” is a fact of the clinic, and only one of a group may not apply"
                )
        return self

    def fact(self, name: str) -> Fact | None:
        """Return the clinic's fact of that name, if there is one."""
        return next((fact for fact in self.clinic if fact.id == name), None)

    def group(self, name: str) -> Group | None:
        """Return the group of that name, if there is one."""
        return next((group for group in self.groups if group.id == name), None)

    def base(self, group: Group) -> Group:
        """Return the declared group that a subset is drawn from; a pair is its own base."""
        return self.line(group)[-1]

    def line(self, group: Group) -> list[Group]:
        """Return the group, the one that it is a subset of, and so on up to the declared one."""
        found = [group]
        for _ in self.groups:  # a ring of subsets, which is refused elsewhere, ends here too
            if not (group.subset_of and (parent := self.group(group.subset_of))):
                break
            group = parent
            found.append(group)
        return found
