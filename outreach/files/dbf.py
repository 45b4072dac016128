"""The table of a shapefile (dBase III): fixed columns in whatever encoding the writer used."""

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from outreach.files.faults import FileRefused
from outreach.files.limits import CELLS, COLUMNS, ROWS
from outreach.files.text import ENCODINGS
from outreach.files.values import Cell

_HEADER, _FIELD = 32, 32
_LANGUAGE_DRIVERS = {0x02: "cp850", 0x03: "cp1252", 0x57: "cp1252", 0x65: "cp865"}
_CPG_NAMES = {
    "65001": "utf-8",
    "utf8": "utf-8",
    "1252": "cp1252",
    "ansi1252": "cp1252",
    "cp1252": "cp1252",
    "windows1252": "cp1252",
    "88591": "iso-8859-1",
    "iso88591": "iso-8859-1",
    "latin1": "iso-8859-1",
}
_INTEGER = re.compile(r"-?[0-9]{1,15}")
_NUMBER = re.compile(r"-?[0-9]{0,15}\.[0-9]*(?:[eE][+-]?[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Attributes:
    """The columns and rows of a DBF; None for a row that was deleted in place."""

    names: Sequence[str]
    rows: Sequence[Sequence[Cell] | None]
    encoding: str


@dataclass(frozen=True, slots=True)
class _Field:
    name: bytes
    kind: str
    start: int
    stop: int


def read(data: bytes, *, cpg: str | None, encoding: str | None = None) -> Attributes:
    """The table; its encoding is the one stated, else the .cpg's, else found from the bytes."""
    if len(data) < _HEADER:
        raise FileRefused("dbf_broken")
    count, header, length = struct.unpack_from("<IHH", data, 4)
    fields = _fields(data[:header], length)
    if count > ROWS:
        raise FileRefused("too_many_rows", largest=ROWS)
    if count * len(fields) > CELLS or header + count * length > len(data) or length < 1:
        raise FileRefused("dbf_broken")
    records = [data[header + at * length : header + (at + 1) * length] for at in range(count)]
    used = encoding or _encoding(data, records, cpg)
    names = [_decoded(field.name, used) for field in fields]
    rows = [
        None if record[:1] == b"*" else [_cell(record, field, used) for field in fields]
        for record in records
    ]
    return Attributes(names, rows, used)


def _fields(header: bytes, length: int) -> list[_Field]:
    fields: list[_Field] = []
    start = 1
    at = _HEADER
    while at + _FIELD <= len(header) and header[at] != 0x0D:
        stop = start + header[at + 16]
        name = header[at : at + 11].split(b"\0", 1)[0]
        fields.append(_Field(name, chr(header[at + 11]), start, stop))
        start = stop
        at += _FIELD
    if not fields or len(fields) > COLUMNS or start > length:
        raise FileRefused("dbf_broken")
    return fields


def _encoding(data: bytes, records: Sequence[bytes], cpg: str | None) -> str:
    """UTF-8 if the bytes are, whatever is claimed: Swedish Latin-1 hardly ever is by chance.

    Else what the .cpg or the header claims if it is known, else Windows' Western code page.
    """
    joined = b"\n".join(records)
    claimed = _CPG_NAMES.get(re.sub(r"[^a-z0-9]", "", (cpg or "").casefold()))
    candidates = ("utf-8", claimed, _LANGUAGE_DRIVERS.get(data[29]), "cp1252", "iso-8859-1")
    for candidate in candidates:
        if candidate and _fits(joined, candidate):
            return candidate
    return ENCODINGS[2]


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _cell(record: bytes, field: _Field, encoding: str) -> Cell:
    text = _decoded(record[field.start : field.stop], encoding).strip(" \0")
    if field.kind not in "NFI" or not text:
        return text or None
    if _INTEGER.fullmatch(text):
        # Kept as text where a zero leads: such a number is a code.
        return text if text[0] == "0" and len(text) > 1 else int(text)
    return float(text) if _NUMBER.fullmatch(text) and text.strip("-.") else text


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise FileRefused("encoding_unknown", encoding=encoding) from error
