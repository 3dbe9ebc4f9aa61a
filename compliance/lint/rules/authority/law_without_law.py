"""Force law without a law."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="A203",
    name="law-without-law",
    severity="error",
    what=(
        "A requirement of force `law` cites no statute or regulation, and no label or REMS that "
        "says whom it binds."
    ),
    why="Never state as law what is not law: an owner would fear a penalty that does not exist.",
    bad=("force: law\ncite: [paper]"),
    good=("force: law\ncite: [statute]"),
)
