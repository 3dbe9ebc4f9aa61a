"""A PDF as it was at a revision, telling quickly from where each object can be reached.

The library compares revisions by all paths from the trailer to each object, and spends most of its
time hashing them; a path is found once only, so it needs no hashing, and few are ever asked for.
Should the library rename the two methods, this falls back to slow, not to wrong.

Loads pyHanko when imported, so it is imported only inside functions.
"""

from collections import defaultdict
from collections.abc import Iterator

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    PdfObject,
    Reference,
)
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader, RawPdfPath

Step = tuple[str | int, "Step | None"]
"""The last key of a path, and the path before it; None is the trailer."""

_Todo = tuple[PdfObject | None, Step | None, bool, Reference | None]
_CONTAINERS = (IndirectObject, DictionaryObject, ArrayObject)
_PAGES: Step = ("/Pages", ("/Root", None))
_STRUCTURE: Step = ("/StructTreeRoot", ("/Root", None))


class QuickResolver(HistoricalResolver):
    """The library's view on a revision, with paths found without hashing and spelt out when asked for."""

    def __init__(self, reader: PdfFileReader, revision: int) -> None:
        super().__init__(reader, revision)
        self._ends: dict[Reference, list[Step]] | None = None

    def _load_reverse_xref_cache(self) -> None:
        if self._ends is None:
            self._ends = _Walk(self).paths()

    def _get_usages_of_ref(self, ref: Reference) -> set[RawPdfPath]:
        ends = (self._ends or {}).get(ref, ())
        return {RawPdfPath(*_spelt(end)) for end in ends}


class _Walk:
    """One walk through all objects of a revision.

    As the library does it: a page is entered through the page tree only, an element of the
    structure through the structure only, and never a parent.
    """

    def __init__(self, resolver: HistoricalResolver) -> None:
        self._resolver = resolver
        self._pages = dict(_page_tree(resolver))
        self._elements = set(_structure_tree(resolver))
        self._on_path: set[Reference] = set()
        self._found: dict[Reference, list[Step]] = defaultdict(list)

    def paths(self) -> dict[Reference, list[Step]]:
        """Return the last step of each path to each object."""
        todo: list[_Todo] = [(self._resolver.trailer_view, None, False, None)]
        while todo:
            found, path, in_structure, left = todo.pop()
            if left is not None:
                self._on_path.discard(left)
            elif isinstance(found, IndirectObject) and path:
                entered = self._enter(found.reference, path, in_structure=in_structure)
                if entered is not None:
                    todo.append((None, None, False, found.reference))
                    todo += _below(entered, path, in_structure=in_structure)
            elif found is not None:
                todo += _below(found, path, in_structure=in_structure)
        return self._found

    def _enter(self, ref: Reference, path: Step, *, in_structure: bool) -> PdfObject | None:
        """Note a path to an object; return the object unless it is not entered on this path."""
        if ref in self._on_path:
            return None
        self._found[ref].append(path)
        found: PdfObject = self._resolver(ref)
        if self._pages.get(ref, path) != path or (not in_structure and ref in self._elements):
            return None
        self._on_path.add(ref)
        return found


def _below(found: PdfObject, path: Step | None, *, in_structure: bool) -> Iterator[_Todo]:
    """Yield what a container holds that may hold or be a reference."""
    if isinstance(found, DictionaryObject):
        for key, value in found.items():
            if isinstance(value, _CONTAINERS) and not (
                key == "/Parent" or (in_structure and key == "/P")
            ):
                inside = in_structure or (key == "/K" and path == _STRUCTURE)
                yield value, (key, path), inside, None
    elif isinstance(found, ArrayObject):
        for index, value in enumerate(found):
            if isinstance(value, _CONTAINERS):
                yield value, (index, path), in_structure, None


def _page_tree(resolver: HistoricalResolver) -> Iterator[tuple[Reference, Step]]:
    """Yield each node of the page tree with the path that leads to it."""
    top = resolver.root.raw_get("/Pages")
    todo: list[tuple[PdfObject, Step]] = [(top, _PAGES)]
    seen: set[Reference] = set()
    while todo:
        node, path = todo.pop()
        if isinstance(node, IndirectObject):
            if node.reference in seen:
                raise PdfReadError("The page tree runs in a circle")
            seen.add(node.reference)
            yield node.reference, path
        found = node.get_object()  # type: ignore[no-untyped-call]  # pyHanko leaves it bare
        if node is top or found.get("/Type") == "/Pages":
            kids: Step = ("/Kids", path)
            todo += [(kid, (index, kids)) for index, kid in enumerate(found["/Kids"])]


def _structure_tree(resolver: HistoricalResolver) -> Iterator[Reference]:
    """Yield the elements of the structure that stand in a list of their parent's."""
    todo = [resolver.root["/StructTreeRoot"]] if "/StructTreeRoot" in resolver.root else []
    seen: set[Reference] = set()
    while todo:
        children = todo.pop().get("/K", ArrayObject())
        for child in children if isinstance(children, ArrayObject) else (children,):
            found = child.get_object() if isinstance(child, IndirectObject) else child  # type: ignore[no-untyped-call]  # the same
            if not isinstance(found, DictionaryObject):
                continue
            if found.get("/Type", "/StructElem") != "/StructElem":
                continue
            if isinstance(child, IndirectObject):
                if child.reference in seen:
                    raise PdfReadError("The structure runs in a circle")
                seen.add(child.reference)
                yield child.reference
            todo.append(found)


def _spelt(end: Step | None) -> list[str | int]:
    keys: list[str | int] = []
    while end is not None:
        key, end = end
        keys.append(key)
    return keys[::-1]
