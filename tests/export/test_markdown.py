import re
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from compliance.export.document import (
    Block,
    Cell,
    Document,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Run,
    SignaturePlace,
    Table,
)
from compliance.export.markdown import render_markdown
from compliance.export.reading import read_document

See = Callable[[str], str]
SIGNS = "#>-+*_`~|\\[](){}<>&!:.$=^;/@\"'%"
texts = st.lists(
    st.sampled_from([*SIGNS, " ", "1", "a", "漢", "&amp;", "**", "](", "://", "www.", "<b>"]),
    min_size=1,
    max_size=25,
).map(lambda parts: " ".join("".join(parts).split()) or "x")


def render(*blocks: Block) -> str:
    """Return blocks as Markdown, without what stands at the end of every report."""
    text = render_markdown(Document("", "en", "", "", "", "", "", blocks))
    return text.partition("\n\n---\n\n")[0]


def says(text: str) -> tuple[Block, ...]:
    return (Paragraph((Run(text),)),)


def runs_of(text: str) -> st.SearchStrategy[tuple[Run, ...]]:
    """Return the text cut into runs of any kind, anywhere."""
    cuts = st.lists(st.integers(0, len(text)), max_size=4).map(
        lambda places: sorted({0, len(text), *places})
    )
    kinds = st.lists(st.sampled_from(["plain", "strong", "aside", "mark"]), min_size=9, max_size=9)
    targets = st.sampled_from(["", "", "#here", "https://a.b/c_(d)?e=f&amp=g h>i", "javascript:x"])
    return st.builds(
        lambda places, each, target: tuple(
            Run(text[a:b], kind, target if number % 2 else "")
            for number, (a, b, kind) in enumerate(zip(places[:-1], places[1:], each, strict=False))
        ),
        cuts,
        kinds,
        targets,
    )


@given(runs=texts.flatmap(runs_of))
@example(runs=(Run("wow!"), Run("x", target="#here")))
@example(runs=(Run("###", "strong"), Run(" #", target="#here")))
@settings(max_examples=200)
def test_what_was_typed_reads_as_typed_wherever_it_stands(
    seen_in_markdown: See, runs: tuple[Run, ...]
) -> None:
    text = "".join(run.text for run in runs)
    paragraph = Paragraph(runs)
    cell = Cell((paragraph,), heads=False)
    for block in (
        paragraph,
        Heading(3, runs),
        Listing(False, ((paragraph,), (paragraph,))),
        Listing(True, ((paragraph, paragraph),)),
        Table(runs, ((cell, cell),), ((cell, cell),)),
    ):
        seen = [line for line in seen_in_markdown(render(block)).split("\n") if line.strip()]
        assert {" ".join(line.split()) for line in seen} == {text}


@given(lines=st.lists(texts, min_size=2, max_size=4))
def test_each_typed_line_stays_one(seen_in_markdown: See, lines: list[str]) -> None:
    (paragraph,) = says("\n".join(lines))
    for block in (paragraph, Listing(False, ((paragraph,),))):
        seen = seen_in_markdown(render(block)).split("\n")
        assert [line.strip() for line in seen if line.strip()] == lines


def test_labelled_lines_are_one_list() -> None:
    line = Paragraph((Run("Answer", "label"), Run(" no"), Run(" (seen)", "aside")))
    question = Paragraph((Run("Who?", "label"), Run(" she\nand he")))
    assert render(line, question, *says("after")) == (
        "- **Answer:** no (seen)\n- **Who?** she\\\n  and he\n\nafter"
    )


def test_links_and_their_places_are_kept() -> None:
    link = Paragraph((Run("see "), Run("gap 1", target="#gap-1"), Run("x", target="https://a.b/")))
    assert render(link, Heading(2, (Run("Gap"),), ("gap-1",))) == (
        'see [gap 1](#gap-1)[x](https://a.b/)\n\n## <a id="gap-1"></a>Gap'
    )


def test_an_address_that_runs_something_is_no_link() -> None:
    assert render(Paragraph((Run("x", target="javascript:alert(1)"),))) == "x"


def test_a_table_is_a_pipe_table_with_breaks_within_its_cells() -> None:
    def cell(*paragraphs: str) -> Cell:
        return Cell(tuple(Paragraph((Run(text),)) for text in paragraphs), heads=False)

    table = Table(
        (Run("What"),), ((cell("a"), cell("b|c")),), ((cell("d\ne", "f"), cell()), (cell("g"),))
    )
    assert render(table) == (
        "**What**\n\n| a | b\\|c |\n| --- | --- |\n| d<br>e<br>f |  |\n| g |  |"
    )


def test_a_cell_that_spans_columns_leaves_the_others_empty() -> None:
    wide, narrow = Cell(says("a"), heads=True, span=2), Cell(says("b"), heads=False)
    assert render(Table((), ((wide, narrow),), ((narrow, narrow, narrow),))) == (
        "| a |  | b |\n| --- | --- | --- |\n| b | b | b |"
    )


def test_a_table_without_heads_gets_an_empty_one() -> None:
    cell = Cell(says("a"), heads=True)
    assert render(Table((), (), ((cell, cell),))) == "|  |  |\n| --- | --- |\n| a | a |"


def test_pictures_and_places_for_signatures_stand_in_words() -> None:
    assert render(Picture("Law: 6 of 10."), Picture("A safe", "data:image/png;base64,")) == (
        "**Chart:** Law: 6 of 10.\n\n**Picture:** A safe"
    )
    assert render(SignaturePlace("Signature of the owner")) == (
        "**Signature of the owner:** Signed in the PDF only."
    )


def test_every_link_of_the_report_leads_somewhere(html: str) -> None:
    text = render_markdown(read_document(html))
    targets = set(re.findall(r"\]\(#([\w-]+)\)", text))
    assert len(targets) > 12
    assert targets <= set(re.findall(r'<a id="([\w-]+)"></a>', text))


def test_it_says_that_it_is_a_copy(html: str) -> None:
    assert "Only the full report, as a PDF, can be signed" in render_markdown(read_document(html))


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_headings_keep_their_levels(html: str, level: int) -> None:
    found = re.findall(rf"^{'#' * level} ", render_markdown(read_document(html)), re.MULTILINE)
    assert len(found) == len(re.findall(f"<h{level}", html))
