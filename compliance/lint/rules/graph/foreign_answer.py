"""A condition reads an answer given for another thing."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="G108",
    name="foreign-answer",
    severity="error",
    what=(
        "The earlier question is asked for each of a group, and it is not said whose answer is "
        "meant."
    ),
    why="Somebody else's answer would decide: one site's gap would open questions at another.",
    bad="applies_when: {answers: {trial/for-each-site: no}}",
    good=(
        "applies_when: {count: {of: site, where: {answers: {trial/for-each-site: no}}, "
        "at_least: 1}}"
    ),
)
