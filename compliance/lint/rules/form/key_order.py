"""The keys of a requirement or form stand in another order than everywhere else."""

from collections.abc import Iterator

from compliance.checklist.model import USE_KEYS, Requirement
from compliance.lint.fixing import reorder_keys
from compliance.lint.forms import list_forms
from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic

ORDER = (
    "id",
    *USE_KEYS,
    "ask",
    "for_each",
    "depth",
    "force",
    "grade",
    "cite",
    "applies_when",
    "unless",
    "answer",
    "yes_if",
    "no_if",
    "partly_if",
    "look_at",
    "why",
    "fix",
    "evidence",
    "minutes",
)
if set(ORDER) != {*USE_KEYS, *Requirement.model_fields}:
    raise AssertionError(set(ORDER) ^ {*USE_KEYS, *Requirement.model_fields})


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield the first key of each requirement and form that stands after one it belongs before."""
    rank = {name: n for n, name in enumerate(ORDER)}
    for one in (*material.asked, *list_forms(material)):
        highest = ("", -1)
        for name in one.keys:
            place = rank.get(name, -1)
            if 0 <= place < highest[1]:
                message = f"“{name}” stands after “{highest[0]}”."
                yield one.diagnose(name, message, "Put it before; --fix does it.", key=True)
                break
            highest = max(highest, (name, place), key=lambda pair: pair[1])


RULE = Rule(
    code="F520",
    name="key-order",
    severity="warning",
    what="Keys in another order than " + ", ".join(ORDER) + ".",
    why="A reviewer who reads the fiftieth requirement finds each thing where it was in the first.",
    bad="minutes: 1\nwhy: Because.",
    good="why: Because.\nminutes: 1",
    check=check,
    fix=lambda document, diagnostic: reorder_keys(document, diagnostic, ORDER),
)
