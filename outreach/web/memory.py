"""Memory given back to the system once something large has been made."""

import ctypes

_library = ctypes.CDLL(None)
_trim = getattr(_library, "malloc_trim", None)
_set_option = getattr(_library, "mallopt", None)
_LARGE_BYTES, _MOST_HEAPS = -3, -8
"""What glibc calls M_MMAP_THRESHOLD and M_ARENA_MAX."""


def give_back() -> None:
    """Return what the C library keeps of memory that is free; nothing where it has no such call.

    Reading and judging a county takes some megabytes for a moment, which every worker would
    otherwise hold as long as it runs.
    """
    if _trim is not None:
        _trim(0)


def hold_little() -> None:
    """Have the C library keep less of what this process and those it forks set free.

    By itself it gives each thread a heap, and takes ever larger blocks from them once one was
    freed. Only one thread runs Python at a time, so one heap does; and what is large goes straight
    back.
    """
    if _set_option is not None:
        _set_option(_MOST_HEAPS, 1)
        _set_option(_LARGE_BYTES, 128 * 1024)
