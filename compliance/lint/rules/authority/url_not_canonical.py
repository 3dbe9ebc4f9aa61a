"""The address of a source is not its publisher's own."""

import re
from collections.abc import Iterator

from compliance.lint.material import Material
from compliance.lint.rule import Rule
from compliance.text.diagnostic import Diagnostic

_HOMES = (
    (re.compile(r"^\d+ CFR\b"), "https://www.ecfr.gov/", "the eCFR"),
    (
        re.compile(r"^\d+ USC\b"),
        "https://uscode.house.gov/",
        "the Office of the Law Revision Counsel",
    ),
    (re.compile(r"^\d+ FR\b"), "https://www.federalregister.gov/", "the Federal Register"),
)
_WEB = re.compile(r"https://[^\s/]+\.[^\s/]+(/\S*)?\Z")


def check(material: Material) -> Iterator[Diagnostic]:
    """Yield addresses that are none, or that lead past the publisher of a federal text."""
    for one in material.sources:
        url, citation = one.source.url, one.source.citation
        if url is None:
            continue
        if not _WEB.match(url):
            yield one.diagnose("url", f"“{url}” is no address that begins with https://.")
            continue
        for form, home, publisher in _HOMES:
            if form.match(citation) and not url.startswith(home):
                message = f"“{citation}” is published by {publisher}, and this leads elsewhere."
                yield one.diagnose("url", message, f"Write its address under {home}")


RULE = Rule(
    code="A210",
    name="url-not-canonical",
    severity="warning",
    what=(
        "The `url` of a section of the CFR, the US Code or the Federal Register that leads elsewhere "
        "than to its official publisher, or an address that is none."
    ),
    why="A copy on somebody's page may be old or wrong, and the reader is sent there to check.",
    bad="citation: 21 CFR 1301.75(b)\nurl: https://www.law.cornell.edu/cfr/text/21/1301.75",
    good="citation: 21 CFR 1301.75(b)\nurl: https://www.ecfr.gov/current/title-21/section-1301.75",
    example="source",
    check=check,
)
