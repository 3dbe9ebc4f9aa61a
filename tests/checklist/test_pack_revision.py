"""A pack as a git revision has it: the same files as on disk, and the work tree untouched."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.checklist.pack_files import gather
from compliance.checklist.pack_revision import find_pack, find_revision, gather_revision
from compliance.errors import InputError, SurroundingsError

Git = Callable[..., str]
Commit = Callable[[dict[str, str | bytes]], None]
PACK = "name: a\n"


FILES = {
    "checklists/pack.yaml": PACK,
    "checklists/federal/a.yaml": "id: a\n",
    "checklists/federal/a.test.yaml": "x: 1\n",
    "checklists/.hidden.yaml": "x: 1\n",
    "checklists/.github/x.yml": "x: 1\n",
    "checklists/checklist.schema.json": "{}\n",
    "checklists/lines.yaml": "a: 1\r\nb: 2\r\n",
    "checklists/empty.yaml": "",
    "checklists/no line feed.yaml": "a: ü",
    "checklistsold/b.yaml": "id: b\n",
}


def test_a_revision_has_the_files_that_its_folder_has(commit: Commit) -> None:
    commit(FILES)
    revision = find_revision("main", Path())
    assert gather_revision(revision, "checklists").files == gather(Path("checklists")).files


def test_the_work_tree_and_the_index_stay_as_they_are(git: Git, commit: Commit) -> None:
    commit(FILES)
    commit({"checklists/federal/a.yaml": "id: newer\n"})
    Path("checklists/federal/a.yaml").write_text("id: unsaved\n", "utf-8")
    before = git("status", "--porcelain"), Path(".git/index").read_bytes()
    old = gather_revision(find_revision("HEAD~1", Path()), "checklists")
    assert old.files["federal/a.yaml"] == b"id: a\n"
    assert Path("checklists/federal/a.yaml").read_text("utf-8") == "id: unsaved\n"
    assert (git("status", "--porcelain"), Path(".git/index").read_bytes()) == before


def test_a_branch_a_tag_and_a_commit_are_revisions(git: Git, commit: Commit) -> None:
    commit(FILES)
    git("tag", "v1.0")
    git("tag", "--annotate", "--message", "x", "v1.1")
    whole = git("rev-parse", "HEAD").strip()
    for name in ("main", "v1.0", "v1.1", "HEAD", "@", whole, whole[:8], "main^0", "refs/tags/v1.0"):
        assert find_revision(name, Path()).files == find_revision("main", Path()).files


@pytest.mark.parametrize(
    ("files", "start", "found"),
    [
        (["pack.yaml"], "", "."),
        (["checklists/pack.yaml"], "", "checklists"),
        (["checklists/pack.yaml"], "docs/adr", "checklists"),
        (["checklists/pack.yaml", "docs/pack.yaml"], "docs/adr", "docs"),
        (["pack.yaml", "checklists/pack.yaml"], "", "."),
        (["pack.yaml", "tests/pack/pack.yaml"], "tests/pack/sources", "tests/pack"),
        (["client/checklists/pack.yaml", "checklists/pack.yaml"], "client", "client/checklists"),
    ],
)
def test_the_nearest_pack_is_found(
    commit: Commit, files: list[str], start: str, found: str
) -> None:
    commit(dict.fromkeys(files, PACK))
    assert find_pack(find_revision("main", Path()), start) == found


def test_a_revision_without_a_pack_names_one_that_lies_elsewhere(commit: Commit) -> None:
    commit({"deep/down/pack.yaml": PACK})
    with pytest.raises(InputError, match=re.escape("Name one of its packs: main:deep/down.")):
        find_pack(find_revision("main", Path()), "")


def test_the_search_begins_beside_a_path_of_the_same_repository(commit: Commit) -> None:
    commit({**FILES, "tests/pack/pack.yaml": PACK})
    assert find_revision("main", Path("tests/pack")).prefix == "tests/pack"
    assert find_revision("main", Path("..")).prefix == ""


UNKNOWN = {
    "mian": "Did you mean “main”?",
    "HEAD~1": "List them: git log --oneline",
    "--upload-pack=x": "and no git revision",
    "main x": "and no git revision",
    "$(id)": "and no git revision",
    "main^{blob}": "and no git revision",
    "\udcff": "and no git revision",
}


@pytest.mark.parametrize(("name", "sentence"), UNKNOWN.items(), ids=ascii)
def test_what_is_no_revision_is_said(commit: Commit, name: str, sentence: str) -> None:
    commit(FILES)
    with pytest.raises(InputError, match=re.escape(sentence)):
        find_revision(name, Path())


def test_outside_of_any_repository_a_name_is_no_revision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(InputError, match="lies in no git repository"):
        find_revision("main", Path())


def test_a_repository_without_a_commit_has_no_revision(git: Git) -> None:
    git("status")
    with pytest.raises(InputError, match="no git revision"):
        find_revision("HEAD", Path())


def test_without_git_it_is_said_what_to_do(commit: Commit, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(FILES)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SurroundingsError, match="Install git, or name a file or a folder"):
        find_revision("main", Path())


def test_a_repository_that_is_not_ours_is_refused_in_gits_own_words(
    commit: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(FILES)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(SurroundingsError, match="dubious ownership"):
        find_revision("main", Path())


def test_a_shallow_clone_says_that_older_commits_are_missing(
    git: Git, commit: Commit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(FILES)
    commit({"checklists/more.yaml": "id: more\n"})
    here = Path.cwd().as_uri()
    git("clone", "--quiet", "--depth", "1", here, str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    with pytest.raises(InputError, match="git fetch --unshallow"):
        find_revision("HEAD~1", Path())


def test_a_clone_without_contents_fetches_nothing(
    git: Git, commit: Commit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(FILES)
    git("config", "uploadpack.allowFilter", "true")
    partial = str(tmp_path / "partial")
    git("clone", "--quiet", "--no-checkout", "--filter=blob:none", Path.cwd().as_uri(), partial)
    monkeypatch.chdir(partial)
    with pytest.raises(SurroundingsError, match="does not hold all of “main:checklists”"):
        gather_revision(find_revision("main", Path()), "checklists")


def test_a_branch_whose_commit_is_lost_is_said(commit: Commit) -> None:
    commit(FILES)
    for one in Path(".git/objects").glob("??/*"):
        one.chmod(0o644)
        one.unlink()
    with pytest.raises(SurroundingsError, match="git fsck"):
        find_revision("main", Path())


REFUSED = {
    "a yml": ({"checklists/a.yml": "id: a\n"}, "name it a.yaml"),
    "too large": ({"checklists/a.yaml": b"\0" * (4 * 1024 * 1024 + 1)}, "is larger than 4 MiB"),
    "nothing": ({"checklists/a.txt": ""}, "holds no .yaml file"),
}


@pytest.mark.parametrize(("files", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_a_folder_may_not_hold_a_revision_may_not(
    commit: Commit, files: dict[str, str | bytes], sentence: str
) -> None:
    commit(files)
    with pytest.raises(InputError, match=re.escape(sentence)):
        gather_revision(find_revision("main", Path()), "checklists")


def test_a_link_is_not_followed(commit: Commit) -> None:
    Path("checklists").mkdir()
    Path("checklists/passwords.yaml").symlink_to("/etc/passwd")
    commit(FILES)
    with pytest.raises(InputError, match=re.escape("passwords.yaml” is a link")):
        gather_revision(find_revision("main", Path()), "checklists")
