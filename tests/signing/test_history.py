"""The quick way to find from where an object can be reached finds what the library's slow way finds."""

from __future__ import annotations

import pytest
from pyhanko.pdf_utils.reader import HistoricalResolver

from compliance.signing.reader import CachingReader
from compliance.signing.sign import prepare_for_signing

Paths = dict[tuple[int, int], list[tuple[str | int, ...]]]


def plainly(found: dict[object, object]) -> Paths:
    return {
        (ref.idnum, ref.generation): sorted((path.path for path in paths), key=repr)
        for ref, paths in found.items()
    }


@pytest.mark.parametrize("name", ["laid_out", "report", "signed_once", "signed_twice"])
def test_both_ways_find_the_same_paths_in_every_revision(
    request: pytest.FixtureRequest, name: str
) -> None:
    reader = CachingReader(request.getfixturevalue(name))
    for revision in range(reader.total_revisions):
        slow, quick = HistoricalResolver(reader, revision), reader.get_historical_resolver(revision)
        for one in (slow, quick):
            one._load_reverse_xref_cache()
        found = {ref: quick._get_usages_of_ref(ref) for ref in quick._ends}
        assert plainly(found) == plainly(slow._indirect_object_access_cache)
        assert len(found) > 10


def test_no_path_is_found_twice(long_report: bytes) -> None:
    quick = CachingReader(prepare_for_signing(long_report)).get_historical_resolver(0)
    quick._load_reverse_xref_cache()
    counts = {ref: len(ends) for ref, ends in quick._ends.items()}
    assert counts == {ref: len(quick._get_usages_of_ref(ref)) for ref in counts}
