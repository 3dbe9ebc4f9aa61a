"""For CI systems that read JUnit: a suite a file, a test case a scenario."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from compliance.scenario.running import Run
from compliance.text.diagnostic import Diagnostic


def render_junit(files: Sequence[str], runs: Sequence[Run], broken: Sequence[Diagnostic]) -> str:
    """Return the scenarios as JUnit XML; a file that cannot be read is a case with an error."""
    suites = ET.Element("testsuites", {"name": "compliance test"})
    for file in files:
        mine = [run for run in runs if run.staged.document.file == file]
        wrong = [one for one in broken if one.file == file]
        failed = sum(bool(run.failures) for run in mine)
        counts = {
            "tests": str(len(mine) + bool(wrong)),
            "failures": str(failed),
            "errors": str(int(bool(wrong))),
            "skipped": "0",
        }
        suite = ET.SubElement(suites, "testsuite", {"name": file, **counts})
        if wrong:
            _add(suite, "the file itself", "error", wrong)
        for run in mine:
            _add(suite, run.staged.scenario.name, "failure", run.failures)
    ET.indent(suites)
    return ET.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _add(suite: ET.Element, name: str, kind: str, said: Sequence[Diagnostic]) -> None:
    where = {"name": name, "classname": suite.get("name", ""), "time": "0"}
    case = ET.SubElement(suite, "testcase", where)
    if said:
        trouble = ET.SubElement(case, kind, {"message": said[0].message, "type": "scenario"})
        trouble.text = "\n".join(_say(one) for one in said)


def _say(one: Diagnostic) -> str:
    text = f"{one.file}:{one.position.line}:{one.position.column}: {one.message} {one.hint}"
    return text.rstrip()
