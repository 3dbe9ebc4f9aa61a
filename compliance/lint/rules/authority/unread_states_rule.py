"""A rule is stated that nobody read."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="A205",
    name="unread-states-rule",
    severity="error",
    what=(
        "Every source is `not-read`, and the question is not of the kind “Has the clinic "
        "confirmed …?”."
    ),
    why=(
        "What nobody read cannot be held against a clinic; it can only be asked whether the "
        "clinic found out."
    ),
    bad=("ask: Is the form filed each year?\ncite: [unread]"),
    good=(
        "ask: Has the clinic confirmed with the board whether the form is filed each year?\n"
        "cite: [unread]"
    ),
)
