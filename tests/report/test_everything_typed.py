"""From the journal to the page: whatever was typed stands in the report, unless it was withdrawn."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from compliance.audit.result import Remark, Result
from compliance.checklist.library import read_library
from compliance.checklist.pack_files import gather
from compliance.conduct.closing import conclude
from compliance.conduct.rendering import render_report
from compliance.report.fonts import printable
from compliance.walk.event import Event, Kind
from compliance.walk.evidence import EvidenceFile
from compliance.walk.recording import Recording, begin
from compliance.walk.session import Session, answer_event, fact_event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Strings = Callable[[bytes], Iterator[str]]

NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
PACK = Path(__file__).with_name("pack")

ODD = (
    "W" * 150,
    "donaudampfschifffahrts" * 6,
    "one line\nanother line\nand a third",
    "a line\n\nafter an empty one",
    "  set in\n    by blanks",
    "דוד בן־גוריון, שלום",
    "الدكتورة ليلى",
    "😀 👩‍⚕️ 🏳️‍🌈",
    "漢字と仮名 한글",
    "x\u0323e\u0301o\u0308\u0304 Nguyễn Zoë",
    "</p><script>alert('x')</script><!-- & &amp; &#65;",
    "{{ 7 * 7 }} {% raw %} {# gone? #} ${HOME} %s \\n",
    "\x00\x1b[31m\u202egnp.exe\u202c a\u00adb\u200bc\ufeff",
    "\ttab\u2028separator\u2029paragraph\x85next",
    "fi ffi fl – “quotes” … ½ ≥ 10 µg ₂",
)
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs",))
TEXTS = st.lists(
    st.sampled_from(ODD) | st.text(LETTERS, max_size=40), min_size=1, max_size=4
).flatmap(
    lambda parts: st.sampled_from([" ", "\n", ""]).map(lambda mark: mark.join(parts)),
)


@dataclass
class Typist:
    """Types odd texts into an audit; each begins with a mark of its own, so that it can be found."""

    recording: Recording
    odd: Iterator[str]
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(100, 1000)))

    def text(self, *, one_line: bool = False) -> str:
        words = f"Q{next(self.numbers)}Z {next(self.odd)}".strip()
        return " ".join(words.split()) if one_line else words

    def tell(self, kind: Kind, key: str, data: Mapping[str, Any], *names: str) -> int:
        """Record texts of these names about an item; return the number of the event."""
        about = {"key": key} if key else {}
        texts = {name: self.text() for name in names}
        self.recording.record(Event(kind, {**about, **data}, texts))
        return self.recording.head.count

    def say(self, name: str, raw: str, group: str = "", thing: str = "") -> int:
        state = self.recording.state
        fact = state.find_fact(name, group)
        assert fact
        self.recording.record(fact_event(fact, raw, group=group, thing=thing))
        return self.recording.head.count

    def name(self, group: str, thing: str) -> int:
        data = {"group": group, "id": thing}
        self.recording.record(Event("thing", data, {"name": self.text(one_line=True)}))
        return self.recording.head.count

    def remove(self, group: str, thing: str) -> None:
        self.recording.record(Event("thing-removed", {"group": group, "id": thing}))

    def answer(self, key: str, said: str, basis: str = "") -> int:
        session = Session(self.recording.library, self.recording.state)
        item = session.applicability.by_key[key]
        self.recording.record(answer_event(session, item, said, basis=basis, reason=self.text()))
        return self.recording.head.count

    def attach(self, key: str) -> int:
        """Give a file as evidence, named by an odd text, and say where the paper is."""
        raw = self.text().encode()
        file = EvidenceFile(hashlib.sha256(raw).hexdigest(), self.text(one_line=True), len(raw))
        self.recording.keep(file, raw)
        data = {"key": key, "sha256": file.sha256, "size": file.size}
        texts = {"name": file.name, "kept_at": self.text()}
        self.recording.record(Event("evidence", data, texts))
        return self.recording.head.count

    def remark(self, key: str) -> list[int]:
        """Add everything that can be added to an item."""
        return [
            self.tell("note", key, {}, "note"),
            self.attach(key),
            self.tell("evidence", key, {}, "name", "kept_at"),
            self.tell("correction", key, {}, "correction"),
            self.tell("action", key, {"due": "2031-07-08"}, "action", "owner"),
            self.tell("action", key, {}, "action"),
        ]


KEYS = (
    "rooms/locked@main",
    "rooms/locked@orchard",
    "rooms/key-list",
    "rooms/counted",
    "rooms/watching",
    "rooms/trained@ann",
    "rooms/number@main",
    "rooms/sheet",
    "rooms/policy",
)
"""Every kind of question; `sheet` vanishes later."""

BLANKED = ("rooms/locked@main", "rooms/sheet")
"""Where everything is added once more, and withdrawn."""


def type_everything(typist: Typist) -> list[int]:
    """Record every kind of event that carries text; return the numbers of those to withdraw."""
    for _ in range(2):  # the first of each is changed by the second
        typist.say("name", typist.text())
        typist.say("motto", typist.text())
        typist.say("patients", "8241")
        typist.name("site", "main")
        typist.say("address", typist.text(), "site", "main")
        typist.name("staff", "ann")
    typist.name("site", "orchard")
    typist.name("site", "gone")
    typist.say("address", typist.text(), "site", "gone")
    typist.say("home", "yes")
    typist.tell("note", "rooms/locked@gone", {}, "note")
    typist.answer("rooms/locked@gone", "no")
    typist.remove("site", "gone")
    answer_everything(typist)
    typist.say("home", "no")
    typist.tell("note", "", {}, "note")
    gone = [number for key in BLANKED for number in typist.remark(key)]
    gone += [typist.tell("note", "", {}, "note"), typist.say("motto", typist.text())]
    gone += [typist.answer("rooms/number@orchard", typist.text())]
    typist.say("motto", typist.text())
    return gone


def answer_everything(typist: Typist) -> None:
    """Answer each question twice, and add everything to it that can be added."""
    said = {
        "rooms/counted": ("2024-12-01", "2019-03-07"),
        "rooms/watching": ("1", "7351"),
        "rooms/trained@ann": ("course", "mouth"),
        "rooms/number@main": (typist.text(), typist.text()),
    }
    for key in KEYS:
        for word in said.get(key, ("yes", "no")):
            typist.answer(key, word, basis="told")
        typist.remark(key)
    typist.answer("rooms/locked@orchard", "not-applicable")
    typist.answer("rooms/policy", "unknown")
    first, typist.recording.by = typist.recording.by, typist.text()
    typist.answer("rooms/key-list", "yes", basis="seen")
    typist.recording.by = first


@dataclass(frozen=True)
class Printed:
    """A journal's lines, and the report that was made of it."""

    lines: list[dict[str, Any]]
    pdf: bytes
    gone: list[str]

    @property
    def texts(self) -> set[str]:
        """Every text that was typed and not withdrawn."""
        parts = [part for line in self.lines for part in line["text"].values()]
        return {part["says"] for part in parts if part.get("says")}


