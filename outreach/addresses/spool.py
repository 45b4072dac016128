"""Where a file of addresses lies while it is counted: a folder of the worker's machine.

Only until the sums are there, never in the database and so in no backup of it.
"""

import time
from collections.abc import Collection
from pathlib import Path
from uuid import UUID, uuid4

OLDEST_SECONDS = 24 * 3600
"""A file that lies there longer belongs to no counting that will ever go on."""


def new_place(folder: Path) -> Path:
    """A place for a new file, readable by this program only."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = folder / str(uuid4())
    place.touch(mode=0o600)
    return place


def place_of(folder: Path, name: str) -> Path:
    """Where the file of this name lies."""
    return folder / str(UUID(name))


def sweep(folder: Path, *, needed: Collection[str], now: float | None = None) -> int:
    """Remove what no counting needs, and what lies there too long; how many files."""
    if not folder.is_dir():
        return 0
    oldest = (time.time() if now is None else now) - OLDEST_SECONDS
    stale = [
        path
        for path in folder.iterdir()
        if path.stat().st_mtime < oldest
        or (path.name not in needed and path.stat().st_mtime < oldest + OLDEST_SECONDS - 3600)
    ]
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)
