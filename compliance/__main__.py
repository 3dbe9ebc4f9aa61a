"""`python -m compliance`, and the start of the `compliance` command."""

import gc


def main() -> None:
    """Load the command line, then run it.

    Nothing that is imported becomes garbage, and looking for some costs a sixth of the start.
    """
    gc.disable()
    from compliance.cli.app import main as run  # noqa: PLC0415 - loaded under the line above

    gc.freeze()
    gc.enable()
    run()


if __name__ == "__main__":
    main()
