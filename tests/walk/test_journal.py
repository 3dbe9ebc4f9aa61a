"""The chain of lines: what was edited, moved, dropped or torn is found; what is withdrawn is gone."""

import hashlib
import json
from collections.abc import Callable
from itertools import count

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from compliance.errors import InputError
from compliance.walk.event import Event
from compliance.walk.journal import (
    FIRST,
    Head,
    blank_texts,
    hash_line,
    read_journal,
    write_lines,
)

AT = "2026-11-23T10:20:00-07:00"
SECRET = "Jane Roe, 2 pm — “the one with the limp”"  # noqa: S105 - what should not have been typed


def salts() -> Callable[[int], bytes]:
    """Return a maker of salts that are all different and the same in every run."""
    numbers = count(1)
    return lambda size: next(numbers).to_bytes(size, "big")


def write(*events: Event, head: Head | None = None) -> tuple[bytes, Head]:
    raw, after, _ = write_lines(events, head or Head(), at=AT, by="Dana", new_salt=salts())
    return raw, after


EVENTS = (
    Event("begun", {"as_of": "2026-11-23"}, {"auditor": "Dana Reyes"}),
    Event("answer", {"key": "desk/a", "answer": "no"}, {}),
    Event("note", {"key": "desk/a"}, {"note": SECRET, "more": "and another"}),
    Event("answer", {"key": "desk/b", "answer": "yes", "basis": "seen"}, {}),
    Event("skip", {"key": "desk/c"}, {}),
)
RAW, HEAD = write(*EVENTS)
LINES = RAW.split(b"\n")[:-1]


