"""What verifying found, as the JSON that programs read, and its published schema."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from pydantic import TypeAdapter

from compliance import __version__
from compliance.audit.plain import OneOf, Plain
from compliance.audit.published import describe
from compliance.verification.check import Verification

SCHEMA = "clinic-compliance/verification/1"


@dataclass(frozen=True, slots=True)
class CheckTold(Plain):
    """One question and what came of it.

    `verdict` is holds, fails, or told: something to know that makes no report fail.
    `sentence` says why, to a person; its wording may change. `reason` says the same to a program
    and stays: it is the verdict itself where there is nothing more to tell apart.
    """

    question: str
    verdict: Annotated[str, OneOf(("holds", "told", "fails"))]
    reason: str
    sentence: str


@dataclass(frozen=True, slots=True)
class VerificationTold(Plain):
    """All that was checked about a report. `holds` is whether nothing failed."""

    schema: Annotated[str, OneOf((SCHEMA,))]
    tool: str
    file: str
    holds: bool
    checks: tuple[CheckTold, ...]


@cache
def _adapter() -> TypeAdapter[VerificationTold]:
    return TypeAdapter(VerificationTold)


def make_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a verification."""
    return describe(_adapter(), "What verifying a report found")


def write_verification(found: Verification, file: str) -> str:
    """Return the verdicts on a file as JSON."""
    checks = tuple(
        CheckTold(one.question, one.verdict, one.reason or one.verdict, one.sentence)
        for one in found.checks
    )
    told = VerificationTold(SCHEMA, f"clinic-compliance {__version__}", file, found.holds, checks)
    return json.dumps(_adapter().dump_python(told), ensure_ascii=False, indent=1)
