import pytest

from compliance.text.diagnostic import Diagnostic, Position, draw_excerpt, suggest
from compliance.text.yaml_text import parse


def test_it_is_read_as_place_sentence_hint_and_a_caret() -> None:
    excerpt = draw_excerpt(["a: 1", "grade: crtical"], Position(2, 8))
    trouble = Diagnostic("x.yaml", Position(2, 8), "“crtical” is nothing.", "Say more.", excerpt)
    assert trouble.render() == (
        "x.yaml:2:8: “crtical” is nothing. Say more.\n    2 | grade: crtical\n      |        ^"
    )


def test_a_long_line_is_cut_around_the_caret() -> None:
    line = "x" * 500 + "HERE" + "y" * 500
    window, caret = draw_excerpt([line], Position(1, 501)).split("\n")
    assert len(window) <= 110
    assert window[caret.index("^") :].startswith("HERE")


def test_what_a_terminal_would_act_on_is_shown_as_a_dot() -> None:
    assert "\x1b" not in draw_excerpt(["a\x1b[31m\tb"], Position(1, 1))
    assert "a·[31m·b" in draw_excerpt(["a\x1b[31m\tb"], Position(1, 1))


def test_a_place_behind_the_end_has_no_excerpt() -> None:
    assert draw_excerpt(["a"], Position(9, 1)) == ""


@pytest.mark.parametrize(
    ("word", "hint"),
    [("ketamin", "Did you mean “ketamine”?"), ("zzz", ""), ("", "")],
)
def test_the_nearest_word_is_suggested_or_none(word: str, hint: str) -> None:
    assert suggest(word, ["ketamine", "midazolam"]) == hint


def test_a_part_without_a_position_is_shown_where_its_holder_stands() -> None:
    document, _ = parse("a:\n  b: 1\n", "x.yaml")
    assert document
    assert document.locate(("a", "missing", 3)) == Position(2, 3)
    assert document.locate(("a",), key=True) == Position(1, 1)
    assert document.locate(("nothing",)) == Position(1, 1)
