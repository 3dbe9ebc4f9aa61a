"""Critical on the strength of a text that nobody read."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="A204",
    name="critical-unread",
    severity="error",
    what="The grade is `critical` and every source it cites is `not-read`.",
    why="Critical means to stop giving the drug; nobody should stop for hearsay.",
    bad=(
        "ask: Has the clinic confirmed with the board that it is so?\n"
        "grade: critical\n"
        "cite: [unread]"
    ),
    good=(
        "ask: Has the clinic confirmed with the board that it is so?\ngrade: minor\ncite: [unread]"
    ),
)
