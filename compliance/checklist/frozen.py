"""The base of every model that is read from a YAML file, and the small types they share."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, field_validator

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""A date outside of these is a slip of the finger."""

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*\Z")


class Frozen(BaseModel):
    """Data as it was written: no key that we do not know, no type that was guessed."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    @field_validator("*", mode="after")
    @classmethod
    def _refuse_nothing(cls, value: object) -> object:
        """A key that nothing follows was forgotten; to leave it out says the same on purpose."""
        if value is None:
            raise ValueError("a value is missing here")
        return value


def read_iso_date(text: object) -> date:
    """Return the date of `2026-11-23`; only that form is a date.

    Raises:
        ValueError: it has another form, there is no such day, or the year cannot be meant.
    """
    day = text if isinstance(text, date) else _read_day(text)
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"{day} cannot be meant; give a year between 1900 and 2199")
    return day


def _read_day(text: object) -> date:
    if not isinstance(text, str) or not _DAY.match(text):
        raise ValueError(f"“{text}” is not a date; write it as 2026-11-23")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"there is no day {text}") from error


def _check_id(text: str) -> str:
    if not _ID.match(text):
        raise ValueError(f"“{text}” is no id; use lower-case words joined by hyphens")
    return text


def _check_name(text: str) -> str:
    if not _NAME.match(text):
        raise ValueError(f"“{text}” is no name; use lower-case words joined by underscores")
    return text


def _check_text(text: str) -> str:
    if not text.strip():
        raise ValueError("this must not be empty")
    return " ".join(text.split())


def _check_minutes(value: int) -> int:
    if not 1 <= value <= 60:  # noqa: PLR2004 - an hour
        raise ValueError("this must be between 1 and 60 minutes")
    return value


IsoDate = Annotated[date, BeforeValidator(read_iso_date)]
Id = Annotated[str, AfterValidator(_check_id)]
Name = Annotated[str, AfterValidator(_check_name)]
Text = Annotated[str, AfterValidator(_check_text)]
Minutes = Annotated[int, AfterValidator(_check_minutes)]
YesNo = Literal["yes", "no"]
Force = Literal["law", "guidance", "consensus", "good-practice"]
Grade = Literal["critical", "major", "minor"]
Depth = Literal["quick", "core", "deep"]
ReadLevel = Literal["full-text", "partial", "secondary", "not-read"]

FORCES: tuple[Force, ...] = ("law", "guidance", "consensus", "good-practice")
GRADES: tuple[Grade, ...] = ("critical", "major", "minor")
DEPTHS: tuple[Depth, ...] = ("quick", "core", "deep")
