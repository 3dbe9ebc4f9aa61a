"""`[tool.compliance]` in the nearest pyproject.toml: what a project always wants."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compliance.checklist.pack_files import read_bounded
from compliance.errors import InputError
from compliance.text.diagnostic import suggest

FILE = "pyproject.toml"


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the file says; `paths` are relative to `folder`, where the file lies."""

    folder: Path = Path()
    checklists: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False


def configure(start: Path) -> Configuration:
    """Return the configuration of the nearest pyproject.toml that has one; the default if none.

    Raises:
        InputError: the file is no TOML, or says what is not known.
    """
    for folder in (start, *start.absolute().parents):
        file = folder / FILE
        if file.is_file():
            said = _read(file)
            if said is not None:
                return _configure(said, file)
    return Configuration()


def _read(file: Path) -> Mapping[str, Any] | None:
    try:
        whole = tomllib.loads(read_bounded(file).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"“{file}” is no TOML: {error}.") from None
    tool = whole.get("tool")
    said = tool.get("compliance") if isinstance(tool, dict) else None
    if said is not None and not isinstance(said, dict):
        raise InputError(f"{file}: [tool.compliance] must be a table.")
    return said


def _configure(said: Mapping[str, Any], file: Path) -> Configuration:
    _check_keys(said, ("checklists", "lint"), f"{file}: [tool.compliance]")
    lint = said.get("lint", {})
    where = f"{file}: [tool.compliance.lint]"
    if not isinstance(lint, dict):
        raise InputError(f"{where} must be a table.")
    _check_keys(lint, ("select", "ignore", "strict"), where)
    strict = lint.get("strict", False)
    if not isinstance(strict, bool):
        raise InputError(f"{where}: strict is true or false.")
    paths = _list_texts(said, "checklists", f"{file}: [tool.compliance]")
    return Configuration(
        file.parent,
        tuple(file.parent / one for one in paths),
        _list_texts(lint, "select", where),
        _list_texts(lint, "ignore", where),
        strict,
    )


def _check_keys(said: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in said:
        if key not in known:
            hint = suggest(key, known) or f"Known there: {', '.join(known)}."
            raise InputError(f"{where} has no key “{key}”. {hint}")


def _list_texts(said: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = said.get(key, [])
    check: Callable[[Any], bool] = lambda one: isinstance(one, str)  # noqa: E731 - a check is a small thing
    if not isinstance(value, list) or not all(map(check, value)):
        raise InputError(f'{where}: {key} is a list of texts, such as ["checklists"].')
    return tuple(value)
