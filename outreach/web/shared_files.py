"""What one worker has built, for the others and for those that take their place.

Gunicorn opens it before it forks the workers (`gunicorn.conf.py`). Without it each process builds
for itself. It is a folder of its user's own, gone with the server: neither a store that has to be
kept nor one that two hosts share. Names and what stands for a version may rest on Python's own
hashes, as all that are forked from one process have the same.
"""

import atexit
import fcntl
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable, Hashable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar, cast

T = TypeVar("T")
BROKEN = (EOFError, pickle.UnpicklingError)
"""What is said of a file whose writer was killed."""


class Sharing(Protocol):
    """Where a value may have been built already."""

    def get(self, name: Hashable, version: int, *, build: Callable[[], T]) -> T:
        """The value under the name for this version, built first if nobody has."""
        ...


class Alone:
    """Where there is nobody to share with."""

    def get(self, _name: Hashable, _version: int, *, build: Callable[[], T]) -> T:
        """The value, built."""
        return build()


class SharedFiles:
    """A file for each name, the longest unused removed first when there are too many bytes.

    Whoever builds holds the file's lock, which goes with its process, and others of all processes
    wait. Where a file can't be used, each builds alone.
    """

    def __init__(self, folder: Path, *, most_bytes: int) -> None:
        self._folder = folder
        self._most_bytes = most_bytes

    def get(self, name: Hashable, version: int, *, build: Callable[[], T]) -> T:
        """The value under the name for this version, built first if no process has."""
        try:
            file = (self._folder / sha256(pickle.dumps(name)).hexdigest()).open("a+b")
        except OSError:
            return build()
        with file:
            fcntl.flock(file, fcntl.LOCK_EX)
            known = _read(file)
            if known is not None and known[0] == version:
                os.utime(file.fileno())
                return cast("T", known[1])
            value = build()
            with suppress(OSError):
                _write(file, version, value)
        with suppress(OSError):
            self._make_room()
        return value

    def _make_room(self) -> None:
        files = [(path, path.stat()) for path in self._folder.iterdir()]
        size = sum(found.st_size for _, found in files)
        for path, found in sorted(files, key=lambda each: each[1].st_mtime_ns):
            if size <= self._most_bytes:
                return
            path.unlink(missing_ok=True)
            size -= found.st_size


def open_shared_files(*, most_bytes: int) -> SharedFiles:
    """Begin an empty folder that lasts as long as this process."""
    folder = Path(tempfile.mkdtemp(prefix="outreach-kept-"))
    atexit.register(_clear_away, folder, owner=os.getpid())
    return SharedFiles(folder, most_bytes=most_bytes)


def _clear_away(folder: Path, *, owner: int) -> None:
    """Workers come and go without taking the folder with them."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)


def _read(file: BinaryIO) -> tuple[int, object] | None:
    file.seek(0)
    try:
        return cast("tuple[int, object]", pickle.load(file))  # noqa: S301  # only we write there
    except BROKEN:
        return None


def _write(file: BinaryIO, version: int, value: object) -> None:
    file.truncate(0)
    pickle.dump((version, value), file)
    file.flush()
