"""Which answers of an earlier audit would not carry: they are kept under id and digest."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from compliance.checklist.library import Library


@dataclass(frozen=True, slots=True)
class LostAnswer:
    """An answer by the key of its question, such as `storage/locked@cabinet-a`.

    `before` when it did not carry to the old edition either, so that this change is not to blame.
    """

    key: str
    reason: Literal["changed", "gone"]
    before: bool


@dataclass(frozen=True, slots=True)
class EarlierAnswers:
    """What becomes of an audit's answers; `elsewhere` are those of checklists not compared.

    `audit` is the name of its folder, which is its day.
    """

    audit: str
    carried: int
    elsewhere: int
    lost: tuple[LostAnswer, ...]


def sort_answers(
    audit: str, answers: Iterable[tuple[str, str]], old: Library, new: Library
) -> EarlierAnswers:
    """Return what becomes of answers, each given by its key and the digest it was given under."""
    lost, carried, elsewhere = [], 0, 0
    for key, digest in answers:
        name = key.partition("@")[0]
        checklist = name.partition("/")[0]
        if checklist not in new.checklists and checklist not in old.checklists:
            elsewhere += 1
        elif _carries(name, digest, new):
            carried += 1
        else:
            reason: Literal["changed", "gone"] = "changed" if name in new.by_key else "gone"
            lost.append(LostAnswer(key, reason, not _carries(name, digest, old)))
    return EarlierAnswers(audit, carried, elsewhere, tuple(lost))


def _carries(name: str, digest: str, library: Library) -> bool:
    return name in library.by_key and library.by_key[name].digest == digest
