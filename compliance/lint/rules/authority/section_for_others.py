"""A section that binds others is cited against a practitioner."""

import re
from collections.abc import Iterator

from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic

# Headings of the sections themselves: 21 CFR 1301.72 to 1301.74 "for non-practitioners" (eCFR),
# 1301.77 freight forwarders, 1304.33 ARCOS reports of manufacturers and distributors, part 1305
# orders for Schedules I and II, where ketamine and esketamine (Schedule III) do not belong.
_FOR_OTHERS = (
    (re.compile(r"^21 CFR 1301\.7[234]\b"), "is headed for non-practitioners"),
    (re.compile(r"^21 CFR 1301\.77\b"), "is about freight forwarding"),
    (re.compile(r"^21 CFR 1304\.33\b"), "is about reports of manufacturers and distributors"),
    (re.compile(r"^21 CFR (part )?1305\b"), "is about orders for Schedules I and II"),
)


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield citations, under force law, of sections that do not bind a practitioner."""
    for one in material.asked:
        if one.requirement.force != "law":
            continue
        for index, name in enumerate(one.requirement.cite):
            source = material.library.sources.get(name)
            for form, why in _FOR_OTHERS if source else ():
                if source and form.match(source.citation):
                    message = f"{source.citation} {why}, so it does not bind this clinic."
                    hint = "Cite what does, or lower the force and say so in “why”."
                    path = (*one.path, "cite", index)
                    yield one.document.diagnose(path, message, hint)


RULE = Rule(
    code="A211",
    name="section-for-others",
    severity="error",
    what=(
        "A requirement of law that cites 21 CFR 1301.72 to 1301.74, 1301.77, 1304.33 or part 1305, "
        "which bind manufacturers, distributors, forwarders or holders of Schedule I and II."
    ),
    why=(
        "The bolted safe, the vault and Form 222 come from there: the commonest wrong beliefs that "
        "checklists repeat."
    ),
    bad="force: law\ncite: [for-others]",
    good="force: law\ncite: [statute]",
    check=check,
)
