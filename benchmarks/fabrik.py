"""The same questions and answers as a report of ChecklistFabrik, the peer that is nearest in form."""

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml
from measuring import BUILD

_PINNED = "checklistfabrik[pdf]==1.12.1"
_HOME = BUILD / "fabrik"
_WORDS = ("yes", "partly", "no", "not applicable", "don't know")
_SAID = {
    "yes_if": "Yes if",
    "no_if": "No if",
    "partly_if": "Partly if",
    "why": "Why it matters",
    "fix": "What to do",
}


def install() -> Path:
    """Return the peer's command; it is installed once, away from ours, since it is no dependency."""
    command = _HOME / "bin" / "clf-export"
    if not command.exists():
        subprocess.run([sys.executable, "-m", "venv", _HOME], check=True)
        pip = [str(_HOME / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", _PINNED], check=True)
    return command


def write_report(result: Mapping[str, Any], path: Path) -> None:
    """Write a result as a report that the peer exports: what is asked in full, and what was said.

    A question of the peer has no places for what a yes means, why, and the law: they are the text
    that stands above its answer. No sources, no findings, no plan, no digests, no data inside.
    """
    cited = {source["id"]: source["citation"] for source in result["sources"]}
    pages = [
        {"title": section, "tasks": [task for one in found for task in _tasks(one, cited)]}
        for section, found in groupby(result["findings"], key=_section)
    ]
    answers = [task for page in pages for task in page["tasks"] if "value" in task]
    for number, task in enumerate(answers):
        task["fact_name"] = f"fact_{number}"
    text = yaml.dump(
        {"title": "Compliance self-audit", "pages": pages},
        Dumper=yaml.CSafeDumper,
        sort_keys=False,
        allow_unicode=True,
    )
    path.write_text(text, encoding="utf-8")


def _section(finding: Mapping[str, Any]) -> str:
    return f"{finding['checklist']}: {finding['section']}"


def _tasks(finding: Mapping[str, Any], cited: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    [thing] = finding["things"]
    yield _task("markdown", content="\n\n".join(_explained(finding, cited)))
    values = [{"value": word} for word in dict.fromkeys([*_WORDS, thing["said"]])]
    asked = {"label": finding["ask"], "values": values, "required": True}
    yield {**_task("radio_input", **asked), "value": thing["said"]}
    for label, text in _added(thing):
        yield {**_task("text_input", label=label), "value": text}


def _explained(finding: Mapping[str, Any], cited: Mapping[str, str]) -> Iterator[str]:
    yield " · ".join(finding[key] for key in ("force", "grade", "depth", "requirement"))
    yield from (f"{label}: {finding[key]}" for key, label in _SAID.items() if finding[key])
    yield f"Look at: {'; '.join(finding['look_at'])}"
    yield f"Source: {'; '.join(cited[name] for name in finding['cite'])}"


def _added(thing: Mapping[str, Sequence[Mapping[str, str]]]) -> Iterator[tuple[str, str]]:
    if thing["reason"]:
        yield "Reason", str(thing["reason"])
    yield from (("Note", note["text"]) for note in thing["notes"])
    yield from (("Evidence", f"kept at: {held['kept_at']}") for held in thing["evidence"])
    for action in thing["actions"]:
        yield "Action", f"{action['text']} ({action['owner']}, by {action['due']})"


def _task(module: str, **context: object) -> dict[str, Any]:
    return {f"linuxfabrik.clf.{module}": context}
