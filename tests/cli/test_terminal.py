"""A real terminal: from an empty folder to a signed report, and Ctrl-C on the way."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest

if sys.platform == "win32":
    pytest.skip("pexpect drives terminals of Unix only", allow_module_level=True)
import pexpect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

PASSPHRASE = "four plain words here"  # noqa: S105 - opens nothing but what this test makes
PROMPTS = ["\n> $", r"recovered\): $", r"again: $", pexpect.EOF]

# the words of a question, and what is typed there, one after the other
REPLIES = {
    "Who audits?": ["Dana Reyes"],
    "As what?": ["Owner"],
    "What is the clinic called?": ["Sunrise"],
    "Which controlled drugs are kept": ["1"],
    "At which sites": ["Main Street", ""],
    "street address?": ["412 Main Street"],
    "In which state": ["CO"],
    "Where is controlled stock kept?": ["Cabinet A", ""],
    "Sign the report now?": ["1"],
    "Whose?": [""],
}


def _spawn(here: Path, *arguments: str) -> pexpect.spawn[str]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"COMPLIANCE_PASSPHRASE", "COLUMNS"}
    }
    return pexpect.spawn(
        sys.executable,
        ["-m", "compliance", *arguments],
        cwd=str(here),
        env={**environment, "LC_ALL": "C.UTF-8", "TERM": "xterm"},
        encoding="utf-8",
        timeout=60,
        dimensions=(40, 100),
    )


def _reply(said: str, asked: list[str], left: dict[str, list[str]]) -> str:
    """Return what to type: to the question that was asked last, else its first choice."""
    asked += [words for words in left if words in said]
    if asked and left[asked[-1]]:
        return left[asked[-1]].pop(0)
    return "1"


def _walk_through(child: pexpect.spawn[str]) -> str:
    """Answer every prompt until the program ends; return all that was on the screen."""
    screen = ""
    asked: list[str] = []
    left = {words: list(replies) for words, replies in REPLIES.items()}
    for _ in range(120):
        prompt = child.expect(PROMPTS)
        screen += child.before + (child.after if isinstance(child.after, str) else "")
        if PROMPTS[prompt] is pexpect.EOF:
            child.close()
            return screen
        child.sendline(_reply(child.before, asked, left) if prompt == 0 else PASSPHRASE)
    pytest.fail(f"The walk does not end:\n{screen[-1500:]}")


@pytest.mark.slow
def test_from_an_empty_folder_to_a_report_that_verifies(run: Run, here: Path) -> None:
    given = ("--only", "storage-security", "--depth", "quick")
    child = _spawn(here, "audit", "my-clinic", *given)
    screen = _walk_through(child)
    assert child.exitstatus == 0, screen[-1500:]
    assert "No gap seen in what was checked." in screen
    assert PASSPHRASE not in screen
    assert "\x1b" not in screen
    assert max(map(len, re.split(r"\r?\n", screen))) <= 100
    report = re.search(r"Report: (\S+report\.pdf)\r?\n", screen)
    assert report is not None
    own = here / "identities" / "dana-reyes.crt"
    ran = run("verify", report[1], "--trust", own, "--folder", (here / report[1]).parent)
    assert ran.code == 0, ran.out
    assert "Main Street" in (here / "my-clinic" / "clinic.yaml").read_text("utf-8")


@pytest.mark.slow
def test_ctrl_c_in_a_terminal_ends_with_130_and_loses_nothing(run: Run, journal: Path) -> None:
    before = journal.read_bytes()
    child = _spawn(journal.parents[3], "audit", "clinic")
    child.expect(PROMPTS[0])
    child.sendline("skip")
    child.expect(PROMPTS[0])
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert "Everything that was acknowledged is saved." in child.before
    assert "Traceback" not in child.before
    assert journal.read_bytes().startswith(before)
    assert run("status", "clinic").code == 0


def test_ctrl_d_at_a_passphrase_makes_nothing(here: Path) -> None:
    child = _spawn(here, "identity", "new", "Dana Reyes")
    child.expect(PROMPTS[1])
    child.sendeof()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 2
    assert "No passphrase was typed, so nothing was done." in child.before
    assert not (here / "identities").exists()


def test_two_different_passphrases_make_nothing(here: Path) -> None:
    child = _spawn(here, "identity", "new", "Dana Reyes")
    child.expect(PROMPTS[1])
    child.sendline("one")
    child.expect(PROMPTS[2])
    child.sendline("another")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 2
    assert "The two passphrases differ." in child.before
    assert not (here / "identities").exists()
