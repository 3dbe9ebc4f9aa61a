"""The slots of a form and what fills them do not go together."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="F524",
    name="slots",
    severity="error",
    what=(
        "A slot of a form is not filled, `with` names one that the form does not have, what fills a "
        "slot holds a brace, or a brace in a form belongs to no slot or stands where no text is."
    ),
    why="A question with a hole in it, or with a word that was lost, is asked of nobody.",
    bad="like: posted\nwith: {whatt: the permit}",
    good="like: posted\nwith: {what: the permit}",
)
