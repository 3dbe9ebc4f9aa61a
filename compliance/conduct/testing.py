"""Running the scenarios of packs, and saying what came of them."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from compliance.checklist.fact import list_words
from compliance.checklist.library import Library
from compliance.checklist.pack_files import SCENARIO, list_scenarios, read_bounded
from compliance.conduct.configuration import configure
from compliance.conduct.linting import find_home, read_home, shown
from compliance.conduct.opening import render_all
from compliance.errors import InputError
from compliance.resources import bundled_folder
from compliance.scenario.as_junit import render_junit
from compliance.scenario.reach import Reach, measure_reach
from compliance.scenario.reading import WHOLE, Staged, read_scenarios
from compliance.scenario.running import Run, narrow, run_scenario
from compliance.text.diagnostic import Diagnostic, suggest
from compliance.walk.storing import write_beside

_FORMATS = ("text", "junit")


@dataclass(frozen=True, slots=True)
class Tested:
    """What came of the scenario files that were named, and how far they reach together."""

    files: tuple[str, ...]
    runs: tuple[Run, ...]
    broken: tuple[Diagnostic, ...]
    reach: Reach

    @property
    def failed(self) -> tuple[Run, ...]:
        """The scenarios of which something is not as expected."""
        return tuple(run for run in self.runs if run.failures)

    def passes(self, *, strict: bool) -> bool:
        """Whether all came out as expected; with `strict`, whether all was reached as well."""
        return not (self.failed or self.broken) and (self.reach.whole or not strict)


def run_all(paths: Sequence[Path]) -> Tested:
    """Run the scenarios of packs, folders or files; ours, or the project's own, if none is named.

    Raises:
        InputError: a path is not there, holds no scenario, or its pack cannot be read.
    """
    named = tuple(paths) or configure(Path()).checklists or (bundled_folder("checklists"),)
    files: list[str] = []
    runs: list[Run] = []
    broken: list[Diagnostic] = []
    checklists: dict[str, None] = {}
    library: Library | None = None
    for home, group in _group(named).items():
        library = _read(home)
        for path in group:
            name = shown(path)
            staged, wrong = read_scenarios(read_bounded(path), name, library)
            files.append(name)
            broken += wrong
            runs += _run(staged, library)
            checklists |= _checklists_of(path, library)
    reach = measure_reach(library, runs, checklists) if library else Reach((), (), (), ())
    return Tested(tuple(files), tuple(runs), tuple(broken), reach)


def _run(staged: Sequence[Staged], library: Library) -> Iterator[Run]:
    """Run the scenarios of one file, each over the checklists that it is about."""
    narrowed: dict[tuple[str, ...], Library] = {(): library}
    for one in staged:
        if one.only not in narrowed:
            narrowed[one.only] = narrow(library, one.only)
        yield run_scenario(one, narrowed[one.only])


def _group(paths: Sequence[Path]) -> dict[Path, list[Path]]:
    """Return the scenario files by the folder of their pack."""
    groups: dict[Path, list[Path]] = {}
    for path in paths:
        if not path.exists():
            raise InputError(f"There is no file or folder “{path}”.")
        if path.is_file() and not path.name.endswith(SCENARIO):
            raise InputError(f"“{path}” is no scenario file; their names end in {SCENARIO}.")
        found = [path] if path.is_file() else list_scenarios(path)
        if not found:
            raise InputError(f"“{path}” holds no scenario file; their names end in {SCENARIO}.")
        for one in found:
            home = find_home(one.parent)
            if home is None:
                raise InputError(f"“{one}” lies in no pack: no folder above it has a pack.yaml.")
            groups.setdefault(home, []).append(one)
    return groups


def _read(home: Path) -> Library:
    library, diagnostics = read_home(home)
    if library is None:
        raise InputError(f"{render_all(diagnostics)}\nNo scenario was run: the pack has errors.")
    return library


def _checklists_of(path: Path, library: Library) -> dict[str, None]:
    """Return the checklist a file stands beside; none for one about whole clinics."""
    name = path.name.removesuffix(SCENARIO)
    fits = not name.startswith(WHOLE) and name in library.checklists
    return {name: None} if fits else {}


def report_tests(paths: Sequence[Path], form: str, output: Path | None, *, strict: bool) -> bool:
    """Run the scenarios, print or write what came of them, and return whether they pass.

    Raises:
        InputError: a path cannot be what was meant, or there is no such format.
        SurroundingsError: the output cannot be written.
    """
    if form not in _FORMATS:
        hint = suggest(form, _FORMATS) or f"There are {list_words(_FORMATS)}."
        raise InputError(f"--format has no “{form}”. {hint}")
    tested = run_all(paths)
    text = render_tested(tested)
    if form == "junit":
        text = render_junit(tested.files, tested.runs, tested.broken)
    if output:
        write_beside(output, text.encode())
    else:
        sys.stdout.write(text)
    return tested.passes(strict=strict)


def render_tested(tested: Tested) -> str:
    """Return what a person reads: failures with their place, what is not reached, the count."""
    lines = [one.render() for one in tested.broken]
    for run in tested.failed:
        lines += [one.render() for one in run.failures]
    lines += _render_reach(tested.reach)
    count, failed = len(tested.runs), len(tested.failed)
    end = f"{count} scenario{'' if count == 1 else 's'} in {len(tested.files)} "
    end += f"file{'' if len(tested.files) == 1 else 's'}, "
    end += f"{failed} failed." if failed else "all as expected."
    if tested.broken:
        end += f" {len(tested.broken)} errors kept scenarios from being run."
    return "\n".join([*lines, end]) + "\n"


def _render_reach(reach: Reach) -> Iterator[str]:
    for sentence, keys in (
        ("No scenario answers this so that it conforms:", reach.never_conforming),
        ("No scenario answers this so that it does not conform:", reach.never_nonconforming),
        ("The condition of this was never seen to hold:", reach.never_true),
        ("The condition of this was never seen not to hold:", reach.never_false),
    ):
        if keys:
            yield sentence
            yield from (f"  {key}" for key in keys)
