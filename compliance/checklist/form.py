"""Forms: wordings that several requirements share, held once with slots for what differs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import Field

from compliance.checklist.frozen import Frozen, Id, Text
from compliance.checklist.model import Requirement
from compliance.text.yaml_text import Document, Lent

FORMS = "forms.yaml"
FIELDS = frozenset(Requirement.model_fields) - {"id", "cite"}
"""The keys of a requirement that a form may say for it."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form, the entry `index` of its document.

    `fields` are plain data, with slots in their texts; `broken` are those that are wrong and so
    left out. `slots` are those of each field, broken or not, as often as they stand there, and
    `names` each of them once. `whole` and `parts` are it and its fields as checklists are lent
    them. `requirement` is the form read as a requirement, with stand-ins for what it leaves open.
    """

    document: Document
    index: int
    name: str
    fields: Mapping[str, Any]
    broken: frozenset[str]
    slots: Mapping[str, tuple[str, ...]]
    names: Collection[str]
    whole: Lent
    parts: Mapping[str, Lent]
    size: int
    requirement: Requirement


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms that requirements may be like; `broken`: there may be some that could not be read."""

    by_name: Mapping[str, Form] = field(default_factory=dict)
    broken: bool = False

    def beside(self, lent: "Forms") -> "Forms":
        """Return these forms together with those that another pack lends."""
        return Forms({**lent.by_name, **self.by_name}, self.broken or lent.broken)


@dataclass(frozen=True, slots=True)
class Use:
    """A requirement that is like a form, and what it says the question reads."""

    form: Form
    reads: str | None


class Likeness(Frozen):
    """What a requirement says of its form."""

    like: Id
    slots: dict[str, Text] = Field(default={}, alias="with", min_length=1)
    reads: Text | None = None
