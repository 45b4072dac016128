"""A document as JSON and back: the same document gives the same bytes."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict

from outreach.profiles.rules import Document, DocumentTable, Fact, Figure, Part, Section


def to_json(documents: Mapping[str, Document]) -> str:
    """Documents by language, keys in order."""
    kept = {locale: asdict(document) for locale, document in documents.items()}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(content: str) -> str:
    """SHA-256 of a frozen profile's content, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def from_json(content: str) -> dict[str, Document]:
    """The documents again."""
    return {locale: _document(kept) for locale, kept in json.loads(content).items()}


def _document(kept: dict[str, object]) -> Document:
    sections = kept.pop("sections")
    if not isinstance(sections, list):
        raise TypeError("sections")
    texts = {name: str(value) for name, value in kept.items()}
    return Document(**texts, sections=tuple(map(_section, sections)))


def _section(kept: dict[str, list[dict[str, str]]]) -> Section:
    written = kept["written"]
    return Section(
        part=Part(str(kept["part"])),
        heading=str(kept["heading"]),
        generated=tuple(map(str, kept["generated"])),
        written=None if written is None else str(written),
        facts=tuple(Fact(**each) for each in kept["facts"]),
        figures=tuple(Figure(**each) for each in kept["figures"]),
        tables=tuple(map(_table, kept["tables"])),
    )


def _table(kept: Mapping[str, object]) -> DocumentTable:
    head, numbers, rows = kept["head"], kept["numbers"], kept["rows"]
    if not (isinstance(head, list) and isinstance(numbers, list) and isinstance(rows, list)):
        raise TypeError("table")
    return DocumentTable(
        str(kept["caption"]),
        tuple(head),
        tuple(numbers),
        tuple(tuple(row) for row in rows),
        note=str(kept["note"]),
    )
