"""For code scanning: SARIF 2.1.0 (OASIS), with help for each rule and fingerprints that last.

A fingerprint is made of the rule, the file and the ids around the place, so that it stays the
same when lines move.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from compliance import __version__
from compliance.lint.engine import Finding
from compliance.lint.outcome import Outcome
from compliance.lint.page import render_page
from compliance.lint.rule import Rule

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def render(outcome: Outcome) -> str:
    """Return one run with the rules that were broken and a result a finding."""
    rules = sorted({one.rule.code: one.rule for one in outcome.findings}.items())
    driver = {
        "name": "compliance lint",
        "version": __version__,
        "rules": [_describe(rule) for _, rule in rules],
    }
    index = {code: number for number, (code, _) in enumerate(rules)}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "Where the lint was run."}}},
        "results": list(_results(outcome, index)),
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _describe(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.what},
        "fullDescription": {"text": f"{rule.what} {rule.why}"},
        "help": {"text": f"{rule.what}\n\n{rule.why}", "markdown": render_page(rule)},
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"tags": [rule.family]},
    }


def _results(outcome: Outcome, index: dict[str, int]) -> Iterator[dict[str, Any]]:
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in outcome.findings:
        one, rule = finding.diagnostic, finding.rule
        place = (rule.code, one.file, one.anchor)
        seen[place] += 1
        yield {
            "ruleId": rule.code,
            "ruleIndex": index[rule.code],
            "level": rule.severity,
            "message": {"text": f"{one.message} {one.hint}".rstrip()},
            "locations": [{"physicalLocation": _locate(finding)}],
            "partialFingerprints": {"place/v1": _fingerprint(*place, str(seen[place]))},
        }


def _locate(finding: Finding) -> dict[str, Any]:
    one = finding.diagnostic
    return {
        "artifactLocation": {"uri": quote(one.file.replace("\\", "/")), "uriBaseId": "SRCROOT"},
        "region": {"startLine": one.position.line, "startColumn": one.position.column},
    }


def _fingerprint(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
