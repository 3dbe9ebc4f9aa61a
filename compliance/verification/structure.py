"""The order in which a tagged PDF is read (ISO 32000-1, 14.7), page by page.

Loads pikepdf when imported, so it is imported only inside functions.
"""

from typing import Any

import pikepdf

Place = tuple[int, int]
"""Number and generation of an object."""

_NOWHERE: Place = (0, 0)


def reading_order(pdf: Any) -> dict[Place, list[int]]:  # noqa: ANN401 - pikepdf's objects are of any kind
    """Return for each page the numbers of its marked contents in the order of the structure.

    Walks without recursion, and enters no element twice: a hostile tree has circles.
    """
    order: dict[Place, list[int]] = {}
    root = pdf.Root.get("/StructTreeRoot")
    pending: list[tuple[Any, Place]] = [] if root is None else [(root, _NOWHERE)]
    seen: set[Place] = set()
    while pending:
        node, page = pending.pop()
        if isinstance(node, int):
            order.setdefault(page, []).append(node)
            continue
        kind = str(node.get("/Type", ""))
        if node.is_indirect and node.objgen in seen:
            continue
        seen.add(node.objgen)
        page = node["/Pg"].objgen if "/Pg" in node else page
        if kind == "/MCR":
            order.setdefault(page, []).append(int(node["/MCID"]))
        elif kind != "/OBJR":
            pending.extend((kid, page) for kid in reversed(_kids(node)))
    return order


def _kids(node: Any) -> list[Any]:  # noqa: ANN401 - pikepdf's objects are of any kind
    kids = node.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]
