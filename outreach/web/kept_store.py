"""Ready bytes by name, each valid for one version of the data; one builder at a time per name."""

import gzip
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import TypeVar, cast

from outreach.web.memory import give_back
from outreach.web.shared_files import Alone, Sharing

GZIP_LEVEL = 8
"""Built once and sent many times: a twentieth smaller than by the usual level."""
SMALLEST_GZIPPED = 500
_GZIP = 16 + zlib.MAX_WBITS
LARGE_BYTES = 64_000
"""What is as large as this is held gzipped only: nearly all readers take it so."""
INCOMPRESSIBLE = (
    "image/png",
    "application/zip",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Built:
    """A page or file as its builder made it. `filename` makes it a download."""

    body: bytes
    content_type: str
    filename: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A page or file ready to send, plain or gzipped or both. `digest` names it for ETags."""

    version: int
    content_type: str
    filename: str | None
    plain: bytes | None
    gzipped: bytes | None
    digest: str

    @property
    def body(self) -> bytes:
        """The plain bytes, all of them at once."""
        return gzip.decompress(self.gzipped or b"") if self.plain is None else self.plain

    @property
    def length(self) -> int:
        """How many plain bytes there are: of what is held gzipped, gzip's last four bytes say."""
        if self.plain is None:
            return int.from_bytes((self.gzipped or b"")[-4:], "little")
        return len(self.plain)

    def portions(self) -> Iterator[bytes]:
        """The plain bytes; of what is large a portion at a time, for who takes no gzip."""
        if self.plain is not None:
            yield self.plain
            return
        unpacking = zlib.decompressobj(wbits=_GZIP)
        left = self.gzipped or b""
        while not unpacking.eof:
            yield unpacking.decompress(left, LARGE_BYTES)
            left = unpacking.unconsumed_tail

    @property
    def size(self) -> int:
        """Bytes held in memory."""
        return len(self.plain or b"") + len(self.gzipped or b"")


class KeptStore:
    """What this process has built, the longest unused forgotten first when memory runs short.

    The version is asked for before anything is read for a build, so what is kept under a
    version is never older than it. Whoever asks after a change has committed gets a new build.
    """

    def __init__(self, version: Callable[[], int], *, most_bytes: int) -> None:
        self._version = version
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()
        self._builders = _Builders()
        self.sharing: Sharing = Alone()

    def get(self, name: Hashable, build: Callable[[], Built]) -> Kept:
        """What is kept under the name for the present version, built first if need be."""
        kept = self._find(name, self._version())
        if kept is not None:
            return kept
        with self._builders.turn(name):
            version = self._version()
            kept = self._find(name, version)
            if kept is None:
                kept = self.sharing.get(
                    name, version, build=lambda: packed(build(), version=version)
                )
                self._keep(name, kept)
                give_back()
            return kept

    @property
    def size(self) -> int:
        """Bytes held in memory by everything kept."""
        return self._bytes

    def _find(self, name: Hashable, version: int) -> Kept | None:
        with self._lock:
            kept = self._kept.get(name)
            if kept is None or kept.version != version:
                return None
            self._kept.move_to_end(name)
            return kept

    def _keep(self, name: Hashable, kept: Kept) -> None:
        with self._lock:
            old = self._kept.pop(name, None)
            self._bytes += kept.size - (old.size if old else 0)
            self._kept[name] = kept
            while self._bytes > self._most_bytes and self._kept:
                _, forgotten = self._kept.popitem(last=False)
                self._bytes -= forgotten.size


class FactStore:
    """Values worked out from the data, each for the version it was worked out from.

    For few and costly results that many pages need; there is one of each name at a time.
    """

    def __init__(self) -> None:
        self._facts: dict[Hashable, tuple[int, object]] = {}
        self._builders = _Builders()
        self.sharing: Sharing = Alone()

    def get(self, name: Hashable, version: int, *, build: Callable[[], T]) -> T:
        """The value for this version of the data, worked out first if need be."""
        with self._builders.turn(name):
            known = self._facts.get(name)
            if known is None or known[0] != version:
                known = (version, self.sharing.get(name, version, build=build))
                self._facts[name] = known
            return cast("T", known[1])


class _Builders:
    """Whose turn it is to build what: one at a time per name."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._turns: dict[Hashable, tuple[Lock, int]] = {}

    @contextmanager
    def turn(self, name: Hashable) -> Iterator[None]:
        """Hold the name's own lock, which lasts as long as anybody holds or awaits it."""
        with self._lock:
            lock, users = self._turns.get(name, (Lock(), 0))
            self._turns[name] = (lock, users + 1)
        try:
            with lock:
                yield
        finally:
            with self._lock:
                lock, users = self._turns.pop(name)
                if users > 1:
                    self._turns[name] = (lock, users - 1)


def packed(built: Built, *, version: int) -> Kept:
    """The bytes with or as their gzipped twin, where that is worth having, and their digest."""
    size = len(built.body)
    worth_it = size >= SMALLEST_GZIPPED and built.content_type not in INCOMPRESSIBLE
    # No time stamp: equal content gives equal bytes in every process.
    gzipped = gzip.compress(built.body, GZIP_LEVEL, mtime=0) if worth_it else None
    return Kept(
        version,
        built.content_type,
        built.filename,
        plain=None if worth_it and size >= LARGE_BYTES else built.body,
        gzipped=gzipped,
        digest=sha256(built.body).hexdigest()[:32],
    )
