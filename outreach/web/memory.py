"""Memory given back to the system once something large has been made."""

import ctypes

_trim = getattr(ctypes.CDLL(None), "malloc_trim", None)


def give_back() -> None:
    """Return what the C library keeps of memory that is free; nothing where it has no such call.

    Reading and judging a county takes some megabytes for a moment, which every worker would
    otherwise hold as long as it runs.
    """
    if _trim is not None:
        _trim(0)
