"""Writes what is made from the code and the checklists: rule pages, schemas, states; `make docs`."""

import typing
from pathlib import Path

from compliance.checklist.library import read_packs
from compliance.checklist.pack_files import gather
from compliance.checklist.schema import Kind, write_schema
from compliance.conduct.schemas import MADE, find_schema
from compliance.conduct.states import draw_matrix, render_markdown
from compliance.lint.page import render_index, render_page
from compliance.lint.rules import list_rules

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "docs" / "rules"
SCHEMAS = ROOT / "docs" / "schemas"
CHECKLISTS = ROOT / "checklists"


def main() -> None:
    """Write them all; take away pages of rules that are gone."""
    pages = {f"{rule.code}-{rule.name}.md": render_page(rule) for rule in list_rules()}
    pages["README.md"] = render_index(list_rules())
    RULES.mkdir(exist_ok=True)
    for path in RULES.iterdir():
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (RULES / name).write_text(text, encoding="utf-8")
    for kind in typing.get_args(Kind):
        (CHECKLISTS / f"{kind}.schema.json").write_text(write_schema(kind), encoding="utf-8")
    SCHEMAS.mkdir(exist_ok=True)
    for made in MADE:
        (SCHEMAS / f"{made}.schema.json").write_text(find_schema(made), encoding="utf-8")
    library = read_packs([gather(CHECKLISTS)]).library
    states = render_markdown(draw_matrix(library))
    (ROOT / "docs" / "states.md").write_text(states, encoding="utf-8")


if __name__ == "__main__":
    main()
