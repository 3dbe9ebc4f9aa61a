"""One file a format: each has `render`, which turns an outcome into text."""

import importlib
from typing import Literal, get_args

from compliance.lint.outcome import Outcome

Format = Literal["text", "json", "sarif", "github", "junit"]
FORMATS: tuple[Format, ...] = get_args(Format)


def render(outcome: Outcome, form: Format) -> str:
    """Return the outcome in a format; only that format's file is loaded."""
    module = importlib.import_module(f"{__name__}.as_{form}")
    return str(module.render(outcome))
