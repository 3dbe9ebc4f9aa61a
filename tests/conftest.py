"""What all rooms share: a small pack of checklists, a clock that stands still, and calm properties."""

import ipaddress
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from textwrap import dedent, indent
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings

from compliance.checklist import library as library_room
from compliance.checklist.fact import Fact, Value
from compliance.checklist.library import Library, read_library
from compliance.checklist.pack_files import PackFiles, gather
from compliance.clinic.profile import Profile, Thing
from compliance.text.diagnostic import Diagnostic

settings.register_profile(
    "house",
    deadline=None,  # a busy machine is no failure
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("house")

SMALL = Path(__file__).parent / "checklist" / "small"
REPOSITORY = Path(__file__).parent.parent
HEAD = """
id: trial
title: A trial
edition: 2026-11-23
jurisdiction: {jurisdiction}
about: Something to try.
"""

Read = tuple[Library | None, list[Diagnostic]]
ReadSmall = Callable[..., Read]
Trial = Callable[..., Library]


_LARGE = 500_000  # bytes; smaller packs are read at once


@pytest.fixture(scope="session", autouse=True)
def _the_shipped_pack_is_read_once() -> Iterator[None]:
    """Hundreds of commands read the same 160 files; what comes of the same bytes is the same."""
    known: dict[object, library_room.Reading] = {}
    really = library_room.read_packs

    def read(packs: Sequence[PackFiles]) -> library_room.Reading:
        if sum(len(raw) for pack in packs for raw in pack.files.values()) < _LARGE:
            return really(packs)
        key = tuple((pack.folder, *pack.files.items()) for pack in packs)
        if key not in known:
            if len(known) > 8:
                known.clear()
            known[key] = really(packs)
        return known[key]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(library_room, "read_packs", read)
        yield


@pytest.fixture(scope="session")
def as_of() -> date:
    """The day of every audit."""
    return date(2026, 11, 23)


@pytest.fixture(scope="session")
def clock() -> Callable[[], datetime]:
    """A clock that stands still."""
    return lambda: datetime(2026, 11, 23, 10, 20, tzinfo=ZoneInfo("America/Denver"))


@pytest.fixture(scope="session")
def small_pack() -> PackFiles:
    """A pack with every kind of fact, thing, answer and condition."""
    return PackFiles("", gather(SMALL).files)


@pytest.fixture(scope="session")
def small(small_pack: PackFiles) -> Library:
    """The small pack, read."""
    library, diagnostics = read_library([small_pack])
    assert library, "\n".join(one.render() for one in diagnostics)
    return library


@pytest.fixture(scope="session")
def real_pack() -> PackFiles:
    """The checklists that are shipped."""
    return PackFiles("", gather(REPOSITORY / "checklists").files)


@pytest.fixture(scope="session")
def real(real_pack: PackFiles) -> Library:
    """The checklists that are shipped, read."""
    library, diagnostics = read_library([real_pack])
    assert library, "\n".join(one.render() for one in diagnostics)
    return library


@pytest.fixture(scope="session")
def read_small(small_pack: PackFiles) -> ReadSmall:
    """Read the small pack with some files replaced, or left out when they are None."""

    def read(files: Mapping[str, str | bytes | None], *more: PackFiles) -> Read:
        return read_library([replace_files(small_pack, files), *more])

    return read


def replace_files(pack: PackFiles, files: Mapping[str, str | bytes | None]) -> PackFiles:
    whole = {**pack.files, **{name: _encode(text) for name, text in files.items()}}
    return PackFiles(pack.folder, {name: raw for name, raw in whole.items() if raw is not None})


def _encode(text: str | bytes | None) -> bytes | None:
    return text.encode() if isinstance(text, str) else text


@pytest.fixture(scope="session")
def trial_files() -> Callable[..., dict[str, str | None]]:
    """Files that put one checklist, `trial`, in the place of the small pack's own."""

    def make(requirements: str, top: str = "", jurisdiction: str = "US") -> dict[str, str | None]:
        parts = dedent(requirements).strip().split("\n\n")
        text = HEAD.strip().format(jurisdiction=jurisdiction) + f"\n{dedent(top).strip()}\n"
        text += "sections:\n  - title: Only\n    requirements:\n"
        text += "".join(indent(_fill(part), " " * 6) for part in parts)
        pack = (SMALL / "pack.yaml").read_text().replace("order: [desk, rooms]\n", "")
        return {"desk.yaml": None, "rooms.yaml": None, "pack.yaml": pack, "trial.yaml": text}

    return make


def _fill(part: str) -> str:
    """Return one requirement with what it does not say itself."""
    lines = [f"  {line}" for line in part.splitlines()]
    usual = {"ask": "Is it so?", "force": "good-practice", "grade": "minor", "cite": "[some-paper]"}
    lines += [f"  {key}: {value}" for key, value in usual.items() if f"\n{key}:" not in f"\n{part}"]
    return "- " + "\n".join(lines)[2:] + "\n"


@pytest.fixture(scope="session")
def read_trial(read_small: ReadSmall, trial_files: Callable[..., dict[str, str | None]]) -> Trial:
    """Read requirements (parted by empty lines) into a library; what they leave out is filled in."""

    def read(requirements: str, top: str = "", jurisdiction: str = "US") -> Library:
        library, diagnostics = read_small(trial_files(requirements, top, jurisdiction))
        assert library, "\n".join(one.render() for one in diagnostics)
        return library

    return read


@pytest.fixture(scope="session")
def find_troubles(
    read_small: ReadSmall, trial_files: Callable[..., dict[str, str | None]]
) -> Callable[..., list[Diagnostic]]:
    """Read requirements that are wrong, and return what is said of them."""

    def find(requirements: str, top: str = "", jurisdiction: str = "US") -> list[Diagnostic]:
        library, diagnostics = read_small(trial_files(requirements, top, jurisdiction))
        assert library is None
        assert diagnostics
        return diagnostics

    return find


@pytest.fixture(scope="session")
def make_profile() -> Callable[..., Profile]:
    """Make a profile of plain data: facts of the clinic, and things as group, id, facts."""

    def make(
        library: Library,
        facts: Mapping[str, object] | None = None,
        **things: Mapping[str, Mapping[str, object]],
    ) -> Profile:
        sheet = library.sheet
        return Profile(
            {name: _read(sheet.fact(name), raw) for name, raw in (facts or {}).items()},
            {
                group: tuple(
                    Thing(
                        thing_id,
                        thing_id.replace("-", " ").title(),
                        {n: _read(sheet.group(group).fact(n), raw) for n, raw in own.items()},
                    )
                    for thing_id, own in members.items()
                )
                for group, members in things.items()
            },
        )

    return make


def _read(fact: Fact | None, raw: object) -> Value | None:
    assert fact
    return None if raw is None else fact.read(raw)


def _refuse_the_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Fail whatever wants to reach beyond this machine, libraries in C included."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = str(arguments[1][0])
    elif event == "socket.getaddrinfo":
        host = str(arguments[0] or "localhost")
    else:
        return
    if not _is_this_machine(host):
        raise AssertionError(f"A test wanted to reach {host}.")


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


sys.addaudithook(_refuse_the_network)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the tables that tests made, such as the verdicts on the report, at the end of the log."""
    for report in terminalreporter.stats.get("passed", []):
        for name, text in report.user_properties:
            if name == "table":
                terminalreporter.section(report.nodeid)
                terminalreporter.write_line(text)


Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Run git in a repository of its own, which becomes the current folder."""
    repository = tmp_path / "repository"
    repository.mkdir()
    monkeypatch.chdir(repository)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)  # as a hook would set them
    who = {"NAME": "Dana", "EMAIL": "dana@example.org", "DATE": "2026-11-23T10:00:00Z"}
    for what, value in who.items():
        monkeypatch.setenv(f"GIT_AUTHOR_{what}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{what}", value)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)

    def run(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=True)
        return done.stdout

    run("init", "--quiet", "--initial-branch", "main")
    return run


@pytest.fixture
def commit(git: Git) -> Callable[[Mapping[str, str | bytes]], None]:
    """Write files into the repository and commit all there is."""

    def committed(files: Mapping[str, str | bytes]) -> None:
        for name, text in files.items():
            path = Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        git("add", "--all")
        git("commit", "--quiet", "--message", "x")

    return committed


TYPED = frozenset(
    {
        "text",
        "by",
        "said",
        "reason",
        "detail",
        "warning",
        "withdrawn",
        "owner",
        "due",
        "name",
        "kept_at",
        "sha256",
        "because",
        "ask",
        "title",
        "clinic",
        "role",
        "citation",
        "note",
        "url",
        "reading",
        "head",
        "asked_because",
        "about",
        "edition",
        "publisher",
        "says",
    }
)
"""Fields of a result that a person typed or reads."""


@pytest.fixture(scope="session")
def typed_in() -> Callable[[object], Iterator[str]]:
    """Yield every text of a result that a person typed or reads."""
    return _typed


def _typed(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "says" and value["read"] == "not-read":
                continue
            if key == "because":
                yield item[1:]  # its first letter becomes a capital
            elif key in TYPED and isinstance(item, str):
                yield item
            else:
                yield from _typed(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _typed(item)
