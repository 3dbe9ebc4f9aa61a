"""A value of a kind that does not fit."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="F508",
    name="wrong-value",
    severity="error",
    what=(
        "A text where a list is needed, a word that is not among those known, a date that does "
        "not exist, or the like."
    ),
    why="A guess at what was meant could be wrong, so it is refused.",
    bad="grade: severe",
    good="grade: major",
)
