"""One run of the lint as a command asks for it: flags and configuration in, text and verdict out."""

import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from compliance.checklist.frozen import read_iso_date
from compliance.conduct.configuration import Configuration, configure
from compliance.conduct.earlier import read_earlier
from compliance.conduct.linting import Errand, fix, lint
from compliance.errors import InputError
from compliance.lint.engine import Selection
from compliance.lint.fixing import count_fixable
from compliance.lint.outcome import Outcome
from compliance.lint.reporters import FORMATS, Format, render
from compliance.lint.reporters.as_text import render_notes
from compliance.lint.rules import list_rules
from compliance.text.diagnostic import suggest
from compliance.walk.storing import write_beside


@dataclass(frozen=True, slots=True)
class Flags:
    """What was said on the command line; empty where nothing was."""

    paths: tuple[Path, ...]
    form: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    strict: bool
    notes: bool
    fix: bool
    output: Path | None
    as_of: str | None
    base: str | None
    stdin_name: str | None


def run_lint(flags: Flags) -> bool:
    """Lint, print or write what was found, and return whether it passes.

    Raises:
        InputError: a flag, a path or the configuration cannot be what was meant.
        SurroundingsError: the output or a mended file cannot be written.
    """
    settings = configure(Path())
    form = _check_format(flags.form)
    errand = _make_errand(flags, settings)
    if flags.fix:
        _mend(errand)
    outcome = lint(errand)
    text = render_notes(outcome) if flags.notes and form == "text" else render(outcome, form)
    if flags.output:
        write_beside(flags.output, text.encode())
    else:
        sys.stdout.write(text)
    _say_fixable(outcome, flags)
    return outcome.passes(strict=flags.strict or settings.strict)


def _check_format(name: str) -> Format:
    if name not in FORMATS:
        hint = suggest(name, FORMATS) or f"There are {', '.join(FORMATS)}."
        raise InputError(f"--format has no “{name}”. {hint}")
    return name


def _make_errand(flags: Flags, settings: Configuration) -> Errand:
    typed = b""
    if any(str(path) == "-" for path in flags.paths):
        if flags.fix:
            raise InputError("--fix mends files; “-” is none.")
        typed = sys.stdin.buffer.read()
    elif flags.stdin_name:
        raise InputError("--stdin-name goes with “-” as the path.")
    return Errand(
        flags.paths or settings.checklists,
        _read_day(flags.as_of),
        Selection(
            _check_words(flags.select, "--select") or settings.select,
            (*_check_words(flags.ignore, "--ignore"), *settings.ignore),
        ),
        read_earlier(flags.base) if flags.base else None,
        typed,
        flags.stdin_name or "",
    )


def _read_day(text: str | None) -> date:
    try:
        return read_iso_date(text) if text else datetime.now(UTC).date()
    except ValueError as error:
        raise InputError(f"--as-of: {error}.") from None


def _check_words(given: tuple[str, ...], flag: str) -> tuple[str, ...]:
    """Return the words of a flag, which may stand in one text with commas; each must mean a rule."""
    words = tuple(word.strip() for text in given for word in text.split(",") if word.strip())
    rules = list_rules()
    for word in words:
        if not any(rule.is_meant_by(word) for rule in rules):
            known = [name for one in rules for name in (one.code, one.name, one.family)]
            hint = suggest(word, known) or "List them: compliance explain"
            raise InputError(f"{flag}: no rule is called “{word}”. {hint}")
    return words


def _mend(errand: Errand) -> None:
    for name in fix(errand):
        sys.stderr.write(f"Mended: {name}\n")


def _say_fixable(outcome: Outcome, flags: Flags) -> None:
    if flags.form == "text" and not flags.fix and (count := count_fixable(outcome.findings)):
        sys.stderr.write(f"--fix can mend {count} of these.\n")
