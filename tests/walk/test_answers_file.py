"""The answers file is checked whole, recorded once, and written so that it reads back."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.checklist.answer import ChoiceAnswer, DateAnswer, NumberAnswer, TextAnswer
from compliance.checklist.library import Library, read_library
from compliance.checklist.pack_files import gather
from compliance.clinic.applicability import Chosen, Item
from compliance.clinic.profile_file import read_profile
from compliance.errors import InputError
from compliance.walk.answers_file import AnswersRead, answer_events, read_answers, write_answers
from compliance.walk.event import Event
from compliance.walk.profile_events import declare_profile
from compliance.walk.session import Session, answer_event
from compliance.walk.state import AuditState

HERE = Path(__file__).parent
REPOSITORY = HERE.parent.parent
AS_OF = date(2026, 11, 23)
WRONG = yaml.safe_load((HERE / "wrong_answers.yaml").read_text("utf-8"))


def read_packs() -> Library:
    library, diagnostics = read_library([gather(HERE / "pack"), gather(HERE / "added")])
    assert library, [one.render() for one in diagnostics]
    return library


LIBRARY = read_packs()


def begin(
    library: Library = LIBRARY, profile: Path = HERE / "clinic.yaml", chosen: Chosen | None = None
) -> Session:
    """Return the session of an audit in which only the profile is known."""
    said, diagnostics = read_profile(profile.read_bytes(), "clinic.yaml", library.sheet)
    assert said, [one.render() for one in diagnostics]
    state = AuditState(library.sheet, as_of=AS_OF, chosen=chosen or Chosen())
    for event in declare_profile(said.profile, library.sheet):
        state.take(event)
    return Session(library, state)


def read(session: Session, text: str, folder: Path = HERE) -> AnswersRead:
    read, diagnostics = read_answers(text.encode(), "answers.yaml", session, folder)
    assert read, [one.render() for one in diagnostics]
    return read


def record(session: Session, *events: Event) -> None:
    for event in events:
        number = len(session.state.answers) + len(session.state.superseded) + 1
        session.state.take(replace(event, number=number, at="2026-11-23T10:00", by="Dana"))
    session.refresh()


def take(session: Session, text: str, folder: Path = HERE) -> list[Event]:
    """Read a file and record what is new in it."""
    groups = answer_events(read(session, text, folder), session.state)
    events = [event for group in groups for event in group]
    record(session, *events)
    return events


@pytest.fixture
def session() -> Session:
    return begin()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.txt").touch()
    (tmp_path / "list.txt").write_text("Ann, Bo")
    return tmp_path


# Reading.


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_with_its_place(case: str, session: Session, folder: Path) -> None:
    text, expected = WRONG[case]["file"], WRONG[case]["says"]
    read, diagnostics = read_answers(text.encode(), "answers.yaml", session, folder)
    assert read is None
    heads = [one.render().partition("\n")[0].removeprefix("answers.yaml:") for one in diagnostics]
    said = [head.replace(str(folder), "FOLDER") for head in heads]
    assert len(said) == len(expected), said
    assert [one[: len(two)] for one, two in zip(said, expected, strict=True)] == expected


def test_a_diagnostic_shows_the_line_with_a_caret(session: Session) -> None:
    _, (one,) = read_answers(b"rooms/camera: noo\n", "answers.yaml", session, HERE)
    assert one.render().split("\n")[1:] == ["    1 | rooms/camera: noo", "      |               ^"]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "{}"])
def test_a_file_without_answers_gives_nothing(text: str, session: Session) -> None:
    assert read(session, text) == AnswersRead((), ())


ANSWERS: list[tuple[str, dict[str, str], dict[str, str]]] = [
    ("rooms/camera: yes", {"answer": "yes"}, {}),
    ("rooms/counted: 2026-11-20", {"answer": "2026-11-20"}, {}),
    ("rooms/counted: no", {"answer": "no"}, {}),
    ("people/watching: 2", {"answer": "2"}, {}),
    ("people/watching: 2.50", {"answer": "2.50"}, {}),
    ("people/trained@ann: course", {"answer": "course"}, {}),
    ("people/trained@ann: 2", {"answer": "2"}, {}),
    ("people/number@ann+main: 'AL1234563'", {}, {"value": "AL1234563"}),
    ("people/npi@ann: 1234567893", {}, {"value": "1234567893"}),
    ("people/npi@ann: 0123456789", {}, {"value": "0123456789"}),
    ("county:permit/posted: yes", {"answer": "yes"}, {}),
    ("rooms/locked@main: {answer: yes, basis: seen}", {"answer": "yes", "basis": "seen"}, {}),
    ("rooms/locked@main: {answer: no, basis: seen}", {"answer": "no"}, {}),
    (
        "rooms/camera: {answer: not-applicable, reason: ' None\n  here. '}",
        {"answer": "not-applicable"},
        {"reason": "None here."},
    ),
]


@pytest.mark.parametrize(("line", "data", "texts"), ANSWERS)
def test_an_answer_is_recorded_as_the_walk_would(
    line: str, data: dict[str, str], texts: dict[str, str], session: Session
) -> None:
    (event,) = take(session, line)
    key = line.partition(": ")[0]
    entry = LIBRARY.by_key[key.partition("@")[0]]
    assert (event.kind, dict(event.texts)) == ("answer", texts)
    assert event.data == {"key": key, "digest": entry.digest, **data}


def test_everything_that_can_be_given_is_recorded_in_order(session: Session, folder: Path) -> None:
    text = """\
