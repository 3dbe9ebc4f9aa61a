"""The pins are whole, agree with each other and name no place to fetch from."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
FILES = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^ ]+)(?: ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
REMARK = re.compile(r"^ *#")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def lines_of(file: str) -> list[str]:
    return (ROOT / file).read_text(encoding="utf-8").splitlines()


def pins_of(file: str) -> dict[str, str]:
    found = (PIN.match(line) for line in lines_of(file))
    return {pin["name"]: pin["version"] for pin in found if pin}


@pytest.mark.parametrize("file", FILES)
def test_every_line_is_a_pin_a_hash_or_a_remark(file: str) -> None:
    other = [line for line in lines_of(file) if not any(p.match(line) for p in (PIN, HASH, REMARK))]
    assert other == []


@pytest.mark.parametrize("file", FILES)
def test_no_address_is_written_into_the_pins(file: str) -> None:
    assert [line for line in lines_of(file) if "://" in line or "index" in line] == []


@pytest.mark.parametrize("wanted", PROJECT["project"]["dependencies"])
def test_what_the_package_needs_is_pinned_within_its_bounds(wanted: str) -> None:
    need = Requirement(wanted)
    assert need.specifier.contains(pins_of("requirements.txt")[canonicalize_name(need.name)])


def test_the_tools_that_developers_need_are_pinned() -> None:
    tools = [tool for tool in PROJECT["dependency-groups"]["dev"] if isinstance(tool, str)]
    names = {canonicalize_name(Requirement(tool).name) for tool in tools}
    assert names <= pins_of("requirements-dev.txt").keys()


def test_developers_run_what_users_run() -> None:
    assert pins_of("requirements.txt").items() <= pins_of("requirements-dev.txt").items()
