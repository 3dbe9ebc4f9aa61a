"""What holds for every test: a warning is an error, and nothing beyond this machine is reached."""

import socket
import tomllib
import warnings
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BEYOND = "192.0.2.1"  # RFC 5737: nobody's address


def test_a_warning_is_an_error() -> None:
    with pytest.raises(UserWarning, match="as loud as an error"):
        warnings.warn("as loud as an error", stacklevel=1)


def test_no_kind_of_warning_is_let_through() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["pytest"]["ini_options"]["filterwarnings"] == ["error"]


def test_no_test_may_reach_another_machine() -> None:
    with socket.socket() as line, pytest.raises(AssertionError, match=BEYOND):
        line.connect((BEYOND, 443))


def test_no_test_may_ask_for_a_name() -> None:
    with pytest.raises(AssertionError, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)


def test_this_machine_may_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()[:2]).close()
        assert socket.getaddrinfo("localhost", server.getsockname()[1])