rooms/camera:
  answer: no
  basis: seen
  reason: Money.
  note:
    - |
      First line: "so".
        Second.
    - 5
  evidence: [list.txt, ./list.txt]
  kept_at: binder 3
  corrected: [Bought one., Hung it up.]
  action:
    - {what: Buy one., owner: Dr Lee, due: 2026-12-01}
    - {what: Hang it up.}
"""
    data = {"key": "rooms/camera"}
    events = take(session, text, folder)
    held = events[3]
    assert [event.kind for event in events][1:4] == ["note", "note", "evidence"]
    sha256 = hashlib.sha256(b"Ann, Bo").hexdigest()
    assert held == Event("evidence", {**data, "sha256": sha256, "size": 7}, {"name": "list.txt"})
    others = [event for event in events[1:] if event is not held]
    assert others == [
        Event("note", data, {"note": 'First line: "so".\n  Second.'}),
        Event("note", data, {"note": "5"}),
        Event("evidence", data, {"kept_at": "binder 3"}),
        Event("correction", data, {"correction": "Bought one."}),
        Event("correction", data, {"correction": "Hung it up."}),
        Event("action", {**data, "due": "2026-12-01"}, {"action": "Buy one.", "owner": "Dr Lee"}),
        Event("action", {**data, "due": ""}, {"action": "Hang it up.", "owner": ""}),
    ]
    assert take(session, text, folder) == []


def test_a_file_that_is_named_twice_is_kept_once(session: Session, folder: Path) -> None:
    text = "rooms/camera: {evidence: list.txt}\nrooms/key-list: {evidence: list.txt}\n"
    given = read(session, text, folder)
    assert [(file.name, raw) for file, raw in given.files] == [("list.txt", b"Ann, Bo")]
    assert given.keys == ("rooms/camera", "rooms/key-list")


@pytest.mark.parametrize(
    ("happen", "says"),
    [
        (lambda path: path.unlink(), "There is no file"),
        (lambda path: path.write_text("Ann"), "changed while it was read. Nothing was recorded"),
    ],
)
def test_a_file_that_vanishes_before_it_is_kept_is_said(
    happen: Callable[[Path], None], says: str, session: Session, folder: Path
) -> None:
    given = read(session, "rooms/camera: {evidence: list.txt}", folder)
    happen(folder / "list.txt")
    with pytest.raises(InputError, match=says):
        list(given.files)


def test_a_file_outside_of_the_folder_may_be_named(session: Session, folder: Path) -> None:
    given = read(
        session,
        f"rooms/camera: {{evidence: [../list.txt, '{folder}/list.txt']}}",
        folder / "folder",
    )
    assert [file.name for file, _ in given.files] == ["list.txt"]


# What is not asked.


def test_what_is_not_asked_is_kept_hidden_and_named(session: Session) -> None:
    text = """\
