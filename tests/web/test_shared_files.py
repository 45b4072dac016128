"""What one worker has built is read by the others; whatever becomes of it, a page is built."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from outreach.web.kept_store import Built, FactStore, KeptStore
from outreach.web.shared_files import SharedFiles


@pytest.fixture
def shared(tmp_path: Path) -> SharedFiles:
    return SharedFiles(tmp_path, most_bytes=1_000_000)


def fail() -> str:
    raise AssertionError("built again")


def test_another_process_reads_what_one_has_built(shared: SharedFiles) -> None:
    one, other = KeptStore(lambda: 1, most_bytes=1000), KeptStore(lambda: 1, most_bytes=1000)
    one.sharing = other.sharing = shared
    built = one.get(("page", "sv"), lambda: Built(b"a" * 600, "text/html"))
    assert other.get(("page", "sv"), lambda: Built(b"again", "text/html")) == built


def test_facts_are_worked_out_once_for_each_version(shared: SharedFiles) -> None:
    one, other = FactStore(), FactStore()
    one.sharing = other.sharing = shared
    assert one.get("judged", 7, build=lambda: "at seven") == "at seven"
    assert other.get("judged", 7, build=fail) == "at seven"
    assert other.get("judged", 8, build=lambda: "at eight") == "at eight"


def test_whoever_asks_meanwhile_waits_for_the_one_who_builds(shared: SharedFiles) -> None:
    begun, end = Event(), Event()

    def slowly() -> str:
        begun.set()
        end.wait(5)
        return "built once"

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(lambda: shared.get("name", 1, build=slowly))
        begun.wait(5)
        second = pool.submit(lambda: shared.get("name", 1, build=fail))
        end.set()
    assert (first.result(), second.result()) == ("built once", "built once")


def test_a_build_that_fails_leaves_nothing_behind(shared: SharedFiles) -> None:
    with pytest.raises(AssertionError):
        shared.get("name", 1, build=fail)
    assert shared.get("name", 1, build=lambda: "built") == "built"


def test_a_file_that_was_cut_off_is_built_anew(shared: SharedFiles, tmp_path: Path) -> None:
    shared.get("name", 1, build=lambda: "x" * 100)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:50])
    assert shared.get("name", 1, build=lambda: "whole") == "whole"


def test_the_longest_unused_make_room(tmp_path: Path) -> None:
    shared = SharedFiles(tmp_path, most_bytes=2_500)
    for name in ("a", "b", "a", "c"):
        shared.get(name, 1, build=lambda: "x" * 1_000)
    assert shared.get("a", 1, build=fail) == "x" * 1_000
    assert shared.get("b", 1, build=lambda: "again") == "again"


def test_where_the_folder_is_gone_each_builds_alone(tmp_path: Path) -> None:
    shared = SharedFiles(tmp_path / "gone", most_bytes=1_000)
    assert shared.get("name", 1, build=lambda: "built") == "built"
