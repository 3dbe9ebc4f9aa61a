"""`make` sets up a machine without asking for a password, or says how and stops."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOWHERE = "pango-that-is-nowhere"
PANGO = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
SLOW = ("java", "softhsm", "chromium")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="runs POSIX shell scripts")


@dataclass(frozen=True)
class Machine:
    """A machine as the scripts see it: the commands on its path and what they were called with."""

    folder: Path

    def has(self, name: str, script: str) -> None:
        """Put a command on the path that notes its arguments and then does `script`."""
        note = f'echo "{name} $*" >> {self.folder}/calls\n'
        file = self.folder / name
        file.write_text(f"#!/bin/sh\n{note}{script}\n", encoding="utf-8")
        file.chmod(0o755)

    def calls(self) -> list[str]:
        """Return every call of such a command, in order."""
        file = self.folder / "calls"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []

    def is_system(self, name: str) -> None:
        """Say which system this is, as systems say it."""
        (self.folder / "os-release").write_text(f"NAME=Some\nID={name}\n", encoding="utf-8")

    def run(self, script: str, *words: str, libraries: str = NOWHERE) -> tuple[int, str]:
        """Return the exit code and all that was printed."""
        shell = shutil.which("sh") or "sh"
        done = subprocess.run(
            [shell, ROOT / "tools" / script, *words],
            env={
                "PATH": str(self.folder),
                "PANGO_LIBRARIES": libraries,
                "OS_RELEASE": str(self.folder / "os-release"),
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine with a shell's usual commands, without a package manager, and not as root."""
    for name in ("basename", "cat", "dirname", "env", "sed", "sh", "tr"):
        (tmp_path / name).symlink_to(shutil.which(name) or name)
    made = Machine(tmp_path)
    made.has("id", "echo 1000")
    return made


def test_a_library_that_does_not_load_stops_with_one_command_a_system(machine: Machine) -> None:
    code, said = machine.run("system-packages.sh", sys.executable, "pango")
    assert code == 3
    assert f"Not found on this machine: lib{NOWHERE}." in said
    assert f"sudo apt-get install --no-install-recommends {PANGO}\n" in said
    for command in ("dnf install pango", "brew install python pango", "pacman -S mingw"):
        assert command in said


def test_all_that_is_missing_stands_in_one_command(machine: Machine) -> None:
    code, said = machine.run("system-packages.sh", sys.executable, "pango", "poppler")
    assert code == 3
    assert f"{PANGO} poppler-utils\n" in said
    assert "dnf install pango poppler-utils\n" in said
    assert "brew install python pango poppler\n" in said


def test_a_library_that_loads_is_not_installed_again(machine: Machine) -> None:
    code, said = machine.run("system-packages.sh", sys.executable, "pango", libraries="")
    assert (code, said) == (0, "")
    assert machine.calls() == []


def test_root_installs_with_apt(machine: Machine) -> None:
    machine.has("id", "echo 0")
    machine.has("apt-get", "")
    machine.run("system-packages.sh", sys.executable, "pango")
    installs = [call for call in machine.calls() if call.startswith("apt-get")]
    assert [call.endswith(f"install -y --no-install-recommends {PANGO}") for call in installs] == [
        True
    ]


def test_lists_that_are_missing_are_fetched_and_apt_is_asked_again(machine: Machine) -> None:
    machine.has("id", "echo 0")
    machine.has("apt-get", 'case "$*" in *install*) exit 100 ;; esac')
    machine.run("system-packages.sh", sys.executable, "pango")
    verbs = [
        verb for call in machine.calls() for verb in call.split() if verb in {"install", "update"}
    ]
    assert verbs == ["install", "update", "install"]


def test_sudo_is_used_only_where_it_asks_for_no_password(machine: Machine) -> None:
    machine.has("apt-get", "")
    machine.has("sudo", "")
    machine.run("system-packages.sh", sys.executable, "pango")
    sudo = [call for call in machine.calls() if call.startswith("sudo")]
    assert any("apt-get" in call for call in sudo)
    assert all(call.startswith("sudo -n ") for call in sudo)


