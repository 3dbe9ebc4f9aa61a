"""Two things have the same id."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="G115",
    name="duplicate-id",
    severity="error",
    what="A requirement, checklist, source, fact, group or pack goes by a name that is taken.",
    why="Answers are remembered by id; two with one id would share their answers.",
    bad="id: first",
    good="id: second",
)
