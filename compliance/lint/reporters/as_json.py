"""For a program: one object with everything that was found."""

import json

from compliance.lint.outcome import Outcome

VERSION = 1


def render(outcome: Outcome) -> str:
    """Return the outcome as JSON; `version` changes when a key changes its meaning."""
    data = {
        "version": VERSION,
        "as_of": str(outcome.as_of),
        "files": list(outcome.files),
        "counts": {name: outcome.counts[name] for name in ("error", "warning", "note")},
        "findings": [
            {
                "file": one.diagnostic.file,
                "line": one.diagnostic.position.line,
                "column": one.diagnostic.position.column,
                "code": one.rule.code,
                "rule": one.rule.name,
                "severity": one.rule.severity,
                "message": one.diagnostic.message,
                "hint": one.diagnostic.hint,
                "anchor": one.diagnostic.anchor,
            }
            for one in outcome.findings
        ],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
