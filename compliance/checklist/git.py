"""Asking git: names and contents only.

Nothing is checked out, no hook or filter runs, and nothing is fetched that the clone does not have.
"""

import os
import shutil
import subprocess
from pathlib import Path

from compliance.errors import SurroundingsError

_SECONDS = 60
_QUIET = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


def ask(here: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git in the folder `here` and return what it printed, also when it failed.

    Raises:
        SurroundingsError: git is not installed, hangs, or cannot be run.
    """
    git = shutil.which("git")
    if git is None:
        raise SurroundingsError(
            "A name that is no file or folder is a git revision, and git is not installed. "
            "Install git, or name a file or a folder."
        )
    command = [git, "-c", "protocol.allow=never", "--no-pager", *arguments]
    try:
        return subprocess.run(  # noqa: S603 - a program of the machine; what was typed is no option
            command,
            cwd=here,
            env={**os.environ, **_QUIET},
            input=given,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SurroundingsError(f"git gave no answer for {_SECONDS} seconds.") from None
    except OSError as error:
        raise SurroundingsError(f"git cannot be run: {error.strerror}.") from None


def demand(here: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Run git where it must succeed, and return what it printed.

    Raises:
        SurroundingsError: it did not.
    """
    done = ask(here, *arguments, given=given)
    if done.returncode:
        raise SurroundingsError(describe_failure(done.stderr))
    return done.stdout


def describe_failure(said: bytes) -> str:
    """Return the first line of what git complained of, in a sentence."""
    first = next(iter(said.decode("utf-8", "replace").splitlines()), "nothing")
    return f"git cannot read the repository; it says “{first}”."
