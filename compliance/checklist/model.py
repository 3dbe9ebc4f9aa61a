"""A checklist as its file says it, before conditions and references are resolved."""

from typing import Any, Self

from pydantic import Field, field_validator, model_validator

from compliance.checklist.answer import AnswerRule, YesNoAnswer
from compliance.checklist.fact import list_words
from compliance.checklist.frozen import (
    Depth,
    Force,
    Frozen,
    Grade,
    Id,
    IsoDate,
    Minutes,
    Name,
    Text,
)

_STATES = """
AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO
MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY
"""
JURISDICTIONS = frozenset(_STATES.split())
EVIDENCE = ("required", "recommended", "none")


class Conditional(Frozen):
    """Anything that may apply only under a condition, and be lifted by another."""

    applies_when: dict[str, Any] | None = None
    unless: dict[str, Any] | None = None


class Requirement(Conditional):
    """One thing asked, of one force."""

    id: Id
    ask: Text
    for_each: Name | None = None
    depth: Depth = "core"
    force: Force
    grade: Grade
    cite: tuple[Id, ...] = Field(min_length=1)
    answer: AnswerRule = YesNoAnswer()
    yes_if: Text | None = None
    no_if: Text | None = None
    partly_if: Text | None = None
    look_at: tuple[Text, ...] = ()
    why: Text | None = None
    fix: Text | None = None
    evidence: str = "none"
    minutes: Minutes = 1

    @field_validator("evidence")
    @classmethod
    def _check_evidence(cls, word: str) -> str:
        if word not in EVIDENCE:
            raise ValueError(f"“{word}” is not among {list_words(EVIDENCE)}")
        return word

    @model_validator(mode="after")
    def _check_partly(self) -> Self:
        if self.partly_if and not isinstance(self.answer, YesNoAnswer):
            raise ValueError("a typed question takes no “partly”, so “partly_if” says nothing")
        return self


USE_KEYS = ("like", "with", "reads")
"""What a requirement says of the form that it is like; filled, it says the rest itself."""


class Section(Conditional):
    """Requirements that are asked in one place, and where the auditor stands."""

    title: Text
    where: Text | None = None
    requirements: tuple[Requirement, ...] = Field(min_length=1)


class Retired(Frozen):
    """A requirement that went away; its id is never used again."""

    id: Id
    on: IsoDate
    reason: Text


class Checklist(Conditional):
    """One subject: what is asked about it, of whom, and in which jurisdiction."""

    id: Id
    title: Text
    edition: IsoDate
    jurisdiction: str
    about: Text
    sections: tuple[Section, ...] = Field(min_length=1)
    retired: tuple[Retired, ...] = ()

    @field_validator("jurisdiction")
    @classmethod
    def _check_jurisdiction(cls, text: str) -> str:
        if text != "US" and not (text.startswith("US-") and text[3:] in JURISDICTIONS):
            raise ValueError(f"“{text}” is no jurisdiction; write US, or US-CA for a state")
        return text

    @property
    def state(self) -> str | None:
        """The two letters of the state it is for; None for the whole country."""
        return self.jurisdiction[3:] or None


class Pack(Frozen):
    """A folder of checklists: who publishes it, and in which order they are walked."""

    name: Id
    title: Text
    edition: IsoDate
    publisher: Text
    licence: Text
    order: tuple[Id, ...] = ()
