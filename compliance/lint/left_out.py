"""The check for a field that a requirement can do without and a reader cannot."""

from collections.abc import Iterator

from compliance.lint.material import Material
from compliance.lint.rule import Check
from compliance.text.diagnostic import Diagnostic


def check_for(name: str) -> Check:
    """Return the check that every requirement says `name`."""

    def check(material: Material) -> Iterator[Diagnostic]:
        for one in material.asked:
            if one.lacks(name):
                yield one.diagnose("id", f"“{name}” is missing.", "Add it.")

    return check
