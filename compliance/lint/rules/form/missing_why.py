"""A requirement does not say why it matters."""

from compliance.lint.left_out import check_for
from compliance.lint.rule import Rule

RULE = Rule(
    code="F515",
    name="missing-why",
    severity="warning",
    what="A requirement without `why`: the harm, or how it is enforced.",
    why="Nobody keeps a rule whose harm is not seen; a common wrong belief is put right here, too.",
    bad="minutes: 1",
    good="why: An open cabinet is the easiest way for vials to leave.",
    check=check_for("why"),
)
