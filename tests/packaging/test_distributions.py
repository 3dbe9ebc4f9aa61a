"""The package works the same from the wheel, the sdist and an editable install."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUNDLED = ("checklists", "templates")
INSTALLS = ("wheel", "sdist", "editable")
CACHES = {"__pycache__", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache"}

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    # Without the variables that would let an installation see this checkout.
    hidden = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    env = {key: value for key, value in os.environ.items() if key not in hidden}
    done = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def source_files(folder: Path) -> set[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix()
        for path in files
        if not CACHES & set(path.parts) and path.suffix != ".swp" and path.name != ".DS_Store"
    }


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build the sdist from the checkout, and the wheel from the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return {
        "wheel": next(folder.glob("*.whl")),
        "sdist": next(folder.glob("*.tar.gz")),
        "editable": ROOT,
    }


@pytest.fixture(scope="module")
def unpacked(distributions: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(distributions["sdist"]) as archive:
        archive.extractall(folder, filter="data")
    return next(folder.iterdir())


@pytest.fixture(scope="module", params=INSTALLS)
def installed(
    request: pytest.FixtureRequest,
    distributions: dict[str, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[str, Path]:
    """Install into a fresh environment that borrows its dependencies from this one.

    A .pth file lends this environment's packages (pip and hatchling too), which spares a minute of
    installing. Only the package itself is looked at, and it is not lent: what is installed here
    comes first on the path, and the .pth files of a folder that was lent are not followed.
    """
    how: str = request.param
    folder = tmp_path_factory.mktemp(how)
    venv.create(folder, with_pip=False)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(run(python, "-c", ask, cwd=folder).strip())
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "lent.pth").write_text("\n".join(sorted(lent)), encoding="utf-8")
    editable = ["--editable"] if how == "editable" else []
    pip = (python, "-m", "pip", "--quiet", "install", "--no-deps", "--no-build-isolation")
    run(*pip, "--ignore-installed", *editable, distributions[how], cwd=folder)
    return how, scripts


def test_the_command_runs_from_any_folder(installed: tuple[str, Path], tmp_path: Path) -> None:
    _, scripts = installed
    assert "audit" in run(scripts / "compliance", "--help", cwd=tmp_path)
    assert "dea-registration" in run(scripts / "compliance", "checklists", cwd=tmp_path)


@pytest.mark.parametrize("name", BUNDLED)
def test_what_is_bundled_is_found_whole(
    installed: tuple[str, Path], tmp_path: Path, name: str
) -> None:
    how, scripts = installed
    ask = f"from compliance.resources import bundled_folder; print(bundled_folder({name!r}))"
    folder = Path(run(scripts / "python", "-c", ask, cwd=tmp_path).strip())
    home = ROOT if how == "editable" else scripts.parent
    assert folder.is_relative_to(home.resolve())
    assert source_files(folder) == source_files(ROOT / name) != set()


def test_the_sdist_holds_every_file_of_the_checkout(unpacked: Path) -> None:
    folders = {path.name for path in unpacked.iterdir() if path.is_dir()}
    assert {"checklists", "compliance", "docs", "examples", "templates", "tests"} <= folders
    for name in sorted(folders):
        assert source_files(unpacked / name) == source_files(ROOT / name)


def test_the_tests_can_run_from_the_sdist(unpacked: Path) -> None:
    collect = ("--collect-only", "--quiet", "-p", "no:cacheprovider")
    assert "::test_" in run(sys.executable, "-m", "pytest", *collect, cwd=unpacked)


def test_an_editable_install_copies_nothing(installed: tuple[str, Path]) -> None:
    how, scripts = installed
    copies = list(scripts.parent.rglob("site-packages/compliance"))
    assert bool(copies) == (how != "editable")
