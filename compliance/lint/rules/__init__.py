"""Every rule, found by its file: a module below this package that has a `RULE`."""

import importlib
import pkgutil
from functools import cache

from compliance.lint.rule import Rule


@cache
def list_rules() -> tuple[Rule, ...]:
    """Return every rule in the order of the codes."""
    modules = pkgutil.walk_packages(__path__, prefix=f"{__name__}.")
    loaded = [importlib.import_module(one.name) for one in modules if not one.ispkg]
    return tuple(sorted((one.RULE for one in loaded), key=lambda rule: rule.code))


@cache
def rules_by_name() -> dict[str, Rule]:
    """Return the rules by their names."""
    return {rule.name: rule for rule in list_rules()}


def find_rule(word: str) -> Rule | None:
    """Return the rule of that code or name."""
    return next((one for one in list_rules() if word.lower() in {one.code.lower(), one.name}), None)
