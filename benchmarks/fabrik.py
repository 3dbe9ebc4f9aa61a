"""The same questions and answers as a report of ChecklistFabrik, the peer that is nearest in form."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml
from measuring import BUILD

from compliance.report.record import Checklist, Entry

_PINNED = "checklistfabrik[pdf]==1.12.1"
_HOME = BUILD / "fabrik"


def install() -> Path:
    """Return the peer's command; it is installed once, away from ours, since it is no dependency."""
    command = _HOME / "bin" / "clf-export"
    if not command.exists():
        subprocess.run([sys.executable, "-m", "venv", _HOME], check=True)
        pip = [_HOME / "bin" / "python", "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", _PINNED], check=True)
    return command


def write_report(checklists: tuple[Checklist, ...], path: Path) -> None:
    """Write what our full record prints, no more and no less, as a report that the peer exports."""
    pages = [
        {"title": f"{checklist.title}: {section.title}", "tasks": tasks}
        for checklist in checklists
        for section in checklist.sections
        if (tasks := [task for entry in section.entries for task in _tasks(entry)])
    ]
    report = {"title": "Compliance self-audit", "pages": _numbered(pages)}
    text = yaml.dump(report, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)
    path.write_text(text, encoding="utf-8")


def _numbered(pages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each answer the name that the peer keeps it under."""
    fields = [task for page in pages for task in page["tasks"] if "value" in task]
    for number, task in enumerate(fields):
        task["fact_name"] = f"fact_{number}"
    return pages


def _tasks(entry: Entry) -> list[dict[str, Any]]:
    """Return one question: its choice, one field for each line, and its law as running text."""
    lines = [line for thing in entry.things for line in thing.lines]
    answer, *others = lines
    choices = [{"value": word} for word in dict.fromkeys([answer.text, "yes", "partly", "no"])]
    asked = {"label": entry.ask, "values": choices, "required": True}
    cited = [f"{how.how}: {rule.citation}" for how in entry.sources for rule in how.rules]
    law = "\n\n".join([f"{entry.word} {entry.standing}", f"Source {'; '.join(cited)}"])
    return [
        {"linuxfabrik.clf.radio_input": asked, "value": answer.text},
        *(
            {"linuxfabrik.clf.text_input": {"label": line.label}, "value": f"{line.text} {line.aside}"}
            for line in others
        ),
        {"linuxfabrik.clf.markdown": {"content": law}},
    ]
