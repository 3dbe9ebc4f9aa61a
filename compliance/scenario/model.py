"""A scenario file as it is written: clinics, and what is asked and found when they are audited."""

from typing import Any, Literal

from pydantic import Field

from compliance.checklist.frozen import Depth, Frozen, IsoDate, Text

Conclusion = Literal["conforming", "partly", "nonconforming", "not determined", "not applicable"]
Ending = Literal[
    "critical gaps", "major gaps", "minor gaps", "incomplete", "no gap seen", "nothing audited"
]


class Counts(Frozen):
    """How many requirements are asked, or how many minutes they take, by depth."""

    quick: int | None = Field(default=None, ge=0)
    core: int | None = Field(default=None, ge=0)
    deep: int | None = Field(default=None, ge=0)


class Expectation(Frozen):
    """What must come of a scenario; keys are `requirement@thing`, with the checklist if another's.

    A key without a thing means any of its things in `asked` and `not_asked`, and the worst of
    them in `findings`.
    """

    asked: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    findings: dict[str, Conclusion] = Field(default_factory=dict)
    conclusion: tuple[Ending, ...] | None = None
    questions: Counts | None = None
    minutes: Counts | None = None


class Scenario(Frozen):
    """One audit: whose, on which day, how deep, what is answered, and what must come of it.

    `rest` answers every question of yes or no that is not answered by name: `conforming` with
    yes (and a paper where evidence is required), `nonconforming` with no.
    """

    name: Text
    clinic: str
    facts: dict[str, Any] = Field(default_factory=dict)
    as_of: IsoDate | None = None
    depth: Depth = "deep"
    only: tuple[str, ...] | None = None
    rest: Literal["conforming", "nonconforming", "open"] = "open"
    answers: dict[str, Any] = Field(default_factory=dict)
    expect: Expectation


class ScenarioFile(Frozen):
    """The whole of one file; `as_of` is the day of scenarios that do not say one."""

    as_of: IsoDate
    clinics: dict[str, dict[str, Any]] = Field(min_length=1)
    scenarios: tuple[Scenario, ...] = Field(min_length=1)
