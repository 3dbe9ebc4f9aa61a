"""A deep call stack for the library's comparison of revisions, which walks bookmarks by recursion."""

import gc
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")

_BYTES = 256 * 2**20  # of address space; memory is taken only as deep as the calls go
_CALLS = 20_000  # 13 kB each; a report with some thousand bookmarks in a row needs them


def deeply(work: Callable[[], Result]) -> Result:
    """Run `work` in a thread of its own whose stack is deep; its exceptions come out unchanged.

    A report of about 330 headings in a row passes Python's usual 1000 calls. Garbage waits meanwhile:
    looking for it among some 100,000 objects that all stay takes a third of the time.
    """
    collecting = gc.isenabled()
    calls, size = sys.getrecursionlimit(), threading.stack_size(_BYTES)
    sys.setrecursionlimit(max(calls, _CALLS))
    gc.disable()
    try:
        with ThreadPoolExecutor(max_workers=1) as pool:
            return pool.submit(work).result()
    finally:
        sys.setrecursionlimit(calls)
        threading.stack_size(size)
        if collecting:
            gc.enable()
