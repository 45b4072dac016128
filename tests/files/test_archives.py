"""Archives that would fill the disk, climb out of their folder, or hold nothing of use."""

import io
import struct
import zipfile

import pytest

from outreach.files import limits, reading
from outreach.files.budget import Budget
from outreach.files.faults import FileRefused
from tests.files.making import feature, geojson, square, zipped


def _code(data: bytes) -> str:
    with pytest.raises(FileRefused) as refusal:
        reading.read_bytes(data, budget=Budget())
    return refusal.value.code


def test_a_bomb_is_not_unpacked() -> None:
    bomb = zipped({"a.csv": b"\0" * (limits.UNPACKED_BYTES + 1)})
    assert len(bomb) < 1_000_000
    assert _code(bomb) == "zip_too_large"


def test_many_small_bombs_count_together() -> None:
    part = b"\0" * (limits.UNPACKED_BYTES // 4)
    assert _code(zipped({f"{number}.csv": part for number in range(5)})) == "zip_too_large"


def test_a_bomb_that_lies_about_its_size_is_stopped() -> None:
    whole = bytearray(zipped({"a.csv": b"kod\n" * 1_000_000}))
    directory = whole.rindex(b"PK\x01\x02")
    struct.pack_into("<I", whole, directory + 24, 100)
    assert _code(bytes(whole)) == "zip_broken"


@pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "x/../../a.csv", "C:\\a.csv"])
def test_a_path_that_leads_out_is_refused(name: str) -> None:
    assert _code(zipped({name: b"kod\n1\n"})) == "zip_path"


def test_too_many_members_are_refused() -> None:
    assert _code(zipped({f"{number}.csv": b"" for number in range(101)})) == "zip_too_many_members"


def test_a_directory_that_is_larger_than_it_says_is_refused() -> None:
    whole = bytearray(zipped({f"{number}.csv": b"" for number in range(5_000)}))
    end = whole.rindex(b"PK\x05\x06")
    struct.pack_into("<HH", whole, end + 8, 1, 1)
    assert _code(bytes(whole)) == "zip_too_many_members"


def test_a_locked_archive_is_refused() -> None:
    whole = bytearray(zipped({"a.csv": b"kod\n"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", whole, whole.index(signature) + offset, 1)
    assert _code(bytes(whole)) == "zip_encrypted"


def test_an_unusual_packing_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.csv", b"kod\n")
    assert _code(buffer.getvalue()) == "zip_method"


def test_a_changed_member_is_refused() -> None:
    whole = bytearray(zipped({"a.csv": b"kod\n" * 50}))
    whole[45] ^= 0xFF
    assert _code(bytes(whole)) == "zip_broken"


@pytest.mark.parametrize("members", [{}, {"a.txt": b"", "b.csv": b""}, {"a.exe": b"x"}])
def test_an_archive_of_something_else_is_refused(members: dict[str, bytes]) -> None:
    assert _code(zipped(members)) in {"zip_contents", "zip_broken"}


def test_an_archive_in_an_archive_is_refused() -> None:
    assert _code(zipped({"a.csv": zipped({"a.csv": b"kod\n"})})) == "zip_contents"


@pytest.mark.parametrize("cut", [1, 10, 30, 80])
def test_a_cut_archive_is_refused(cut: int) -> None:
    assert _code(zipped({"a.csv": b"kod\n" * 50})[:-cut]) == "zip_broken"


def test_a_single_file_of_another_kind_is_read_from_its_archive() -> None:
    inner = geojson([feature(square(0, 0), kod="1")])
    table = reading.read_bytes(
        zipped({"map.geojson": inner, "__MACOSX/._map.geojson": b"x"}), budget=Budget()
    )
    assert [list(row.cells) for row in table] == [["1"]]
