"""Forms as the rules see them: requirements of which some is left open, and what is their own fault.

A rule looks at requirements with their forms filled. What it finds there may be the form's own:
then it is said at the form, once, and not at each of fifty states.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from compliance.checklist import stand_in
from compliance.checklist.condition import AllOf
from compliance.checklist.form import FIELDS, FORMS, Form
from compliance.checklist.library import Entry
from compliance.checklist.mending import ChecklistRead
from compliance.checklist.model import Checklist, Requirement
from compliance.lint.material import Asked, Material
from compliance.text.diagnostic import Diagnostic
from compliance.text.yaml_text import name_place

Fault = tuple[str, str, str]
"""A rule, a file and an anchor in it."""

_FIELD_OF_A_FORM = 2  # words of its anchor: the form's id, and the field


def list_forms(material: Material) -> Iterator[Asked]:
    """Yield the forms of the judged packs as requirements; what they leave open counts as mended."""
    for read in material.own:
        for form in read.forms.by_name.values():
            yield _ask(material, form)


def _ask(material: Material, form: Form) -> Asked:
    path, document = (form.index,), form.document
    mended = frozenset((*path, name) for name in Requirement.model_fields.keys() - form.fields)
    checklist = _stand_in()
    section = checklist.sections[0]
    read = ChecklistRead(document, FORMS, checklist, document, mended, {})
    condition = material.reading.forms.get((document.file, form.index))
    key, requirement = f"the form {form.name}", form.requirement
    entry = Entry(key, checklist, "", section, requirement, condition or AllOf())
    return Asked(document, path, read, section, requirement, entry, condition is not None)


@cache
def _stand_in() -> Checklist:
    sections = [stand_in.make_section("stand-in")]
    data = {**stand_in.CHECKLIST, "id": "stand-in", "sections": sections}
    return Checklist.model_validate_json(json.dumps(data))


@dataclass(frozen=True)
class FormMaterial(Material):
    """The forms of `base` alone, as if they were all that is asked."""

    base: Material | None = None

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """The forms."""
        return tuple(list_forms(self.base)) if self.base else ()


def find_faults(
    material: Material, found: Iterable[Diagnostic], own: Iterable[Diagnostic]
) -> frozenset[Fault]:
    """Return the faults of forms: those that a form shows by itself, and wherever it is used.

    What only some of its uses show comes of how they fill it, and is said there.
    """
    places = {(name_fault(one), one.file, one.anchor) for one in found if one.origin}
    shown = Counter(fault for fault, *_ in places)
    users = Counter(_list_lent(material))
    faults = {name_fault(one) for one in own}
    return frozenset(one for one in faults if 0 < shown[one] == users[_field_of(one)])


def name_fault(diagnostic: Diagnostic) -> Fault:
    """Return the rule that is broken and where the text was written that breaks it."""
    written = diagnostic.origin or diagnostic
    return diagnostic.rule, written.file, written.anchor


def _list_lent(material: Material) -> Iterator[tuple[str, str]]:
    """Yield each field that a requirement takes from a form, as the form's file and its anchor."""
    for one in material.asked:
        for name in FIELDS if one.use else ():
            place = (*one.path, name)
            lent = one.document.lent.get(place)
            if lent and not one.read.is_mended(place):
                yield lent.document.file, name_place(lent.document.data, lent.path)


def _field_of(fault: Fault) -> tuple[str, str]:
    _, file, anchor = fault
    return file, "/".join(anchor.split("/")[:_FIELD_OF_A_FORM])
