"""The text changed and the edition did not."""

from collections.abc import Iterator

from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield checklists that ask other than at `--base` under the same edition."""
    digests: dict[str, dict[str, str]] = {}
    for one in material.asked if material.before else ():
        digests.setdefault(one.document.file, {})[one.requirement.id] = one.entry.digest
    for read in material.checklists:
        earlier = material.before.get(read.checklist.id)
        now = digests.get(read.document.file, {})
        if earlier is None or read.mended or now == earlier.digests:
            continue
        if read.checklist.edition <= earlier.edition:
            changed = sorted(
                name
                for name in {*now, *earlier.digests}
                if now.get(name) != earlier.digests.get(name)
            )
            names = ", ".join(changed[:3]) + (" …" if len(changed) > 3 else "")  # noqa: PLR2004 - enough to begin
            message = f"What this asks has changed ({names}), and the edition has not."
            yield read.document.diagnose(("edition",), message, "Write the day of the change.")


RULE = Rule(
    code="F512",
    name="edition-behind",
    severity="error",
    what=(
        "With `--base REV`: a requirement was added, removed or changed in what it normatively says, "
        "and `edition` is not later than it was at that revision."
    ),
    why="A report names the edition it used; two texts under one edition cannot be told apart.",
    bad="edition: 2026-11-23",
    good="edition: 2026-11-24",
    example="checklist",
    check=check,
    calendar=True,
)
