"""A form that no requirement is like."""

from collections.abc import Iterator

from compliance.lint.forms import list_forms
from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield the forms that nothing uses; a checklist that cannot be read may use any of them."""
    packs = material.reading.packs
    if any(read.broken_checklists for read in packs):
        return
    uses = [use for read in packs for one in read.checklists for use in one.uses.values()]
    used = {(use.form.document.file, use.form.index) for use in uses}
    for one in list_forms(material):
        if (one.document.file, *one.path) not in used:
            name = one.document.data[one.path[0]]["id"]
            yield one.diagnose("id", f"No requirement is like “{name}”.", "Use it, or remove it.")


RULE = Rule(
    code="G118",
    name="unused-form",
    severity="warning",
    what="A form of `forms.yaml` that no requirement is like.",
    why="It is kept up to date for nothing, or a requirement forgot it.",
    bad="id: forgotten\nask: Does {what} hang where patients see it?",
    good="id: posted\nask: Does {what} hang where patients see it?",
    example="form",
    check=check,
)
