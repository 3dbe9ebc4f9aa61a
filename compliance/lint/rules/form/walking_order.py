"""The pack's order names what is not there, or twice."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="F511",
    name="walking-order",
    severity="error",
    what="An entry of `order` in `pack.yaml` is no checklist of the pack, or stands twice.",
    why="A checklist that was meant to be walked would not be.",
    bad="order: [trial, triall]",
    good="order: [trial]",
    example="pack",
)
