"""Bytes to text: UTF-8 if they are, else what Windows wrote, unless words show another system."""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from outreach.files.faults import FileRefused

SPACES = "\N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}"
_TO_SPACE = str.maketrans(dict.fromkeys(SPACES + "\t\r\n", " "))
_INVISIBLE = str.maketrans(dict.fromkeys("\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}", ""))
ENCODINGS = ("utf-8", "cp1252", "iso-8859-1", "cp850", "utf-16", "macroman")
"""What may be stated."""
_OTHER_SYSTEMS = ("cp850", "macroman")
"""What Excel calls CSV (MS-DOS) and CSV (Macintosh)."""
_SWEDISH = "åäöÅÄÖ"
_IN_A_WORD = re.compile(f"[A-Za-z][{_SWEDISH}][a-z]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text and the encoding it was read with."""

    text: str
    encoding: str


def decode(data: bytes, *, encoding: str | None = None) -> Decoded:
    """The text of a file; a stated encoding is taken at its word and must fit every byte."""
    if encoding is not None:
        return Decoded(_strictly(data, encoding), encoding)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Decoded(_strictly(data, "utf-16"), "utf-16")
    try:
        return Decoded(_without_nul(data.decode("utf-8-sig")), "utf-8")
    except UnicodeDecodeError:
        encoding = _written_with(data)
        return Decoded(_strictly(data, encoding), encoding)


def clean(text: str) -> str:
    """A cell's text composed (å as one sign), with plain single spaces and none at the ends."""
    plain = unicodedata.normalize("NFC", text).translate(_TO_SPACE).translate(_INVISIBLE)
    return " ".join(plain.split())


def header(text: str) -> str:
    """A column's name as it is compared: clean and without regard to case."""
    return clean(text).casefold()


def _written_with(data: bytes) -> str:
    """Windows's encoding, unless å, ä and ö stand in words by another's and nowhere by its own."""
    windows = data.decode("cp1252", errors="replace")
    if not any(sign in windows for sign in _SWEDISH):
        for other in _OTHER_SYSTEMS:
            if _IN_A_WORD.search(data.decode(other)):
                return other
    return "cp1252"


def _strictly(data: bytes, encoding: str) -> str:
    try:
        text = data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise FileRefused("encoding_unknown", encoding=encoding) from error
    return _without_nul(text)


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise FileRefused("nul_byte")
    return text
