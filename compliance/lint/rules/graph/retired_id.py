"""An id that was retired is used again."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="G116",
    name="retired-id",
    severity="error",
    what="A requirement goes by an id that stands under `retired`.",
    why="Last year's answer to another question would be shown beside this one.",
    bad="id: gone",
    good="id: new-one",
)
