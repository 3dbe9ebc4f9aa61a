"""From the context to one HTML text, by the bundled templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compliance.report.fonts import printable
from compliance.resources import bundled_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from compliance.report.context import ReportContext

CARD_SIZES = ("large", "medium", "small", "least")
"""The sizes of letters on a card, as its style sheet calls them."""


def render_html(context: ReportContext, *, css: str | None = None) -> str:
    """Return the report as one HTML text with its style sheet inside, asking for no other file.

    `css` replaces the bundled style sheet.

    Raises:
        jinja2.UndefinedError: a template names something that the context does not have; a bug.
    """
    styled = css or _read("audit.css") + _fill("page.css.j2", sheet=context.sheet)
    return _fill("audit.html.j2", report=context, css=styled)


def render_card_html(words: Mapping[str, str], letters: str) -> str:
    """Return the card of a signature as HTML, its letters in one of the sizes of `CARD_SIZES`."""
    shown = {key: printable(text) for key, text in words.items()}
    return _fill("card.html.j2", css=_read("card.css"), letters=letters, **shown)


def _fill(template: str, **words: Any) -> str:  # noqa: ANN401 - whatever the template prints
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - loaded only when needed

    environment = Environment(
        loader=FileSystemLoader(_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(**words)


def _read(name: str) -> str:
    return (_folder() / name).read_text(encoding="utf-8")


def _folder() -> Path:
    return bundled_folder("templates") / "report"