rooms/camera: yes
rooms/at-home: no                # nobody is treated at home
rooms/alarm: yes                 # deeper
people/npi@bo: no                # no practitioner
people/number@ann+east: no       # does not work there
people/trained@cy: course        # left
rooms/policy: no
rooms/policy-signed: yes         # its parent is answered with no in this file
"""
    given = read(session, text)
    assert given.hidden == (
        "rooms/at-home",
        "rooms/alarm",
        "people/npi@bo",
        "people/number@ann+east",
        "people/trained@cy",
        "rooms/policy-signed",
    )
    assert len(take(session, text)) == 8
    assert session.state.answers["people/npi@bo"].said == "no"


def test_a_follow_up_of_the_same_file_is_asked(session: Session) -> None:
    assert read(session, "rooms/policy-signed: yes\nrooms/policy: yes\n").hidden == ()


def test_a_checklist_that_was_not_chosen_is_hidden() -> None:
    session = begin(chosen=Chosen(only=("people",)))
    assert read(session, "rooms/camera: yes\npeople/watching: 2\n").hidden == ("rooms/camera",)


# Recording.


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("yes", "yes", 0),
        ("{answer: yes, basis: seen}", "yes", 0),
        ("{answer: yes, basis: seen, reason: Why.}", "{answer: yes, basis: seen}", 0),
        ("yes", "{answer: yes, basis: seen}", 1),
        ("{answer: yes, basis: seen}", "{answer: yes, basis: told}", 1),
        ("yes", "no", 1),
        ("{answer: not-applicable, reason: A.}", "{answer: not-applicable, reason: B.}", 1),
        ("{note: A.}", "{note: [A., B., B.]}", 1),
        ("{corrected: A.}", "{corrected: A., answer: no}", 1),
        ("{kept_at: A.}", "{note: A.}", 1),
        ("{action: {what: A., due: 2026-12-01}}", "{action: {what: A., due: 2026-12-02}}", 1),
    ],
)
def test_only_what_is_new_is_recorded(
    first: str, second: str, count: int, session: Session
) -> None:
    take(session, f"rooms/key-list: {first}")
    assert len(take(session, f"rooms/key-list: {second}")) == count
    assert take(session, f"rooms/key-list: {second}") == []


def test_the_same_number_is_the_same_answer(session: Session) -> None:
    take(session, "people/watching: 30")
    assert take(session, "people/watching: 30.0") == []
    assert len(take(session, "people/watching: 31")) == 1


def test_a_changed_answer_keeps_the_old_one_beside_it(session: Session) -> None:
    take(session, "rooms/camera: yes")
    take(session, "rooms/camera: no")
    assert [answer.said for answer in session.state.superseded] == ["yes"]


# Writing.


def test_open_questions_stand_there_as_comments(session: Session) -> None:
    text = write_answers(session)
    assert read(session, text) == AnswersRead((), ())
    for line in (
        "# Sunrise: answers of the audit as of 2026-11-23, depth core. 0 of 13 questions are answered.",
        "# Rooms (rooms)",
        "# ---- The cabinet ----",
        "# At the cabinet, door closed.",
        "# Is it locked? [law, critical]",
        "#   Yes if    Locked at the moment you look, and the cabinet would slow down somebody who came with",
        "#             a screwdriver and a quarter of an hour.",
        "#   No if     Unlocked.",
        "#   Look at   the cabinet; the key",
        "#   Answer    yes, partly, no, not-applicable or unknown. With yes: basis: seen, record or told.",
        "#   Evidence  recommended.",
        "#   Main Street:",
        "# rooms/locked@main:",
        "#   Partly if The list is not current.",
        "#   Answer    a date, as 2026-11-23; or no, not-applicable or unknown.",
        "#   Answer    a number, in people; or no, not-applicable or unknown.",
        "#   Answer    the dea-number itself, in quotes; or no, not-applicable or unknown.",
        "#   Dr Ann Lee, Main Street:",
        "# people/number@ann+main:",
        "# county:permit/posted:",
    ):
        assert line in text.split("\n"), line
    assert max(len(line) for line in text.split("\n")) <= 100
    assert "rooms/at-home" not in text
    assert "rooms/alarm" not in text


def test_every_open_question_can_be_answered_where_it_stands(session: Session) -> None:
    text = re.sub(r"^# (\S+/\S+):$", r"\1: unknown", write_answers(session), flags=re.MULTILINE)
    take(session, text)
    assert session.open_items() == []


def test_what_is_answered_stands_there_and_its_question_is_short(session: Session) -> None:
    take(session, "rooms/locked@main: yes\nrooms/locked@east: {answer: no, note: 'Open: wide.'}")
    text = write_answers(session)
    assert (
        """
# Is it locked? [law, critical]
#   Main Street:
rooms/locked@main: yes
#   East:
rooms/locked@east:
  answer: no
  note: "Open: wide."

# Is there a list of keys? [law, major]
"""
        in text
    )


def test_everything_that_was_given_is_written(session: Session, folder: Path) -> None:
    text = """\
rooms/camera:
  answer: no
  reason: Money.
  note: |-
    First.

      Second.
  kept_at: binder 3
  corrected:
    - Bought one.
    - "It hangs: up."
  action: {what: Buy one., owner: Dr Lee, due: 2026-12-01}
