"""`python -m compliance`, and the start of the `compliance` command."""

import atexit
import gc

_RARELY = 50_000


def main() -> None:
    """Load the command line, then run it.

    Nothing that is imported becomes garbage, and looking for some costs a sixth of the start.
    Later it is looked for rarely, and never at the end, when all memory goes back at once: after a
    long report that alone takes a second.
    """
    gc.disable()
    from compliance.cli.app import main as run  # noqa: PLC0415 - loaded under the line above

    gc.freeze()
    gc.set_threshold(_RARELY)
    gc.enable()
    atexit.register(gc.freeze)
    run()


if __name__ == "__main__":
    main()
