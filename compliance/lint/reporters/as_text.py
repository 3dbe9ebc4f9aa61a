"""For a person: place, sentence, code, the line with a caret, and a count at the end."""

from compliance.lint.engine import Finding
from compliance.lint.outcome import Outcome


def render(outcome: Outcome) -> str:
    """Return the errors and warnings one below the other; notes are only counted."""
    shown = [one for one in outcome.findings if one.rule.severity != "note"]
    lines = [_render(one) for one in shown]
    end = outcome.sentence()
    if outcome.counts["note"]:
        end += " Notes are shown by --notes."
    if shown:
        end += f" What a code means: compliance explain {shown[0].rule.code}"
    return "\n".join([*lines, end]) + "\n"


def render_notes(outcome: Outcome) -> str:
    """Return everything, notes too."""
    lines = [_render(one) for one in outcome.findings]
    return "\n".join([*lines, outcome.sentence()]) + "\n"


def _render(finding: Finding) -> str:
    one, rule = finding.diagnostic, finding.rule
    place = f"{one.file}:{one.position.line}:{one.position.column}:"
    kind = "" if rule.severity == "error" else f" {rule.severity}:"
    head = f"{place}{kind} {one.message} {one.hint}".rstrip() + f" [{rule.code}]"
    return f"{head}\n{one.excerpt}" if one.excerpt else head
