"""Sections that were given another title: their requirements did not move."""

from collections import defaultdict

from compliance.checklist.library import Library


def find_renamed_sections(old: Library, new: Library) -> dict[tuple[str, str], str]:
    """Return new titles by checklist and old title.

    A section was renamed when all of its requirements that stay stand under one title now, the
    old title is gone, and the new one was not there before.
    """
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for key, entry in old.by_key.items():
        if key in new.by_key:
            found[entry.checklist_key, entry.section.title].add(new.by_key[key].section.title)
    before, after = _list_titles(old), _list_titles(new)
    renamed = {}
    for (checklist, title), titles in found.items():
        others = {(checklist, one) for one in titles}
        if len(titles) == 1 and not others & before and (checklist, title) not in after:
            renamed[checklist, title] = titles.pop()
    return renamed


def _list_titles(library: Library) -> set[tuple[str, str]]:
    return {(entry.checklist_key, entry.section.title) for entry in library.entries}
