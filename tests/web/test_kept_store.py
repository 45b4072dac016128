"""Kept bytes by themselves: valid for one version, built once, bounded in memory."""

import gzip
from collections.abc import Callable
from threading import Barrier, Event, Thread

import pytest

from outreach.web.kept_store import LARGE_BYTES, Built, FactStore, KeptStore, packed


class Versions:
    """A data version that a test raises by hand."""

    def __init__(self) -> None:
        self.number = 1

    def __call__(self) -> int:
        return self.number


def _store(version: Callable[[], int], most_bytes: int = 1_000_000) -> KeptStore:
    return KeptStore(version, most_bytes=most_bytes)


def _text(text: str) -> Built:
    return Built(text.encode(), "text/plain")


def test_the_same_version_is_built_once() -> None:
    store, built = _store(lambda: 1), []

    def build() -> Built:
        built.append(1)
        return _text("a")

    assert [store.get("name", build).body for _ in range(3)] == [b"a"] * 3
    assert built == [1]


def test_a_new_version_is_built_anew() -> None:
    versions = Versions()
    store = _store(versions)
    store.get("name", lambda: _text("old"))
    versions.number = 2
    assert store.get("name", lambda: _text("new")).body == b"new"


def test_a_version_that_went_back_is_built_anew() -> None:
    versions = Versions()
    versions.number = 7
    store = _store(versions)
    store.get("name", lambda: _text("before the backup was put back"))
    versions.number = 6
    assert store.get("name", lambda: _text("restored")).body == b"restored"


def test_a_change_during_the_build_is_seen_by_the_next_reader() -> None:
    versions = Versions()
    store = _store(versions)

    def build() -> Built:
        versions.number += 1
        return _text("read before the change")

    store.get("name", build)
    assert store.get("name", lambda: _text("after")).body == b"after"


def test_many_readers_at_once_cause_one_build() -> None:
    store, builds, start, slow = _store(lambda: 1), [], Barrier(9), Event()

    def build() -> Built:
        builds.append(1)
        slow.wait(5)
        return _text("a")

    bodies: list[bytes] = []

    def read() -> None:
        start.wait(5)
        bodies.append(store.get("name", build).body)

    readers = [Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    start.wait(5)
    slow.set()
    for reader in readers:
        reader.join(5)
    assert (bodies, builds) == ([b"a"] * 8, [1])


def test_a_build_that_fails_is_tried_again_by_the_next_reader() -> None:
    store = _store(lambda: 1)

    def fail() -> Built:
        raise OSError("the database went away")

    with pytest.raises(OSError, match="went away"):
        store.get("name", fail)
    assert store.get("name", lambda: _text("a")).body == b"a"


def test_memory_is_bounded_and_the_longest_unused_goes_first() -> None:
    store = _store(lambda: 1, most_bytes=250)
    for name in ("a", "b"):
        store.get(name, lambda: Built(b"x" * 100, "image/png"))
    store.get("a", lambda: _text("not asked"))
    store.get("c", lambda: Built(b"x" * 100, "image/png"))
    assert store.size == 200
    assert store.get("a", lambda: _text("rebuilt")).body == b"x" * 100
    assert store.get("b", lambda: _text("rebuilt")).body == b"rebuilt"


def test_what_is_larger_than_the_store_is_answered_and_not_kept() -> None:
    store = _store(lambda: 1, most_bytes=10)
    assert store.get("name", lambda: Built(b"x" * 11, "image/png")).body == b"x" * 11
    assert store.size == 0


def test_the_gzipped_twin_holds_the_same_content() -> None:
    kept = _store(lambda: 1).get("name", lambda: _text("Karlskrona " * 100))
    assert kept.gzipped is not None
    assert gzip.decompress(kept.gzipped) == b"Karlskrona " * 100


def test_what_is_large_is_held_gzipped_and_unpacked_for_who_takes_none() -> None:
    store = _store(lambda: 1)
    body = b"Karlskrona " * 10_000
    kept = store.get("name", lambda: Built(body, "application/json"))
    assert (kept.plain, kept.body) == (None, body)
    assert store.size == len(kept.gzipped or b"") < 1_000


def test_what_is_large_is_unpacked_in_portions_of_a_length_that_is_told_before() -> None:
    # Of the second kind, far more comes out than the last bytes that go in would tell.
    for body in (b"".join(b"%d\n" % number for number in range(40_000)), b"Orten " * 100_000):
        kept = packed(Built(body, "text/csv"), version=1)
        portions = list(kept.portions())
        assert b"".join(portions) == body
        assert kept.length == len(body)
        assert max(map(len, portions)) <= LARGE_BYTES


def test_a_large_picture_is_held_as_it_is() -> None:
    kept = _store(lambda: 1).get("name", lambda: Built(b"x" * 100_000, "image/png"))
    assert (kept.plain, kept.gzipped) == (b"x" * 100_000, None)


def test_pictures_and_crumbs_are_not_gzipped() -> None:
    store = _store(lambda: 1)
    assert store.get("png", lambda: Built(b"x" * 9000, "image/png")).gzipped is None
    assert store.get("crumb", lambda: _text("x" * 499)).gzipped is None


def test_equal_content_gives_equal_bytes_in_every_process() -> None:
    one, other = (_store(lambda: 1).get("name", lambda: _text("a" * 900)) for _ in range(2))
    assert (one.gzipped, one.digest) == (other.gzipped, other.digest)


def test_a_fact_is_worked_out_once_for_each_version() -> None:
    facts, asked = FactStore(), []

    def of(version: int) -> int:
        def build() -> int:
            asked.append(version)
            return version * 10

        return facts.get("withheld", version, build=build)

    assert [of(1), of(1), of(2), of(2)] == [10, 10, 20, 20]
    assert asked == [1, 2]
