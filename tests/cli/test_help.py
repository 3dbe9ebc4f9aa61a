"""Every command and option explains itself, and no line of help is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import typer.main

from compliance.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Run = Callable[..., Any]

ROOT = typer.main.get_command(app)


def _commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:  # noqa: ANN401 - the library does not export its type
    yield path, command
    for name, child in getattr(command, "commands", {}).items():
        yield from _commands(child, (*path, name))


COMMANDS = dict(_commands(ROOT))


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: " ".join(path) or "compliance")
@pytest.mark.parametrize("columns", ["80", "200"])
def test_no_line_of_help_is_cut(
    run: Run, path: tuple[str, ...], columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    ran = run(*path, "--help")
    assert ran.code == 0
    assert "..." not in ran.out.replace("]...", "]")  # in “[PATH]...” it means several
    assert all(len(line) <= 80 for line in ran.out.splitlines())
    assert ran.err == ""


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: " ".join(path) or "compliance")
def test_every_command_and_option_has_help(path: tuple[str, ...]) -> None:
    command = COMMANDS[path]
    assert command.help
    mute = [one.name for one in command.params if not getattr(one, "help", None)]
    assert mute == []


def test_help_stands_alone_when_nothing_is_asked_for(run: Run) -> None:
    ran = run()
    assert ran.code == 2
    assert "Begin with: compliance audit my-clinic" in ran.said


def test_the_version_is_printed(run: Run) -> None:
    ran = run("--version")
    assert ran.code == 0
    assert ran.out.startswith("clinic-compliance ")
