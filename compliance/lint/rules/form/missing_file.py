"""A pack lacks a file that it needs."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="F509",
    name="missing-file",
    severity="error",
    what="There is no `pack.yaml`, or the first pack has no `facts.yaml`.",
    why="A report names every pack it used; a pack without a name cannot be named.",
    bad="",
    good=("name: mine\ntitle: Mine\nedition: 2026-11-23\npublisher: Me\nlicence: MIT"),
    example="pack",
)
