"""A rule is silenced, and it is not said why."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="F517",
    name="remark-without-reason",
    severity="error",
    what="A `# lint-ignore` has no reason after a colon. It silences nothing until it has one.",
    why="The next author must be able to tell whether it still holds.",
    bad="why: Vaguely put.  # lint-ignore W303",
    good="why: Vaguely put.  # lint-ignore W303: the statute's own word",
)
