"""What docs/signing.md says of flags is what the command has."""

from __future__ import annotations

import re
from pathlib import Path

import typer.main

from compliance.cli.app import app

PAGE = (Path(__file__).parents[2] / "docs" / "signing.md").read_text("utf-8")
SIGN = typer.main.get_command(app).commands["sign"]
FLAGS = {flag for parameter in SIGN.params for flag in parameter.opts if flag.startswith("--")}


def test_every_flag_on_the_page_exists_and_every_flag_is_on_the_page() -> None:
    assert set(re.findall(r"--[a-z][a-z0-9-]+", PAGE)) == FLAGS
