"""A date that runs out, and nobody is warned before."""

from collections.abc import Iterator

from compliance.checklist.answer import DateAnswer
from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield dates that lapse without a `warn_within`."""
    for one in material.asked:
        answer = one.requirement.answer
        if (
            isinstance(answer, DateAnswer)
            and answer.conforms_when.lapses
            and not answer.warn_within
        ):
            message = "This date will run out, and nothing warns before it does."
            yield one.diagnose("answer", message, "Add warn_within, such as 60 days.", key=True)


RULE = Rule(
    code="Q407",
    name="expiry-without-warning",
    severity="warning",
    what="A date with `not_before: today` or `within_last`, and no `warn_within`.",
    why="What lapses soon stands on the report's first page only if the checklist says how soon is soon.",
    bad="answer: {type: date, conforms_when: {not_before: today}}",
    good="answer: {type: date, conforms_when: {not_before: today}, warn_within: 60 days}",
    check=check,
)
