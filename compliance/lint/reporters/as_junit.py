"""For CI systems that read JUnit: a test case a file, failed by its errors and warnings."""

from itertools import groupby
from xml.etree import ElementTree as ET

from compliance.lint.engine import Finding
from compliance.lint.outcome import Outcome


def render(outcome: Outcome) -> str:
    """Return one suite; notes fail nothing and stand in the case's output."""
    findings = {
        file: list(group) for file, group in groupby(outcome.findings, lambda f: f.diagnostic.file)
    }
    failed = [f for f, found in findings.items() if any(x.rule.severity != "note" for x in found)]
    counts = {"tests": len(outcome.files), "failures": len(failed), "errors": 0, "skipped": 0}
    whole = {name: str(number) for name, number in counts.items()}
    suites = ET.Element("testsuites", whole)
    suite = ET.SubElement(suites, "testsuite", {"name": "compliance lint", **whole})
    for file in outcome.files:
        _add_case(suite, file, findings.get(file, []))
    ET.indent(suites)
    return ET.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _add_case(suite: ET.Element, file: str, findings: list[Finding]) -> None:
    case = ET.SubElement(suite, "testcase", {"name": file, "classname": "checklists", "time": "0"})
    grave = [one for one in findings if one.rule.severity != "note"]
    if grave:
        codes = ", ".join(dict.fromkeys(one.rule.code for one in grave))
        failure = ET.SubElement(case, "failure", {"message": codes, "type": "lint"})
        failure.text = "\n".join(map(_say, grave))
    notes = [one for one in findings if one.rule.severity == "note"]
    if notes:
        ET.SubElement(case, "system-out").text = "\n".join(map(_say, notes))


def _say(finding: Finding) -> str:
    """Return a line; characters that XML cannot hold become a question mark."""
    one = finding.diagnostic
    line = f"{one.file}:{one.position.line}:{one.position.column}: {one.message} {one.hint}"
    text = f"{line.rstrip()} [{finding.rule.code}]"
    return "".join(c if c.isprintable() or c in "\n\t" else "?" for c in text)
