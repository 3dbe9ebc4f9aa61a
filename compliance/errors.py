"""Trouble that a person can do something about.

A `ComplianceError` carries one sentence: what is wrong, where, and what to do.
It is caught in one place, `compliance.cli.app`, and becomes an exit code.
Any other exception is a bug of ours.
"""


class ComplianceError(Exception):
    """The parent of all expected trouble; `exit_code` is what the command ends with."""

    exit_code = 3


class InputError(ComplianceError):
    """Wrong use or bad input: a file, flag or answer that cannot be what was meant."""

    exit_code = 2


class SurroundingsError(ComplianceError):
    """The environment fails us: a full disk, a read-only folder, a missing system library."""

    exit_code = 3