"""
    take(session, text, folder)
    take(session, "rooms/camera: {evidence: list.txt}", folder)
    written = write_answers(session)
    assert text in written
    assert "\n#   evidence held: list.txt, SHA-256\n#   " in written


def test_a_question_with_a_note_only_stays_open(session: Session) -> None:
    take(session, "rooms/camera: {note: Look again.}")
    assert "\nrooms/camera:\n  note: Look again.\n  # answer:\n" in write_answers(session)


def test_what_is_not_asked_stands_at_the_end(session: Session) -> None:
    take(session, "rooms/alarm: yes\nrooms/locked@east: no\npeople/trained@cy: course\n")
    record(session, Event("thing-removed", {"group": "site", "id": "east"}))
    text = write_answers(session)
    end = text[text.index("# Kept, though not asked as things stand") :]
    assert "\nrooms/alarm: yes\n" in end
    assert "\npeople/trained@cy: course\n" in end
    assert "\n# rooms/locked@east: no (no longer listed)\n" in end
    assert take(session, text) == []


def test_a_withdrawn_text_is_left_out(session: Session) -> None:
    key = {"key": "rooms/camera"}
    record(session, Event("note", key, {"note": None}), Event("note", key, {"note": "Stays."}))
    record(session, Event("action", {**key, "due": ""}, {"action": None, "owner": None}))
    number = {"key": "people/npi@ann", "digest": LIBRARY.by_key["people/npi"].digest}
    record(session, Event("answer", number, {"value": None}))
    text = write_answers(session)
    assert "withdrawn" not in text
    assert "\n  note: Stays.\n" in text
    assert "\n# people/npi@ann:\n" in text
    assert take(session, text) == []


def test_a_hostile_name_stays_inside_its_comment(session: Session) -> None:
    name = "East\nrooms/camera: yes\u2028rooms/key-list: yes\x1b[2J"
    record(session, Event("thing", {"group": "site", "id": "east"}, {"name": name}))
    assert read(session, write_answers(session)) == AnswersRead((), ())


# Whatever was recorded, the file reads back and records nothing.

TEXTS = (
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff")
        | st.sampled_from("\n\t :#-'\"[]{},&*!|>%@`")
    )
    .map(str.strip)
    .filter(lambda text: text and not re.search("[\u202a-\u202e\u2066-\u2069]", text))
)
LISTS = st.lists(TEXTS, max_size=3, unique=True)


def said(item: Item) -> st.SearchStrategy[str]:
    rule = item.entry.requirement.answer
    words = st.sampled_from(["no", "unknown", "not-applicable"])
    if isinstance(rule, DateAnswer):
        past = st.integers(0, 40_000).map(lambda days: str(AS_OF - timedelta(days)))
        return words | past
    if isinstance(rule, NumberAnswer):
        return words | st.sampled_from(["0", "-3", "2.50", "123456789012345.123456789"])
    if isinstance(rule, ChoiceAnswer):
        return words | st.sampled_from(list(rule.choices))
    if isinstance(rule, TextAnswer):
        return words | TEXTS.map(lambda text: " ".join(text.split()).upper())
    return words | st.sampled_from(["yes", "partly"])


@st.composite
def events(draw: st.DrawFn, session: Session) -> list[Event]:
    """Answers and all that can be added to them, for some of the items."""
    made: list[Event] = []
    items = [item for item in session.applicability.items if not item.empty]
    for item in draw(st.lists(st.sampled_from(items), max_size=6, unique_by=lambda item: item.key)):
        key, word = {"key": item.key}, draw(said(item))
        reason = draw(TEXTS) if word == "not-applicable" else draw(st.just("") | TEXTS)
        basis = draw(st.sampled_from(["", "seen", "told"]))
        made += [answer_event(session, item, word, basis=basis, reason=reason)] * draw(
            st.booleans()
        )
        made += [Event("note", key, {"note": text}) for text in draw(LISTS)]
        made += [Event("evidence", key, {"kept_at": text}) for text in draw(LISTS)]
        made += [Event("correction", key, {"correction": text}) for text in draw(LISTS)]
        due = draw(st.sampled_from(["", "2026-12-31"]))
        owner = draw(st.just("") | TEXTS)
        made += [
            Event("action", {**key, "due": due}, {"action": text, "owner": owner})
            for text in draw(LISTS)
        ]
    return made


@settings(max_examples=50)
@given(st.data())
def test_whatever_was_recorded_reads_back_and_records_nothing(data: st.DataObject) -> None:
    session = begin()
    record(session, *data.draw(events(session)))
    text = write_answers(session)
    given = read(session, text)
    assert answer_events(given, session.state) == []
    anew = begin()
    take(anew, text)
    stripped = {key: (one.said, one.basis, one.reason) for key, one in anew.state.answers.items()}
    assert stripped == {
        key: (one.said, one.basis, one.reason) for key, one in session.state.answers.items()
    }
    assert write_answers(anew) == text


def test_the_bundled_checklists_and_the_example_read_back(real: Library) -> None:
    example = REPOSITORY / "examples" / "sunrise"
    session = begin(real, example / "clinic.yaml")
    raw = (example / "answers.yaml").read_text("utf-8")
    given = read(session, raw, example)
    assert given.hidden == ()
    assert len(take(session, raw, example)) > 100
    text = write_answers(session)
    assert take(session, text) == []
    assert all(f"\n# {item.key}:\n" in text for item in session.open_items())
