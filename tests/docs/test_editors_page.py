"""The page about editors shows what the schemas say, and lists what they cannot."""

import json
import re
from fnmatch import fnmatch
from pathlib import Path

import yaml

from compliance.checklist.schema import KINDS, make_schema
from compliance.text.diagnostic import Diagnostic, Position

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
SETTINGS, TASKS = map(json.loads, re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL))
DIFFERENCES = yaml.safe_load(
    (ROOT / "tests" / "checklist" / "schema_differences.yaml").read_text(encoding="utf-8")
)


def test_what_is_shown_on_hover_is_what_the_schema_says() -> None:
    requirement = make_schema("checklist")["$defs"]["Requirement"]
    grade = requirement["properties"]["grade"]
    each = zip(grade["enum"], grade["markdownEnumDescriptions"], strict=True)
    lines = [f"#### {requirement['title']}", "", *grade["markdownDescription"].split("\n"), ""]
    lines += ["Allowed Values:", "", *(f"* `{word}`: {said}" for word, said in each)]
    assert "```markdown\n" + "\n".join(lines) + "\n```" in PAGE


def test_the_settings_name_every_schema_and_give_each_file_its_own() -> None:
    named = {Path(name).name: globs for name, globs in SETTINGS["yaml.schemas"].items()}
    assert set(named) == {f"{kind}.schema.json" for kind in KINDS}
    for path in (ROOT / "checklists").rglob("*.yaml"):
        if path.name.endswith(".test.yaml"):
            continue
        file = path.relative_to(ROOT).as_posix()
        taken = [name for name, globs in named.items() if is_taken(file, globs)]
        kinds = {f"{name}.yaml": name for name in ("facts", "forms", "pack")}
        kind = kinds.get(path.name, "checklist")
        kind = "sources" if path.parent.name == "sources" else kind
        assert taken == [f"{kind}.schema.json"], file


def is_taken(file: str, globs: str | list[str]) -> bool:
    globs = [globs] if isinstance(globs, str) else globs
    refused = [one[1:] for one in globs if one.startswith("!")]
    return any(fnmatch(file, one) for one in globs) and not any(
        fnmatch(file, one) for one in refused
    )


def test_the_task_finds_file_line_column_and_sentence() -> None:
    matcher = TASKS["tasks"][0]["problemMatcher"]["pattern"]
    excerpt = "   14 |     grade: crtical\n      |            ^"
    said = Diagnostic("a/b.yaml", Position(14, 12), "“crtical”: no.", "Mean it.", excerpt).render()
    found = [m for line in said.splitlines() if (m := re.match(matcher["regexp"], line))]
    [match] = found
    parts = [match[matcher[part]] for part in ("file", "line", "column", "message")]
    assert parts == ["a/b.yaml", "14", "12", "“crtical”: no. Mean it."]


def test_every_sentence_shown_under_problems_is_one_of_the_schema() -> None:
    said = json.dumps(make_schema("checklist"), ensure_ascii=False)
    for sentence in re.findall(r"^\d+:\d+ +(.*)$", PAGE, re.MULTILINE):
        own = not sentence.startswith(("Value is not accepted", "Property "))
        assert not own or sentence in said


def test_the_page_lists_everything_that_a_schema_cannot_say() -> None:
    for one in DIFFERENCES:
        assert f"| {one['what']} | {one['because']} |" in PAGE
    table = PAGE[PAGE.index("## What a schema cannot say") :]
    assert len(re.findall(r"^\| (?!not said|said by|---)", table, re.MULTILINE)) == len(DIFFERENCES)
