"""Reading every bundled checklist beside PyYAML's C composer, which builds no data and checks nothing."""

from collections.abc import Iterator

import yaml
from measuring import Row, Series, take_turns

from compliance.checklist.library import read_library
from compliance.checklist.pack_files import gather
from compliance.resources import bundled_folder

_ROUNDS = 41
_TARGET = 4.0


def measure() -> Iterator[Row]:
    """Yield the time from the files' content in memory: start-up and disk are out of both."""
    pack = gather(bundled_folder("checklists"))
    texts = [raw.decode() for raw in pack.files.values()]
    kilobytes = sum(map(len, pack.files.values())) // 1000

    def read() -> None:
        library, diagnostics = read_library([pack])
        if library is None:
            raise RuntimeError("\n".join(one.render() for one in diagnostics))

    def compose() -> None:
        for text in texts:
            yaml.compose(text, yaml.CSafeLoader)

    ours, peer = take_turns(read, compose, rounds=_ROUNDS)
    yield Row(
        Series(f"read {len(texts)} files, {kilobytes} kB", tuple(s * 1000 for s in ours), "ms"),
        Series("PyYAML's C composer", tuple(s * 1000 for s in peer), "ms"),
        _TARGET,
    )