def join(lines: list[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def test_what_was_written_is_read_back_with_its_numbers() -> None:
    read = read_journal(RAW, "journal.jsonl")
    assert [(e.kind, dict(e.data), dict(e.texts)) for e in read.events] == [
        (e.kind, dict(e.data), dict(e.texts)) for e in EVENTS
    ]
    assert [e.number for e in read.events] == [1, 2, 3, 4, 5]
    assert {(e.at, e.by) for e in read.events} == {(AT, "Dana")}
    assert (read.head, read.torn) == (HEAD, b"")


def test_a_line_is_one_canonical_object_that_carries_the_hash_of_the_line_before() -> None:
    before = FIRST
    for number, raw in enumerate(LINES, start=1):
        line = json.loads(raw)
        assert rfc8785.dumps(line) == raw
        assert set(line) == {"n", "at", "by", "event", "prev", "data", "text"}
        assert (line["n"], line["prev"]) == (number, before)
        before = hash_line(line)
    assert Head(5, before) == HEAD


def test_the_chain_is_over_the_text_s_salted_hash() -> None:
    """The same as a stranger would compute it, who has nothing but SHA-256 and RFC 8785."""
    line = json.loads(LINES[2])
    for part in line["text"].values():
        salted = bytes.fromhex(part.pop("salt")) + part.pop("says").encode()
        part["sha256"] = hashlib.sha256(salted).hexdigest()
    expected = hashlib.sha256(rfc8785.dumps(line)).hexdigest()
    assert json.loads(LINES[3])["prev"] == expected


def test_every_text_has_a_salt_of_its_own() -> None:
    raw, _ = write(
        Event("note", {}, {"one": "same", "two": "same"}), Event("note", {}, {"one": "same"})
    )
    lines = [json.loads(line) for line in raw.splitlines()]
    found = [part["salt"] for line in lines for part in line["text"].values()]
    assert len(set(found)) == 3
    assert {len(bytes.fromhex(salt)) for salt in found} == {16}


def test_lines_can_be_added_later() -> None:
    first, head = write(*EVENTS[:2])
    rest, after = write(*EVENTS[2:], head=head)
    read = read_journal(first + rest, "journal.jsonl")
    assert (read.head, len(read.events)) == (after, 5)


def forge(line: bytes, **changes: object) -> bytes:
    return rfc8785.dumps({**json.loads(line), **changes})


NOT_FOLLOWING = "does not follow from the line before it"
NOT_OURS = "is not a line that this program wrote"
DAMAGED: list[tuple[str, list[bytes], int, str]] = [
    ("a line is missing", [*LINES[:2], *LINES[3:]], 3, NOT_FOLLOWING),
    ("the first line is missing", LINES[1:], 1, NOT_FOLLOWING),
    ("two lines changed places", [LINES[0], LINES[2], LINES[1], *LINES[3:]], 2, NOT_FOLLOWING),
    ("a line stands twice", [*LINES[:2], LINES[1], *LINES[2:]], 3, NOT_FOLLOWING),
    ("an answer was edited", [LINES[0], LINES[1].replace(b'"no"', b'"yes"'), *LINES[2:]], 3, NOT_FOLLOWING),
    ("a text was edited", [*LINES[:2], LINES[2].replace(b"limp", b"hat_"), *LINES[3:]], 4, NOT_FOLLOWING),
    ("a time was edited", [LINES[0].replace(b"10:20", b"10:21"), *LINES[1:]], 2, NOT_FOLLOWING),
    ("a number was edited", [LINES[0], forge(LINES[1], n=7), *LINES[2:]], 2, NOT_FOLLOWING),
    ("a line was put in", [*LINES[:2], forge(LINES[1], n=3), *LINES[2:]], 3, NOT_FOLLOWING),
    ("an empty line was put in", [*LINES[:2], b"", *LINES[2:]], 3, "cannot be read"),
    ("a blank was put in", [*LINES[:2], LINES[2].replace(b":", b": ", 1), *LINES[3:]], 3, NOT_OURS),
    ("keys changed places", [json.dumps(json.loads(LINES[0])).encode(), *LINES[1:]], 1, NOT_OURS),
    ("a key is missing", [rfc8785.dumps({"n": 1}), *LINES[1:]], 1, NOT_OURS),
    ("a key is new", [forge(LINES[0], more=1), *LINES[1:]], 1, NOT_OURS),
    ("the number is no number", [forge(LINES[0], n=True), *LINES[1:]], 1, NOT_OURS),
    ("the data is a list", [forge(LINES[0], data=[]), *LINES[1:]], 1, NOT_OURS),
    ("the texts are a list", [forge(LINES[0], text=[]), *LINES[1:]], 1, NOT_OURS),
    ("a text is a list", [forge(LINES[0], text={"a": ["salt", "says"]}), *LINES[1:]], 1, "cannot be read"),
    ("a text has no salt", [forge(LINES[0], text={"a": {"says": "x"}}), *LINES[1:]], 1, NOT_OURS),
    ("a salt is no salt", [forge(LINES[0], text={"a": {"says": "x", "salt": "zz"}}), *LINES[1:]], 1, "cannot be read"),
    ("a line is a number", [b"12", *LINES[1:]], 1, NOT_OURS),
    ("a line is no JSON", [LINES[0], b"{", *LINES[2:]], 2, "cannot be read"),
    ("a line is not UTF-8", [LINES[0], b'{"n": "\xff"}', *LINES[2:]], 2, "cannot be read"),
    ("a line is nested without end", [b"[" * 200_000, *LINES[1:]], 1, "cannot be read"),
    ("a line holds what JSON has not", [LINES[0].replace(b'"n":1', b'"n":NaN'), *LINES[1:]], 1, NOT_OURS),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "number", "what"), [one[1:] for one in DAMAGED], ids=[one[0] for one in DAMAGED]
)
def test_a_damaged_line_stops_everything_with_its_number(
    lines: list[bytes], number: int, what: str
) -> None:
    with pytest.raises(InputError) as caught:
        read_journal(join(lines), "audits/journal.jsonl")
    said = str(caught.value)
    assert said.startswith(f"Line {number} of audits/journal.jsonl {what}")
    assert said.endswith("Put the file back from a copy (git, backup) and try again.")


@given(st.data())
def test_no_byte_can_be_changed_unseen(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(RAW) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != RAW[at]))
    changed = RAW[:at] + bytes([byte]) + RAW[at + 1 :]
    try:
        read = read_journal(changed, "journal.jsonl")
    except InputError:
        return
    assert (
        read.head != HEAD or read.torn
    )  # the last line's edit shows against a head kept elsewhere


