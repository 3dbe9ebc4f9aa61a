"""A condition with too many worlds to try."""

from collections.abc import Iterator

from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.lint.worlds import MOST_WORLDS
from compliance.text.diagnostic import Diagnostic


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield the conditions at which trying gave up."""
    for verdict in material.verdicts:
        if verdict.judgement == "unexamined":
            message = f"Whether this can hold was not examined: more than {MOST_WORLDS} cases."
            hint = "Name fewer facts, or split the requirement."
            yield verdict.document.diagnose(verdict.path, message, hint, key=True)


RULE = Rule(
    code="G113",
    name="condition-unexamined",
    severity="note",
    what="A condition that names so much at once that not every case was tried.",
    why="The check on dead conditions is exact or it says that it gave up; here it gave up.",
    bad="\n".join(
        (
            "applies_when:",
            "  any_of:",
            "    - {colours: [a, b, c], buys_stock: yes}",
            *(
                f"    - {{colours: {word}, visits: {{at_least: {n}}}}}"
                for n, word in enumerate("abcdefghijklmn")
            ),
        )
    ),
    good="applies_when: {buys_stock: yes}",
    check=check,
)
