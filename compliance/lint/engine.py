"""Runs the rules over what was read, and sorts what they find."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from compliance.lint.forms import FormMaterial, find_faults, name_fault
from compliance.lint.material import Material
from compliance.lint.rule import Rule, Severity
from compliance.lint.rules import list_rules, rules_by_name
from compliance.lint.suppression import Remark, find_remarks
from compliance.text.diagnostic import Diagnostic, suggest

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
UNNAMED = "wrong-value"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong, and the rule it breaks."""

    diagnostic: Diagnostic
    rule: Rule


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules run: codes, beginnings of codes, names or families; none selected means all."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def takes(self, rule: Rule) -> bool:
        """Whether a rule runs. What keeps a file from being read is always said."""
        if any(rule.is_meant_by(word) for word in self.ignore):
            return False
        return not self.select or any(rule.is_meant_by(word) for word in self.select)


def judge(material: Material, selection: Selection, files: Collection[str]) -> list[Finding]:
    """Return everything wrong in the named files, in the order of files and lines."""
    by_name = rules_by_name()
    read = [Finding(one, by_name[one.rule or UNNAMED]) for one in material.reading.diagnostics]
    kept, remarks = _silence(material, _say_once(material))
    found = [*read, *(one for one in (*kept, *remarks) if selection.takes(one.rule))]
    unique = {(one.rule.code, one.diagnostic): one for one in found}.values()
    return sorted((one for one in unique if one.diagnostic.file in files), key=_place)


def _place(finding: Finding) -> tuple[object, ...]:
    one = finding.diagnostic
    return (one.file, one.position, finding.rule.code, one.message)


def _say_once(material: Material) -> list[Finding]:
    """Return what the rules find; what a form shows by itself is said there, once."""
    found = list(_run(material))
    if not any(read.forms.by_name for read in material.own):
        return found
    own = list(_run(FormMaterial(material.reading, (), material.as_of, base=material)))
    both = ([one.diagnostic for one in some] for some in (found, own))
    faults = find_faults(material, *both)
    return [
        *(one for one in own if name_fault(one.diagnostic) in faults),
        *(one for one in found if name_fault(one.diagnostic) not in faults),
    ]


def _run(material: Material) -> Iterator[Finding]:
    for rule in list_rules():
        for diagnostic in rule.check(material) if rule.check else ():
            yield Finding(replace(diagnostic, rule=rule.name), rule)


def _silence(
    material: Material, findings: Sequence[Finding]
) -> tuple[list[Finding], list[Finding]]:
    """Return the findings that no remark silences, and what is wrong with the remarks."""
    remarks = [one for document in material.documents.values() for one in find_remarks(document)]
    targets: dict[tuple[str, int], list[Remark]] = {}
    for remark in remarks:
        if remark.reason:
            targets.setdefault((remark.document.file, remark.target), []).append(remark)
    kept, used = [], set[int]()
    for finding in findings:
        place = (finding.diagnostic.file, finding.diagnostic.position.line)
        hits = [one for one in targets.get(place, ()) if one.word and _means(one, finding.rule)]
        used.update(id(one) for one in hits)
        if not hits:
            kept.append(finding)
    wrong = (_judge_remark(one, used=id(one) in used) for one in remarks)
    by_name = rules_by_name()
    return kept, [Finding(one, by_name[one.rule]) for one in wrong if one]


def _means(remark: Remark, rule: Rule) -> bool:
    return remark.word.lower() in {rule.code.lower(), rule.name}


def _judge_remark(remark: Remark, *, used: bool) -> Diagnostic | None:
    rules = {word: one for one in list_rules() for word in (one.code.lower(), one.name)}
    rule = rules.get(remark.word.lower())
    if rule is None:
        message = f"There is no rule “{remark.word}”." if remark.word else "No rule is named here."
        hint = suggest(remark.word, rules) or "Write # lint-ignore W303: the reason."
        return remark.diagnose("remark-unknown", message, hint)
    if rule.check is None:
        message = f"{rule.code} cannot be silenced: the file cannot be used with it."
        return remark.diagnose("remark-unknown", message, "Mend what it says.")
    if not remark.reason:
        message = f"It is not said why {rule.code} is silenced here."
        return remark.diagnose("remark-without-reason", message, "Write the reason after a colon.")
    if not (used or rule.calendar):
        message = f"{rule.code} finds nothing here, so there is nothing to silence."
        return remark.diagnose("remark-unused", message, "Remove the remark.")
    return None
