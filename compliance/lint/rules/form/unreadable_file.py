"""A file cannot be read at all."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="F521",
    name="unreadable-file",
    severity="error",
    what="It is no regular file, may not be opened, or ends in `.yml` and would be passed over.",
    why="A checklist that is passed over quietly is a duty that nobody is asked about.",
    bad="",
    good=("name: mine\ntitle: Mine\nedition: 2026-11-23\npublisher: Me\nlicence: MIT"),
    example="pack",
)
