"""`compliance lint` and `compliance explain` as their users run them."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Run

PACK = Path(__file__).parents[1] / "lint" / "pack"
VAGUE = ("Does the clerk write down the day?", "Does the clerk write regularly?")


@pytest.fixture
def pack(here: Path) -> Path:
    """A pack with one vague question, in the current folder."""
    shutil.copytree(PACK, here / "pack")
    spoil(here / "pack" / "trial.yaml", *VAGUE)
    return here / "pack"


def spoil(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def test_a_warning_is_said_and_passes_unless_strict(run: Run, pack: Path) -> None:
    ran = run("lint", "pack", "--select", "W303")
    assert ran.code == 0
    assert "pack/trial.yaml:22:14: warning: Two auditors would not agree on “regularly”." in ran.out
    assert run("lint", "pack", "--select", "W303", "--strict").code == 1


def test_an_error_fails(run: Run, pack: Path) -> None:
    spoil(pack / "trial.yaml", "grade: minor", "grade: severe")
    assert run("lint", "pack").code == 1


def test_notes_are_counted_and_shown_when_asked_for(run: Run, pack: Path) -> None:
    spoil(pack / "trial.yaml", "cite: [paper]", "cite: [paper, unread]")
    assert "[A206]" not in run("lint", "pack").out
    assert "Notes are shown by --notes." in run("lint", "pack").out
    assert "[A206]" in run("lint", "pack", "--notes").out


@pytest.mark.parametrize(
    ("flags", "codes"),
    [
        (["--select", "W"], {"W303"}),
        (["--select", "wording"], {"W303"}),
        (["--select", "vague-word,W304"], {"W303"}),
        (["--select", "W303", "--ignore", "W303"], set()),
        (["--select", "W", "--ignore", "W3"], set()),
    ],
)
def test_rules_are_chosen_by_code_name_or_family(
    run: Run, pack: Path, flags: list[str], codes: set[str]
) -> None:
    del pack
    found = json.loads(run("lint", "pack", "--format", "json", *flags).out)["findings"]
    assert {one["code"] for one in found} == codes


def test_what_keeps_a_file_from_being_read_is_said_whatever_is_selected(
    run: Run, pack: Path
) -> None:
    spoil(pack / "trial.yaml", "grade: minor", "grade: severe")
    assert "[F508]" in run("lint", "pack", "--select", "W303").out


def test_one_file_of_a_pack_is_judged_in_its_place(run: Run, pack: Path) -> None:
    spoil(pack / "sources" / "paper.yaml", "kind: consensus", "kind: hearsay")
    ran = run("lint", "pack/trial.yaml", "--format", "json")
    data = json.loads(ran.out)
    assert data["files"] == ["pack/trial.yaml"]
    assert {one["file"] for one in data["findings"]} == {"pack/trial.yaml"}
    assert "unknown-source" not in {one["rule"] for one in data["findings"]}


def test_a_folder_within_a_pack_is_judged_alone(run: Run, pack: Path) -> None:
    del pack
    assert json.loads(run("lint", "pack/sources", "--format", "json").out)["files"] == [
        "pack/sources/all.yaml",
        "pack/sources/paper.yaml",
    ]


def test_a_folder_of_packs_is_judged_pack_by_pack(run: Run, pack: Path, here: Path) -> None:
    shutil.copytree(pack, here / "packs" / "one")
    shutil.copytree(pack, here / "packs" / "two")
    files = json.loads(run("lint", "packs", "--format", "json").out)["files"]
    assert {"packs/one/trial.yaml", "packs/two/trial.yaml"} <= set(files)


class Typed(io.StringIO):
    """A text that is typed in, with the bytes behind it."""

    @property
    def buffer(self) -> io.BytesIO:  # type: ignore[override]
        return io.BytesIO(self.getvalue().encode())


def test_standard_input_is_a_draft_or_stands_for_a_file(
    run: Run, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(io, "StringIO", Typed)
    text = (pack / "trial.yaml").read_text("utf-8")
    ran = run(
        "lint", "-", "--stdin-name", "pack/trial.yaml", typed=text.replace("minor", "severe", 1)
    )
    assert ran.code == 1
    assert "pack/trial.yaml:13:16: “severe” is not among" in ran.out
    draft = text.replace("id: trial", "id: draft").replace("[paper]", "[cfr-21-1301-75-b]")
    ran = run("lint", "-", "--select", "G101", typed=draft)
    assert "draft.yaml:" in ran.out


def test_the_calendar_is_the_day_that_was_given(run: Run, pack: Path) -> None:
    with (pack / "sources" / "paper.yaml").open("a", encoding="utf-8") as file:
        file.write("  review_by: 2027-03-01\n")
    assert "[A207]" not in run("lint", "pack", "--as-of", "2027-03-01").out
    assert "[A207]" in run("lint", "pack", "--as-of", "2027-03-02").out


def test_the_output_goes_to_a_file(run: Run, pack: Path, here: Path) -> None:
    del pack
    ran = run("lint", "pack", "--format", "sarif", "--output", "out/lint.sarif")
    assert ran.out == ""
    assert json.loads((here / "out" / "lint.sarif").read_text("utf-8"))["version"] == "2.1.0"


def test_fix_mends_and_says_which_files(run: Run, pack: Path) -> None:
    spoil(
        pack / "trial.yaml",
        "        unless:\n",
        "        applies_when: {buys_stock: true}\n        unless:\n",
    )
    assert "--fix can mend 1 of these." in run("lint", "pack").err
    ran = run("lint", "pack", "--fix")
    assert ran.err == "Mended: pack/trial.yaml\n"
    assert "buys_stock: yes}" in (pack / "trial.yaml").read_text("utf-8")


def test_a_missing_file_of_a_pack_is_said_under_its_name(run: Run, pack: Path) -> None:
    (pack / "pack.yaml").unlink()
    ran = run("lint", "pack", "--format", "json")
    found = json.loads(ran.out)["findings"]
    assert ("pack/pack.yaml", "missing-file") in [(one["file"], one["rule"]) for one in found]


SETTINGS = '[tool.compliance]\nchecklists = ["pack"]\n[tool.compliance.lint]\n'


def test_a_project_says_what_it_always_wants(run: Run, pack: Path, here: Path) -> None:
    (here / "pyproject.toml").write_text(SETTINGS + 'select = ["W303"]\nstrict = true\n', "utf-8")
    ran = run("lint")
    assert (ran.code, "[W303]" in ran.out) == (1, True)
    (here / "pyproject.toml").write_text(SETTINGS + 'select = ["W303"]\nignore = ["W"]\n', "utf-8")
    assert run("lint").code == 0
    assert pack.is_dir()


WRONG = {
    "--format has no “yaml”.": ["--format", "yaml"],
    "--select: no rule is called “W999”.": ["--select", "W999"],
    "Did you mean “vague-word”?": ["--ignore", "vague-wort"],
    "--as-of: “tomorrow” is not a date": ["--as-of", "tomorrow"],
    "--stdin-name goes with “-”": ["--stdin-name", "x.yaml"],
    "There is no file “nowhere.yaml”.": ["nowhere.yaml"],
    "--fix mends files; “-” is none.": ["-", "--fix"],
}


@pytest.mark.parametrize(("sentence", "arguments"), WRONG.items(), ids=WRONG)
def test_wrong_use_is_said_in_a_sentence(
    run: Run, pack: Path, sentence: str, arguments: list[str]
) -> None:
    del pack
    ran = run("lint", *arguments)
    assert ran.code == 2
    assert sentence in ran.err
    assert ran.out == ""


WRONG_SETTINGS = {
    "has no key “lnt”. Did you mean “lint”?": "[tool.compliance]\nlnt = 1\n",
    "checklists is a list of texts": '[tool.compliance]\nchecklists = "pack"\n',
    "strict is true or false": '[tool.compliance.lint]\nstrict = "yes"\n',
    "must be a table": "[tool]\ncompliance = 1\n",
    "is no TOML": "[tool.compliance\n",
}


@pytest.mark.parametrize(("sentence", "text"), WRONG_SETTINGS.items(), ids=WRONG_SETTINGS)
def test_wrong_settings_are_said_with_their_file(
    run: Run, here: Path, sentence: str, text: str
) -> None:
    (here / "pyproject.toml").write_text(text, "utf-8")
    ran = run("lint")
    assert ran.code == 2
    assert sentence in ran.err
    assert "pyproject.toml" in ran.err


def test_a_rule_is_explained_by_code_or_name(run: Run) -> None:
    assert run("explain", "W303").out == run("explain", "vague-word").out
    assert run("explain", "W303").out.startswith("# W303 vague-word\n")
    assert "W303  warning  vague-word" in run("explain").out
    ran = run("explain", "vague-wort")
    assert (ran.code, "Did you mean “vague-word”?" in ran.err) == (2, True)


@pytest.fixture
def repository(pack: Path, here: Path) -> Path:
    """The pack in a git repository, committed."""
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "Begin"]):
        subprocess.run(["git", *command], cwd=here, check=True)
    return pack


EDITED = {
    "a question": ("Is the gate shut at night?", "Is the gate shut at dusk?", True),
    "a grade": ("grade: minor", "grade: major", True),
    "only a title": ("title: A trial", "title: A try", False),
    "only white space": ("Is the gate shut at night?", "Is the gate  shut at night?", False),
}


@pytest.mark.parametrize(("before", "after", "said"), EDITED.values(), ids=EDITED)
def test_an_edition_must_move_with_what_is_asked_since_a_revision(
    run: Run, repository: Path, before: str, after: str, said: bool
) -> None:
    file = repository / "trial.yaml"
    spoil(file, before, after)
    ran = run("lint", "pack", "--base", "HEAD", "--select", "F512")
    assert ("[F512]" in ran.out) == said
    assert ran.code == int(said)
    spoil(file, "edition: 2026-11-23", "edition: 2026-11-24")
    assert run("lint", "pack", "--base", "HEAD", "--select", "F512").code == 0


def test_a_pack_that_was_not_there_yet_has_no_edition_to_move(
    run: Run, repository: Path, here: Path
) -> None:
    shutil.copytree(repository, here / "other")
    assert run("lint", "other", "--base", "HEAD", "--select", "F512").code == 0


def test_a_revision_that_is_none_is_said(run: Run, repository: Path) -> None:
    del repository
    ran = run("lint", "pack", "--base", "nowhere")
    assert (ran.code, ran.out) == (2, "")
    assert "nowhere" in ran.err
