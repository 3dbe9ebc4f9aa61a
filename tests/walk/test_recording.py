"""A recording never loses what it acknowledged, whatever happens to the disk or the process."""

import errno
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from compliance.checklist.library import Library
from compliance.checklist.pack_files import PackFiles
from compliance.errors import InputError, SurroundingsError
from compliance.walk.event import Event
from compliance.walk.recording import CHECKLISTS, Recording, begin, look, resume

Clock = Callable[[], datetime]
Begin = Callable[[], Recording]


@pytest.fixture
def begin_small(tmp_path: Path, small: Library, small_pack: PackFiles, clock: Clock) -> Begin:
    def make() -> Recording:
        data = {
            "as_of": "2026-11-23",
            "time_zone": "America/Denver",
            "depth": "core",
            "order": "law",
            "only": [],
            "packs": [edition.pack.name for edition in small.packs],
            "digests": [edition.digest for edition in small.packs],
            "tool": "trial",
        }
        begun = Event("begun", data, {"auditor": "Dana", "role": "Owner", "privilege": ""})
        return begin(tmp_path, begun, [small_pack], small, clock=clock, by="Dana")

    return make


def note(says: str) -> Event:
    return Event("note", {}, {"note": says})


def test_a_torn_last_line_is_set_aside_and_said(begin_small: Begin, clock: Clock) -> None:
    with begin_small() as recording:
        recording.record(note("kept"))
    with recording.journal.open("ab") as stream:
        stream.write(b'{"at":"20')
    with resume(recording.folder, clock) as again:
        assert [one.text("note") for one in again.state.general_notes] == ["kept"]
    assert [one.read_bytes() for one in recording.folder.glob("journal.torn-*")] == [b'{"at":"20']
    last = recording.journal.read_bytes().splitlines()[-1]
    assert b'"data":{"bytes":9},"event":"recovered"' in last


def test_a_withdrawn_text_is_gone_and_who_and_why_stay(begin_small: Begin, clock: Clock) -> None:
    with begin_small() as recording:
        recording.record(note("a patient's name"))
        recording.withdraw(2, "should not be here")
        assert b"a patient's name" not in recording.journal.read_bytes()
        with pytest.raises(InputError, match="holds no text"):
            recording.withdraw(2, "again")
    state = look(recording.folder, clock).state
    assert state.general_notes[0].text("note") == "[withdrawn]"
    assert state.withdrawals[2].by == "Dana"
    assert state.withdrawals[2].text("why") == "should not be here"


def test_a_full_disk_leaves_journal_and_state_as_they_were(
    begin_small: Begin, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with begin_small() as recording:
        before = recording.journal.read_bytes()
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", refuse)
            with pytest.raises(SurroundingsError, match="No space"):
                recording.record(note("refused"))
        assert recording.journal.read_bytes() == before
        assert recording.state.general_notes == []
        recording.record(note("taken"))
    kept = look(recording.folder, clock).state.general_notes
    assert [one.text("note") for one in kept] == ["taken"]


def test_an_edited_copied_checklist_is_refused(begin_small: Begin, clock: Clock) -> None:
    with begin_small() as recording:
        copied = recording.folder / CHECKLISTS / "small-pack" / "desk.yaml"
    copied.write_text(copied.read_text("utf-8").replace("on the wall?", "on a wall?"), "utf-8")
    with pytest.raises(InputError, match="changed after the audit began"):
        look(recording.folder, clock)


def test_a_second_audit_on_the_same_day_lies_in_a_folder_of_its_own(begin_small: Begin) -> None:
    with begin_small() as first, begin_small() as second:
        assert [first.folder.name, second.folder.name] == ["2026-11-23", "2026-11-23-2"]


def test_a_second_opener_is_told_that_somebody_has_it(begin_small: Begin, clock: Clock) -> None:
    with begin_small() as recording, pytest.raises(InputError, match="Somebody else has the audit"):
        resume(recording.folder, clock)