def print_audit(folder: Path, odd: Iterator[str]) -> Printed:
    """Audit a clinic with odd texts up to the report."""
    pack = gather(PACK)
    library, diagnostics = read_library([pack])
    assert library, diagnostics
    data = {"as_of": "2026-11-23", "time_zone": "UTC", "depth": "core", "order": "law"}
    data |= {"only": [], "packs": ["typed-pack"], "tool": "", "signatories": ["auditor"]}
    data |= {"digests": [edition.digest for edition in library.packs]}
    head = {name: f"Q{number}Z {next(odd)}".strip() for name, number in HEAD.items()}
    begun, by = Event("begun", data, head), head["auditor"]
    with begin(folder, begun, [pack], library, clock=lambda: NOW, by=by) as recording:
        typist = Typist(recording, odd)
        numbers = type_everything(typist)
        gone = [says for number in numbers for says in texts_of(recording, number)]
        for number in numbers:
            recording.withdraw(number, typist.text())
        pdf = render_report(recording, conclude(recording))
        return Printed(read_lines(recording), pdf, gone)


HEAD = {"auditor": 1001, "role": 1002, "privilege": 1003}


def read_lines(recording: Recording) -> list[dict[str, Any]]:
    """Return the journal's lines as its file has them."""
    return [json.loads(line) for line in recording.journal.read_bytes().splitlines()]


