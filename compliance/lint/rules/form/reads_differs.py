"""What a requirement says that its question reads is not what it reads."""

from collections.abc import Iterator
from dataclasses import replace

from compliance.lint.fixing import write_text
from compliance.lint.material import Asked, Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic

_KEY = "reads"


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield each use of a form whose `reads` is missing or differs from the question.

    A question that is written beside `like` need not be said twice.
    """
    for one in material.asked:
        asks = next((text for _, text in one.texts("ask")), "")
        reads = one.use.reads if one.use else asks
        if asks and reads != asks and (reads or "ask" not in one.keys):
            yield replace(_diagnose(one, asks), instead=asks)


def _diagnose(one: Asked, asks: str) -> Diagnostic:
    if _KEY in one.keys:
        return one.diagnose(_KEY, f"The question reads “{asks}”.", "Write it so; --fix does it.")
    message = f"It is not said here what the question reads: “{asks}”."
    return one.diagnose("like", message, f"Add it as {_KEY}; --fix does it.")


RULE = Rule(
    code="F523",
    name="reads-differs",
    severity="error",
    what=(
        "A requirement that is like a form does not say under `reads` what its question reads, or "
        "says something else. White space does not matter."
    ),
    why="Whoever reviews the file reads whole sentences, and no form changes them behind their back.",
    bad="like: posted\nwith: {what: the permit}\nreads: Does the licence hang where patients see it?",
    good="like: posted\nwith: {what: the permit}\nreads: Does the permit hang where patients see it?",
    check=check,
    fix=lambda document, diagnostic: write_text(document, diagnostic, _KEY),
    rewrites=_KEY,
)
