"""A key that the language does not know."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="F506",
    name="unknown-key",
    severity="error",
    what="A key is misspelt, or stands where it does not belong.",
    why="Nothing is passed over quietly: a misspelt `unless` would change who is asked.",
    bad="look_att: [the lock]",
    good="look_at: [the lock]",
)
