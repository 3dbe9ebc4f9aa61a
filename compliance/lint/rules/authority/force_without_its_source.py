"""A force that none of the sources has."""

from collections.abc import Iterator

from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic

_CARRIES = {
    "consensus": {"consensus", "standard"},
    "guidance": {"guidance", "label", "rems"},
}


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield requirements of consensus or guidance that cite nothing of that kind."""
    for one in material.asked:
        force = one.requirement.force
        sources = material.cited(one.requirement)
        kinds = {source.kind for source in sources}
        known = len(sources) == len(one.requirement.cite)
        if known and force in _CARRIES and not kinds & _CARRIES[force]:
            message = f"Nothing that this cites is {force}."
            hint = "Cite one that is, or choose the force that the sources have."
            yield one.diagnose("force", message, hint)


RULE = Rule(
    code="A213",
    name="force-without-its-source",
    severity="warning",
    what=(
        "A requirement of force `consensus` without a source of kind consensus or standard, or of "
        "force `guidance` without guidance, a label or a REMS."
    ),
    why="Law, guidance, consensus and good practice are never mixed; the force must be the source's.",
    bad="force: guidance\ncite: [paper]",
    good="force: consensus\ncite: [paper]",
    check=check,
)
