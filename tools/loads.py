"""Name the shared libraries among the arguments that this machine cannot load.

Runs on the system's Python, before any package is installed.
Exits 1 when one is missing, and names it on standard error.
"""

import ctypes
import ctypes.util
import os
import sys
from contextlib import suppress


def open_windows_folders() -> None:
    """Let Windows load from the folders where WeasyPrint looks: MSYS2's, unless told otherwise."""
    if sys.platform == "win32":
        folders = os.environ.get("WEASYPRINT_DLL_DIRECTORIES", r"C:\msys64\ucrt64\bin")
        for folder in folders.split(";"):
            with suppress(OSError):
                os.add_dll_directory(folder)


def loads(name: str) -> bool:
    """Say whether `name` ("pango-1.0") loads under a file name that WeasyPrint would try."""
    files = (f"lib{name}.so.0", f"lib{name}.dylib", f"lib{name}.0.dylib", f"lib{name}-0.dll")
    return any(map(_opens, files)) or _opens(ctypes.util.find_library(name))


def _opens(file: str | None) -> bool:
    with suppress(OSError):
        # Without a name, CDLL would open the running program itself.
        return file is not None and ctypes.CDLL(file) is not None
    return False


def main(names: list[str]) -> int:
    """Return the exit code."""
    open_windows_folders()
    missing = [f"lib{name}" for name in names if not loads(name)]
    if missing:
        sys.stderr.write(f"Not found on this machine: {', '.join(missing)}.\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