@given(st.data())
def test_a_cut_shows_against_the_head_and_leaves_every_whole_line(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(RAW) - 1))
    read = read_journal(RAW[:at], "journal.jsonl")
    whole = RAW[:at].count(b"\n")
    assert len(read.events) == read.head.count == whole
    assert join(LINES[:whole]) + read.torn == RAW[:at]
    assert read.head != HEAD


def test_nothing_is_a_journal_without_lines() -> None:
    read = read_journal(b"", "journal.jsonl")
    assert (read.events, read.head, read.torn) == ((), Head(0, FIRST), b"")


def test_a_withdrawn_text_and_its_salt_are_nowhere_and_the_chain_holds() -> None:
    parts = json.loads(LINES[2])["text"]
    blanked = blank_texts(RAW, 3)
    read = read_journal(blanked, "journal.jsonl")
    assert read.head == HEAD
    assert read.events[2].texts == {"note": None, "more": None}
    assert read.events[2].text("note") == "[withdrawn]"
    for part in parts.values():
        assert part["salt"].encode() not in blanked
        assert part["says"].encode() not in blanked
    for word in ("Jane", "Roe", "limp", "another"):
        assert word.encode() not in blanked
    assert [line for n, line in enumerate(blanked.split(b"\n")[:-1]) if n != 2] == LINES[
        :2
    ] + LINES[3:]


def test_what_stands_for_a_withdrawn_text_cannot_be_put_back_by_guessing() -> None:
    part = json.loads(blank_texts(RAW, 3).split(b"\n")[2])["text"]["note"]
    assert set(part) == {"sha256"}
    assert part["sha256"] != hashlib.sha256(SECRET.encode()).hexdigest()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "The journal has no event 0; it has 5."),
        (6, "The journal has no event 6; it has 5."),
        (-1, "The journal has no event -1; it has 5."),
        (2, "Event 2 of the journal holds no text that could be withdrawn."),
    ],
)
def test_only_a_text_that_is_there_can_be_withdrawn(number: int, said: str) -> None:
    with pytest.raises(InputError) as caught:
        blank_texts(RAW, number)
    assert str(caught.value) == said


def test_a_text_is_withdrawn_once() -> None:
    with pytest.raises(InputError, match="Event 3 of the journal holds no text"):
        blank_texts(blank_texts(RAW, 3), 3)


TEXTS = st.dictionaries(st.text(max_size=5), st.text(), max_size=3)
DATA = st.dictionaries(
    st.text(max_size=5),
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
        lambda inner: st.lists(inner, max_size=2),
        max_leaves=4,
    ),
    max_size=3,
)


@given(st.lists(st.builds(Event, st.just("note"), DATA, TEXTS), max_size=5), st.data())
def test_whatever_is_typed_is_kept_to_the_letter_and_can_be_withdrawn(
    events: list[Event], data: st.DataObject
) -> None:
    raw, head = write(*events)
    assert raw.count(b"\n") == len(events)
    read = read_journal(raw, "journal.jsonl")
    assert read.head == head
    assert [(e.data, e.texts) for e in read.events] == [(e.data, e.texts) for e in events]
    typed = [n for n, event in enumerate(events, start=1) if event.texts]
    if typed:
        number = data.draw(st.sampled_from(typed))
        again = read_journal(blank_texts(raw, number), "journal.jsonl")
        assert again.head == head
        assert set(again.events[number - 1].texts.values()) == {None}
