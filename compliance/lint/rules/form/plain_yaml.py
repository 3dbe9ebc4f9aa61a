"""An anchor, alias, tag or merge key, or a second document."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="F502",
    name="plain-yaml",
    severity="error",
    what="The file uses a part of YAML that this language leaves out.",
    why=(
        "A clinician or a lawyer reviews the file line by line; what is written elsewhere and "
        "pulled in is not seen."
    ),
    bad="why: &why Because.",
    good="why: Because.",
)
