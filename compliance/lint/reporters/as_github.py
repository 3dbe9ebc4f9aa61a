"""For GitHub: workflow commands, which it shows beside the line in a pull request."""

from compliance.lint.engine import Finding
from compliance.lint.outcome import Outcome

_KINDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(outcome: Outcome) -> str:
    """Return one workflow command a finding, and the count."""
    return "\n".join([*map(_render, outcome.findings), outcome.sentence()]) + "\n"


def _render(finding: Finding) -> str:
    one, rule = finding.diagnostic, finding.rule
    properties = {
        "file": one.file,
        "line": one.position.line,
        "col": one.position.column,
        "title": f"{rule.code} {rule.name}",
    }
    said = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    return f"::{_KINDS[rule.severity]} {said}::{_escape(f'{one.message} {one.hint}'.rstrip())}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(value: object) -> str:
    return _escape(str(value)).replace(":", "%3A").replace(",", "%2C")
