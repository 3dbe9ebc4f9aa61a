"""A group of facts.yaml is not made of what groups are made of."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="G114",
    name="broken-group",
    severity="error",
    what=(
        "A subset, a pair or a reference points at a group that cannot serve, or a membership "
        "looks at more than one thing."
    ),
    why="Every question for each member of the group would be asked of the wrong things.",
    bad=("groups:\n  - {id: place, title: Person at a site, pairs: [site, site]}"),
    good=("groups:\n  - {id: place, title: Person at a site, pairs: [staff, site]}"),
    example="facts",
)
