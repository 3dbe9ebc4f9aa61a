"""The action, the hooks and the recipes of docs/ci.md are what GitHub, GitLab and pre-commit take."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
RECIPES = dict(re.findall(r"```yaml\n# (\S+)\n(.*?)```", PAGE, re.DOTALL))
SCHEMAS = {
    ".github/workflows/checklists.yml": "vendor.github-workflows",
    ".github/workflows/review-due.yml": "vendor.github-workflows",
    ".gitlab-ci.yml": "vendor.gitlab-ci",
}
BIN = Path(sys.executable).parent


def validate(schema: str, file: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [BIN / "check-jsonschema", "--builtin-schema", schema, *more, str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_page_has_a_recipe_for_each() -> None:
    assert set(RECIPES) == {*SCHEMAS, ".pre-commit-config.yaml"}


@pytest.mark.parametrize(("name", "schema"), SCHEMAS.items())
def test_a_recipe_is_valid_by_its_vendor_s_schema(name: str, schema: str, tmp_path: Path) -> None:
    file = tmp_path / "recipe.yml"
    file.write_text(RECIPES[name], "utf-8")
    transform = ["--data-transform", "gitlab-ci"] if "gitlab" in schema else []
    done = validate(schema, file, *transform)
    assert done.returncode == 0, done.stdout


def test_the_action_is_valid_by_github_s_schema(tmp_path: Path) -> None:
    assert validate("vendor.github-actions", ROOT / "action.yml").returncode == 0
    broken = tmp_path / "action.yml"
    broken.write_text((ROOT / "action.yml").read_text("utf-8").replace("runs:", "run:"), "utf-8")
    assert validate("vendor.github-actions", broken).returncode == 1


def test_the_hooks_run_commands_that_exist_on_files_that_fit() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    configured = yaml.safe_load(RECIPES[".pre-commit-config.yaml"])["repos"][0]["hooks"]
    assert {one["id"] for one in configured} <= {one["id"] for one in hooks}
    for hook in hooks:
        program, command, *_ = hook["entry"].split()
        done = subprocess.run([BIN / program, command, "--help"], capture_output=True, check=False)
        assert done.returncode == 0
        assert re.search(hook["files"], "checklists/federal/disposal.test.yaml")
        excluded = hook.get("exclude") and re.search(hook["exclude"], "disposal.test.yaml")
        assert bool(excluded) == (command == "lint")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository with a pack and a scenario file."""
    shutil.copytree(ROOT / "tests" / "lint" / "pack", tmp_path / "checklists")
    (tmp_path / "checklists" / "trial.test.yaml").write_text(
        "as_of: 2026-11-23\nclinics:\n  one:\n    facts: {name: One}\n"
        "scenarios:\n  - {name: It is asked, clinic: one, expect: {asked: [first]}}\n",
        "utf-8",
    )
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "Begin"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    return tmp_path


def check(folder: Path, **wishes: str) -> subprocess.CompletedProcess[str]:
    named = {f"CHECK_{name.upper()}": value for name, value in wishes.items()}
    path = os.pathsep.join((str(BIN), os.environ["PATH"]))
    return subprocess.run(
        ["bash", ROOT / "tools" / "check-checklists.sh"],
        cwd=folder,
        env={**os.environ, "PATH": path, "CHECK_PATHS": "checklists", **named},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_action_s_script_annotates_writes_sarif_and_runs_scenarios(repository: Path) -> None:
    done = check(repository, sarif="lint.sarif")
    assert done.returncode == 0, done.stderr
    assert "::warning file=checklists/trial.yaml" in done.stdout
    assert "1 scenario in 1 file, all as expected." in done.stdout
    assert (repository / "lint.sarif").is_file()


def test_the_action_s_script_fails_when_the_lint_does(repository: Path) -> None:
    assert check(repository, strict="yes").returncode == 1
    file = repository / "checklists" / "trial.yaml"
    file.write_text(file.read_text("utf-8").replace("grade: minor", "grade: severe", 1), "utf-8")
    done = check(repository, scenarios="no", sarif="lint.sarif")
    assert done.returncode == 1
    assert (repository / "lint.sarif").is_file()


def test_the_action_s_script_fails_when_a_scenario_does(repository: Path) -> None:
    file = repository / "checklists" / "trial.test.yaml"
    file.write_text(
        file.read_text("utf-8").replace("asked: [first]", "not_asked: [first]"), "utf-8"
    )
    done = check(repository)
    assert done.returncode == 1
    assert "should not be asked, and is" in done.stdout


def test_a_path_cannot_smuggle_in_a_command(repository: Path) -> None:
    check(repository, paths="checklists; touch planted", base="$(touch planted)")
    assert not (repository / "planted").exists()
