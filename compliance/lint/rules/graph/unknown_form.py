"""A requirement is like a form that does not exist."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="G119",
    name="unknown-form",
    severity="error",
    what="`like` names no form of the pack's `forms.yaml`, nor of the pack that it is added to.",
    why="There is nothing to ask.",
    bad="like: postd\nwith: {what: the permit}",
    good="like: posted\nwith: {what: the permit}",
)
