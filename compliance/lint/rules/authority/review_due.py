"""A source whose review is due."""

from collections.abc import Iterator

from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield the sources whose `review_by` has passed."""
    for one in material.sources:
        due = one.source.review_by
        if due and due < material.as_of:
            message = f"“{one.source.citation}” was to be reviewed by {due}."
            hint = "Read the current text, then move text_as_of and review_by."
            yield one.diagnose("review_by", message, hint)


RULE = Rule(
    code="A207",
    name="review-due",
    severity="warning",
    what="A source whose `review_by` lies before the day of the lint (`--as-of`).",
    why="Rules change. A checklist that nobody looks at again states yesterday's law.",
    bad="review_by: 2020-01-01",
    good="review_by: 2099-01-01",
    example="source",
    check=check,
    calendar=True,
)
