"""“this.” where there is no thing to speak of."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="G107",
    name="this-without-repeat",
    severity="error",
    what="A key begins with `this.` though the question is asked once, or stands inside `count`.",
    why="Without `for_each` there is no thing; inside `count` it would be somebody else's.",
    bad="applies_when: {this.state: CO}",
    good=("for_each: site\napplies_when: {this.state: CO}"),
)
