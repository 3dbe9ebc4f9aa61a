"""Writes docs/rules/ from the rules themselves; run by `make docs`."""

from pathlib import Path

from compliance.lint.page import render_index, render_page
from compliance.lint.rules import list_rules

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "rules"


def main() -> None:
    """Write a page for each rule and their list; take away pages of rules that are gone."""
    pages = {f"{rule.code}-{rule.name}.md": render_page(rule) for rule in list_rules()}
    pages["README.md"] = render_index(list_rules())
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.iterdir():
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
