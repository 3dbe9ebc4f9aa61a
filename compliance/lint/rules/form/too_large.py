"""The file is too large, too deep or has too many values."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="F505",
    name="too-large",
    severity="error",
    what="More than 4 MiB, 64 levels or 200,000 values.",
    why=(
        "A file that nobody can read is no checklist, and a hostile one must not stop the machine."
    ),
    bad=(
        "why: "
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"
    ),
    good="why: It is enough to say it once.",
)
