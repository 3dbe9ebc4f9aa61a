"""A question of yes or no does not say what each means."""

from collections.abc import Iterator

from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield questions of yes or no that lack one of the two."""
    for one in material.asked:
        if one.takes_yes_or_no:
            for name in ("yes_if", "no_if"):
                if one.lacks(name):
                    message = f"“{name}” is missing, so two auditors may answer differently."
                    yield one.diagnose("id", message, "Say what is seen then.")


RULE = Rule(
    code="F516",
    name="missing-yes-no-if",
    severity="warning",
    what="A question of yes or no without `yes_if` or `no_if`.",
    why="What good looks like must stand on the screen, or everybody measures by their own yard.",
    bad="minutes: 1",
    good="yes_if: It stays shut when you pull.\nno_if: It opens when you pull.",
    check=check,
)
