"""ZIP files: the directory is looked through before a byte is unpacked."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from outreach.files.faults import FileRefused
from outreach.files.limits import (
    MEGABYTE,
    UNPACKED_BYTES,
    ZIP_BYTES,
    ZIP_DIRECTORY_BYTES,
    ZIP_MEMBERS,
)

_END = b"PK\x05\x06"
_LONGEST_COMMENT = 65_535
_ENCRYPTED = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, struct.error, EOFError, ValueError)


def members(data: bytes) -> Mapping[str, bytes]:
    """The wanted kinds of files in an archive by their path, unpacked within the limits.

    Folders, and what operating systems put beside the files, are left out.
    """
    if len(data) > ZIP_BYTES:
        raise FileRefused("too_large_file", megabytes=ZIP_BYTES // MEGABYTE)
    _check_directory(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _check_members(infos)
            wanted = [info for info in infos if not _is_clutter(info.filename)]
            return {info.filename: _unpacked(archive, info) for info in wanted}
    except _BROKEN as error:
        if isinstance(error, FileRefused):
            raise
        raise FileRefused("zip_broken") from error


def sizes(data: bytes) -> Mapping[str, int]:
    """The files in an archive with their unpacked size, from its directory alone."""
    if len(data) > ZIP_BYTES:
        raise FileRefused("too_large_file", megabytes=ZIP_BYTES // MEGABYTE)
    _check_directory(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _check_members(infos)
            return {info.filename: info.file_size for info in infos}
    except _BROKEN as error:
        if isinstance(error, FileRefused):
            raise
        raise FileRefused("zip_broken") from error


def unpacked(data: bytes, name: str) -> bytes:
    """One file of an archive whose directory has been looked through."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _unpacked(archive, archive.getinfo(name))
    except (*_BROKEN, KeyError) as error:
        if isinstance(error, FileRefused):
            raise
        raise FileRefused("zip_broken") from error


def _check_directory(data: bytes) -> None:
    """Refuse a directory too large to be read, by the archive's last record alone."""
    start = data.rfind(_END, max(0, len(data) - _LONGEST_COMMENT - 22))
    if start < 0 or start + 22 > len(data):
        raise FileRefused("zip_broken")
    count, size = struct.unpack_from("<HI", data, start + 10)
    if count > ZIP_MEMBERS or size > ZIP_DIRECTORY_BYTES:
        raise FileRefused("zip_too_many_members", largest=ZIP_MEMBERS)


def _check_members(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > ZIP_MEMBERS:
        raise FileRefused("zip_too_many_members", largest=ZIP_MEMBERS)
    if sum(info.file_size for info in infos) > UNPACKED_BYTES:
        raise FileRefused("zip_too_large", megabytes=UNPACKED_BYTES // MEGABYTE)
    names = [info.filename for info in infos]
    if len(set(names)) != len(names):
        raise FileRefused("zip_broken")
    for info in infos:
        if _escapes(info.filename):
            raise FileRefused("zip_path", name=info.filename[:80])
        if info.flag_bits & _ENCRYPTED:
            raise FileRefused("zip_encrypted")
        if info.compress_type not in _METHODS:
            raise FileRefused("zip_method")


def _escapes(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or bool(re.search(r"[\\:\0]", name))


def _is_clutter(name: str) -> bool:
    path = PurePosixPath(name)
    return path.parts[0] == "__MACOSX" or path.name.startswith(".")


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as file:
        content = file.read(info.file_size + 1)
    if len(content) != info.file_size:
        raise FileRefused("zip_broken")
    return content