def texts_of(recording: Recording, number: int) -> list[str]:
    parts = read_lines(recording)[number - 1]["text"]
    return [part["says"] for part in parts.values()]


class Pages:
    """The text of a PDF within its margins without blanks, and where its lines begin."""

    def __init__(self, pdf: bytes) -> None:
        margins = ["-x", "60", "-y", "62", "-W", "492", "-H", "674"]
        command = ["pdftotext", "-raw", *margins, "-", "-"]
        read = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
        lines = [squeezed(line) for line in re.split(r"[\n\f]", read)]
        self.text = "".join(lines)
        self.begins = {0, *accumulate(len(line) for line in lines)}

    def has(self, text: str) -> bool:
        return squeezed(text) in self.text

    def has_lines(self, text: str) -> bool:
        """Whether the text stands somewhere, each of its lines but the first on a new line."""
        lines = [squeezed(line) for line in printable(text).split("\n")]
        whole, offsets = "".join(lines), list(accumulate(map(len, lines)))[:-1]
        places = (found.start() for found in re.finditer(f"(?={re.escape(whole)})", self.text))
        return any(all(place + at in self.begins for at in offsets) for place in places)


def squeezed(text: str) -> str:
    """Return a text as it is printed, without blanks; a letter and its accent count as one sign.

    Without dashes, too: those before the points of a list are painted last on their page.
    """
    return re.sub(r"[\s–]", "", unicodedata.normalize("NFKC", printable(text)))


def check(printed: Printed, strings_of: Strings) -> None:
    """Everything that was typed stands on the pages, line by line; what was withdrawn nowhere."""
    pages = Pages(printed.pdf)
    assert len(printed.texts) > 100
    assert not [text for text in printed.texts if not pages.has(text)]
    assert not [text for text in printed.texts if not pages.has_lines(text)]
    people = {line["by"] for line in printed.lines}
    assert len(people) == 2
    assert not [name for name in people if not pages.has(name)]
    data = [line["data"] for line in printed.lines]
    hashes = {one["sha256"] for one in data if "sha256" in one}
    assert len(hashes) == len(KEYS) + len(BLANKED)
    assert not {one for one in hashes if one not in pages.text}
    for said in ("2019-03-07", "7351people", "Bywordofmouth", "8241patients", "2031-07-08"):
        assert said in pages.text
    check_withdrawn(printed, pages, list(strings_of(printed.pdf)))


def check_withdrawn(printed: Printed, pages: Pages, strings: list[str]) -> None:
    marks = {text[:5] for text in printed.gone}
    assert len(marks) > 20
    assert not [mark for mark in marks if mark in pages.text]
    assert not [mark for text in strings for mark in marks if mark in text]
    assert len([text for text in strings if "Q1001Z" in text]) > 2  # the auditor's, who stays


def print_drawn(drawn: list[str]) -> Printed:
    with TemporaryDirectory() as folder:
        whole = iter(drawn * 400)
        return print_audit(Path(folder), whole)


quick = settings(max_examples=2, phases=[Phase.generate])
thorough = settings(max_examples=15, phases=[Phase.generate])
drawn_texts = given(drawn=st.lists(TEXTS, min_size=10, max_size=40))


def test_every_odd_text_is_printed_whole_and_what_was_withdrawn_is_nowhere(
    strings_of: Strings,
) -> None:
    check(print_drawn(list(ODD)), strings_of)


@quick
@drawn_texts
def test_whatever_is_typed_is_printed(strings_of: Strings, drawn: list[str]) -> None:
    check(print_drawn(drawn), strings_of)


@pytest.mark.slow
@thorough
@drawn_texts
def test_whatever_is_typed_is_printed_again_and_again(
    strings_of: Strings, drawn: list[str]
) -> None:
    check(print_drawn(drawn), strings_of)


def test_the_check_can_fail(nothing: Result, make_report: Callable[..., bytes]) -> None:
    at = "2026-11-23T14:30:00-07:00"
    note = Remark("one\ntwo", by="Dana Reyes", at=at, withdrawn="")
    pages = Pages(make_report(replace(nothing, general_notes=(note,)).as_data()))
    assert pages.has_lines("one\ntwo")
    assert pages.has("onet wo")
    assert not pages.has_lines("on\netwo")
    assert not pages.has("never typed")
