"""The report as one page for a browser: its own HTML between landmarks, under another style sheet."""

from typing import Any
from xml.etree.ElementTree import Element, tostring

from compliance.export.arranging import arrange, contents
from compliance.export.parsing import find_body, meta, parse_report
from compliance.export.wording import COPY
from compliance.resources import bundled_folder


def render_page(html: str, *, accent: str) -> str:
    """Return the report's HTML as one self-contained page that needs no network and no scripts.

    `accent` is the color of its heads, such as `#1f5f74`, dark enough to be read on white.
    """
    root = parse_report(html)
    body = find_body(root)
    arrange(body)
    return _fill(
        language=root.get("lang", "en-US"),
        title=root.findtext("head/title", ""),
        author=meta(root, "author"),
        generator=meta(root, "generator"),
        mark=body.get("data-mark", ""),
        foot=body.get("data-foot", ""),
        contents=contents(body),
        accent=accent,
        notice=COPY,
        body=_write(body),
    )


def _write(body: Element) -> str:
    """Return what stands within the body."""
    copy = Element("body")
    copy.text = body.text
    copy.extend(body)
    return tostring(copy, encoding="unicode", method="html")[len("<body>") : -len("</body>")]


def _fill(**words: Any) -> str:  # noqa: ANN401 - whatever the template prints
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - loaded only when needed

    folder = bundled_folder("templates") / "web"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    css = (folder / "report.css").read_text(encoding="utf-8")
    return environment.get_template("report.html.j2").render(css=css, **words)
