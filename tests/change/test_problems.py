"""Ids that come back or drop off the list, editions that stand still, and answers that are lost."""

from collections.abc import Callable

import pytest

from compliance.change.carrying import LostAnswer, sort_answers
from compliance.change.comparison import compare
from compliance.checklist.library import Library

Trial = Callable[..., Library]

RETIRED = "retired: [{id: gone, on: 2026-01-01, reason: Nobody asks.}]"


def dated(library: Library, day: str) -> Library:
    """Return the library as if its one checklist were of that edition."""
    checklist = library.checklists["trial"].model_copy(update={"edition": day})
    return Library(
        library.packs,
        library.sheet,
        library.sources,
        {"trial": checklist},
        library.entries,
        library.group_conditions,
        library.memberships,
    )


def test_an_id_that_was_retired_and_is_used_again_is_a_problem(read_trial: Trial) -> None:
    old, new = read_trial("id: one", RETIRED), read_trial("id: one\n\nid: gone")
    [again, _] = compare(old, new).problems
    assert (again.kind, again.key) == ("used-again", "trial/gone")
    assert again.message == "was retired on 2026-01-01 and is used again. Choose a new id."


def test_an_id_that_is_listed_no_more_is_a_problem(read_trial: Trial) -> None:
    [problem] = compare(read_trial("id: one", RETIRED), read_trial("id: one")).problems
    assert (problem.kind, problem.key) == ("no-longer-retired", "trial/gone")


def test_an_id_that_is_newly_listed_and_never_was_is_a_difference(read_trial: Trial) -> None:
    comparison = compare(read_trial("id: one"), read_trial("id: one", RETIRED))
    [checklist] = comparison.checklists
    assert [(one.field, one.new) for one in checklist.fields] == [("retired", ["gone"])]
    assert comparison.problems == ()


@pytest.mark.parametrize(
    ("edition", "kinds", "word"),
    [
        ("2026-11-24", [], ""),
        ("2026-11-23", ["edition-stands"], "is still 2026-11-23"),
        ("2026-11-22", ["edition-stands"], "went back from 2026-11-23 to 2026-11-22"),
    ],
)
def test_a_text_that_changes_needs_a_later_edition(
    edition: str, kinds: list[str], word: str, read_trial: Trial
) -> None:
    old = dated(read_trial("id: one"), "2026-11-23")
    new = dated(read_trial("id: one\nask: Is it still so?"), edition)
    problems = compare(old, new).problems
    assert [one.kind for one in problems] == kinds
    assert all(word in one.message for one in problems)


def test_advice_may_change_within_an_edition_and_an_edition_alone(read_trial: Trial) -> None:
    old = dated(read_trial("id: one"), "2026-11-23")
    assert compare(old, dated(read_trial("id: one\nwhy: So."), "2026-11-23")).problems == ()
    [checklist] = compare(old, dated(read_trial("id: one"), "2026-11-24")).checklists
    assert (checklist.old_edition, checklist.new_edition) == ("2026-11-23", "2026-11-24")
    assert not checklist.edition_stands


def test_requirements_that_change_places_are_a_difference_without_loss(read_trial: Trial) -> None:
    comparison = compare(read_trial("id: one\n\nid: two"), read_trial("id: two\n\nid: one"))
    [checklist] = comparison.checklists
    assert [(one.field, one.new) for one in checklist.fields] == [("order", ["two", "one"])]
    assert (comparison.requirements, comparison.losing, comparison.problems) == ((), (), ())


def test_a_source_that_was_read_further_is_a_difference(
    small: Library, small_pack: object, read_small: Callable[..., tuple[Library, object]]
) -> None:
    text = small_pack.files["sources/all.yaml"].decode()
    after, _ = read_small(
        {"sources/all.yaml": text.replace("read: partial", "read: full-text")},
    )
    [source] = compare(small, after).sources
    [field] = source.fields
    assert (source.key, field.field) == ("some-statute", "read")
    assert (field.old, field.new) == ("partial", "full-text")


def test_each_answer_carries_or_is_lost_by_id_and_digest(read_trial: Trial) -> None:
    old = read_trial("id: stays\n\nid: changes\nask: Is it?\n\nid: goes\nask: Was it?")
    new = read_trial("id: stays\n\nid: changes\nask: Is it so now?")
    digests = {key: entry.digest for key, entry in old.by_key.items()}
    given = [
        ("trial/stays@a", digests["trial/stays"]),
        ("trial/changes@a", digests["trial/changes"]),
        ("trial/changes@b", "of an edition before"),
        ("trial/goes", digests["trial/goes"]),
        ("north:other/one", "of another pack"),
    ]
    earlier = sort_answers("2025-11-20", given, old, new)
    assert (earlier.carried, earlier.elsewhere) == (1, 1)
    assert earlier.lost == (
        LostAnswer("trial/changes@a", "changed", before=False),
        LostAnswer("trial/changes@b", "changed", before=True),
        LostAnswer("trial/goes", "gone", before=False),
    )


def test_an_answer_of_the_newer_text_carries(read_trial: Trial) -> None:
    old, new = read_trial("id: one"), read_trial("id: one\nask: Is it so now?")
    given = [("trial/one", new.by_key["trial/one"].digest)]
    assert sort_answers("", given, old, new).carried == 1
