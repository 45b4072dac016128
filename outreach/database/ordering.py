"""Swedish alphabetical order and search without regard to case, the same on both databases.

PostgreSQL's own collations depend on how the server was built and SQLite has none for Swedish, so
a name is turned into a key that sorts right byte by byte.
"""

import unicodedata
from typing import TypeAlias

from sqlalchemy import ColumnElement, String, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

Text: TypeAlias = ColumnElement[str] | InstrumentedAttribute[str]

_LOWER = {"Å": "å", "Ä": "ä", "Ö": "ö", "É": "é", "Ü": "ü", "Æ": "æ", "Ø": "ø"}
"""SQLite's lower() knows ASCII only."""
_PLACES = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "é": "e", "ü": "y"}
"""The signs after z in ASCII stand for å, ä, ö; é counts as e and ü as y, as in directories."""


class ByteOrder(GenericFunction[str]):
    """The text in the order of its bytes, whatever the database's own collation is."""

    type = String()
    inherit_cache = True
    name = "byte_order"


@compiles(ByteOrder, "postgresql")
def _byte_order_postgresql(element: ByteOrder, compiler: SQLCompiler, **kw: object) -> str:
    return f'({compiler.process(element.clauses, **kw)}) COLLATE "C"'


@compiles(ByteOrder, "sqlite")
def _byte_order_sqlite(element: ByteOrder, compiler: SQLCompiler, **kw: object) -> str:
    return f"({compiler.process(element.clauses, **kw)}) COLLATE BINARY"


def without_case(column: Text) -> ColumnElement[str]:
    """The text in lower case, å, ä and ö too."""
    return _replaced(func.lower(column, type_=String), _LOWER)


def swedish_order(column: Text) -> ColumnElement[str]:
    """What to ORDER BY for Swedish alphabetical order: å, ä, ö last, without regard to case."""
    return ByteOrder(_replaced(without_case(column), _PLACES))


def contains(column: Text, typed: str) -> ColumnElement[bool]:
    """Whether what somebody typed occurs in the text, without regard to case."""
    wanted = " ".join(unicodedata.normalize("NFC", typed).lower().split())
    return without_case(column).contains(wanted, autoescape=True)


def swedish_key(text: str) -> str:
    """The same order for `sorted` in Python."""
    lowered = unicodedata.normalize("NFC", text).lower()
    return "".join(_PLACES.get(letter, letter) for letter in lowered)


def _replaced(column: ColumnElement[str], letters: dict[str, str]) -> ColumnElement[str]:
    for letter, stand_in in letters.items():
        column = func.replace(column, letter, stand_in, type_=String)
    return column
