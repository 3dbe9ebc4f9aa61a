"""A rule is silenced where it finds nothing."""

from compliance.lint.rule import Rule
from compliance.lint.suppression import remove_remark

RULE = Rule(
    code="F518",
    name="remark-unused",
    severity="warning",
    what="A `# lint-ignore` silences a rule that does not speak there.",
    why="It would hide the next mistake on that line.",
    bad="minutes: 1  # lint-ignore W303: nothing vague here",
    good="minutes: 1",
    fix=remove_remark,
)
