import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.audit.result import Result
from compliance.export.hidden import name_hidden

FORMATS = ("html", "markdown", "docx")
MakeHtml = Callable[[Result], str]
WithNote = Callable[[Result, str], Result]
SeenIn = Callable[[str, str], str]

HOSTILE = {
    "a long word": "W" * 900,
    "other scripts": "דוד בן־גוריון, محمد, 漢字 かな, 😀👩‍⚕️🏴, Ђорђе, Nguyễn, می‌خواهم",
    "markup": "</p><script>alert('x')</script> <b>bold</b> &amp; &lt; {{ 7 * 7 }} {% raw %}",
    "a table's signs": "a | b || c \\| d \\\\| e |",
    "emphasis": "*a* **b** _c_ __d__ ~~e~~ `f` ``g`` $h$ a*b*c 2*3*4 **(x)**y",
    "links": "[a](b) ![c](d) <https://e.f/g_h_i> https://j.k/l_m?n=o&p=q#r www.s.t/u_v_ w@x.yz",
    "backslashes": "C:\\Users\\dana \\* \\\\ \\",
    "hidden characters": "a\u202eb\x00c\x1bd\u00ade\u2028f\ufeffg\ufffeh\x85i\u200bj",
}
LINES = {
    "heads": "# one\n## two ##\nthree\n===\nfour\n---",
    "lists": "1. one\n2) two\n- three\n+ four\n* five\n  - six\n10. seven",
    "quotes and fences": "> one\n```\ntwo\n```\n~~~\nthree\n    four\n\tfive",
    "rules": "---\n***\n___\n:---:\n| a | b |\n|---|---|\n| c | d |",
    "definitions": "[a]: https://b.c\n[^1]: note\n: term\n<!-- x -->\n<div>\n</div>",
    "empty lines": "one\n\ntwo\n\n\nthree",
}


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def lines_of(text: str) -> list[str]:
    """Return the lines that are not empty, each without the white space that nobody sees."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return [line for line in lines if line]


@pytest.mark.parametrize("kind", FORMATS)
def test_every_typed_text_is_there(
    sunrise: Result,
    html: str,
    seen_in: SeenIn,
    typed_in: Callable[[object], Iterator[str]],
    kind: str,
) -> None:
    seen = squeezed(seen_in(kind, html))
    expected = {text for text in typed_in(sunrise.as_data()) if text}
    assert len(expected) > 130
    assert not {text for text in expected if squeezed(text) not in seen}


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_odd_text_reads_as_typed(
    nothing: Result,
    make_html: MakeHtml,
    with_note: WithNote,
    seen_in: SeenIn,
    kind: str,
    text: str,
) -> None:
    seen = seen_in(kind, make_html(with_note(nothing, text)))
    assert " ".join(name_hidden(text).split()) in " ".join(seen.split())


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("text", LINES.values(), ids=LINES)
def test_every_line_stays_a_line_of_its_own(
    nothing: Result,
    make_html: MakeHtml,
    with_note: WithNote,
    seen_in: SeenIn,
    kind: str,
    text: str,
) -> None:
    seen = lines_of(seen_in(kind, make_html(with_note(nothing, f"overture\n{text}\nfinale"))))
    begin = next(place for place, line in enumerate(seen) if line.endswith("overture"))
    wanted = lines_of(name_hidden(text))
    assert seen[begin + 1 : begin + 1 + len(wanted)] == wanted
    assert seen[begin + 1 + len(wanted)].startswith("finale")


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=25)
@given(
    text=st.lists(
        st.sampled_from(
            [*"#>-+*_`~|\\[](){}<>&!:.$=^1a", " ", "\n", "\t", "**", "](", "&lt;", "漢"]
        )
        | st.characters(),
        max_size=40,
    ).map("".join)
)
@pytest.mark.slow
def test_any_text_reads_as_typed(
    nothing: Result,
    make_html: MakeHtml,
    with_note: WithNote,
    seen_in: SeenIn,
    kind: str,
    text: str,
) -> None:
    sealed = f"begin {text} end"
    result = replace(with_note(nothing, sealed), clinic=f"Clinic {text}.")
    seen = squeezed(seen_in(kind, make_html(result)))
    assert squeezed(name_hidden(sealed)) in seen
    assert squeezed(name_hidden(result.clinic)) in seen