def test_a_sudo_that_wants_a_password_is_left_alone(machine: Machine) -> None:
    machine.has("apt-get", "")
    machine.has("sudo", "exit 1")
    code, said = machine.run("system-packages.sh", sys.executable, "pango")
    assert code == 3
    assert "Install with one command" in said
    assert [call for call in machine.calls() if call.startswith("apt-get")] == []


def test_what_still_does_not_load_after_apt_is_said(machine: Machine) -> None:
    machine.has("id", "echo 0")
    machine.has("apt-get", "")
    code, said = machine.run("system-packages.sh", sys.executable, "pango")
    assert code == 3
    assert "Not found on this machine" in said


def test_what_the_slow_tests_need_stands_in_one_command_too(machine: Machine) -> None:
    machine.is_system("debian")
    code, said = machine.run("system-packages.sh", sys.executable, *SLOW)
    assert code == 3
    assert (
        "apt-get install --no-install-recommends default-jre-headless softhsm2 chromium\n" in said
    )
    assert "dnf install java-latest-openjdk-devel softhsm chromium\n" in said
    assert "winget install EclipseAdoptium.Temurin.21.JDK Hibbiki.Chromium\n" in said
    assert "snap" not in said


def test_ubuntu_gets_its_browser_as_a_snap(machine: Machine) -> None:
    machine.is_system("ubuntu")
    code, said = machine.run("system-packages.sh", sys.executable, *SLOW)
    assert code == 3
    assert "apt-get install --no-install-recommends default-jre-headless softhsm2\n" in said
    assert "snap install chromium\n" in said


@pytest.mark.parametrize(
    "modules", ["", "java.base@17.0.15", "java.base@11.0.2\njdk.compiler@11.0.2"]
)
def test_a_java_that_is_too_old_or_cannot_compile_is_none(machine: Machine, modules: str) -> None:
    machine.has("java", f'printf "{modules}"')
    code, said = machine.run("system-packages.sh", sys.executable, "java")
    assert code == 3
    assert "Java 17 or newer" in said


@pytest.mark.parametrize("version", ["17.0.15", "21.0.2", "25"])
def test_what_is_there_is_not_installed_again(machine: Machine, version: str) -> None:
    machine.has("java", f"echo jdk.compiler@{version}")
    machine.has("softhsm2-util", "")
    machine.has("google-chrome", "")
    assert machine.run("system-packages.sh", sys.executable, *SLOW) == (0, "")


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
@pytest.mark.parametrize("job", ["audit", "demo", "test", "check"])
def test_no_everyday_job_asks_for_what_the_slow_tests_need(job: str) -> None:
    assert not set(SLOW) & needs_of(job)


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_the_slow_tests_ask_for_all_that_they_need() -> None:
    assert set(SLOW) <= needs_of("test", "SLOW=1")


def needs_of(*words: str) -> set[str]:
    """Return what make would see to before a job, on a machine that has nothing yet."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "SLOW"))}
    command = ["make", "--dry-run", "--always-make", *words]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    asked = [line for line in done.stdout.splitlines() if "system-packages.sh" in line]
    assert asked
    return {word for line in asked for word in line.split()}


def test_a_python_without_venv_gets_debians_package(machine: Machine) -> None:
    machine.has("python3", "exit 1")
    code, said = machine.run("system-packages.sh", "python3", "venv")
    assert code == 3
    assert "sudo apt-get install --no-install-recommends python3-venv\n" in said


def test_the_first_python_that_is_new_enough_is_taken(machine: Machine) -> None:
    machine.has("python3", "exit 1")
    machine.has("python3.12", "exit 0")
    assert machine.run("python.sh") == (0, "python3.12\n")


def test_no_python_that_is_new_enough_is_said(machine: Machine) -> None:
    machine.has("python3", "exit 1")
    code, said = machine.run("python.sh")
    assert code == 3
    assert "Python 3.11 or newer is needed" in said


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_make_alone_prints_every_target() -> None:
    # The make that runs the tests would have this one speak of folders it enters.
    env = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    done = subprocess.run(["make"], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    names = [line.split()[1] for line in done.stdout.splitlines()]
    assert names == ["help", "audit", "demo", "test", "check", "docs", "bench", "lock", "clean"]
