"""The names of the form's fields and the texts in them, kept exactly as typed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from outreach.connections.queries.grid import GridRow, RowKey
from outreach.connections.rules import CountEntry, CountField, DwellingsSource
from outreach.measures.classes import DwellingType

COMMENT = "comment"
TICKED = "1"
LONGEST_TEXT = 4000
"""What is longer is cut when a draft is kept; submitting it is refused long before."""

_NAME = re.compile(
    r"v([0-9]{1,9})-(permanent|holiday|workplace)-"
    r"(dwellings|homes_passed|connected|active|unchanged|reason)"
)


@dataclass(frozen=True, slots=True)
class Typed:
    """All that is typed in the form, by field name."""

    texts: Mapping[str, str] = field(default_factory=dict)

    def count(self, key: RowKey, name: CountField) -> str:
        """The text in one field for a count."""
        return self.texts.get(name_of(key, name), "")

    def is_unchanged(self, key: RowKey) -> bool:
        """Whether the village is ticked as unchanged."""
        return bool(self.texts.get(name_of(key, "unchanged")))

    def reason(self, key: RowKey) -> str:
        """The reason given for the village's figures."""
        return self.texts.get(name_of(key, "reason"), "")

    @property
    def comment(self) -> str:
        """The comment on the whole report."""
        return self.texts.get(COMMENT, "")

    def is_blank(self, key: RowKey) -> bool:
        """Whether nothing is said of the village."""
        has_figure = any(self.count(key, name).strip() for name in CountField)
        return not has_figure and not self.is_unchanged(key)

    def unknown_keys(self, rows: Iterable[GridRow]) -> set[RowKey]:
        """Villages that something is said of and that are not the form's."""
        known = {row.key for row in rows}
        return {key for key in map(key_of, self.texts) if key is not None and key not in known}


def name_of(key: RowKey, name: str) -> str:
    """The name, and the element id, of a row's field."""
    village_id, dwelling_type = key
    return f"v{village_id}-{dwelling_type.value}-{name}"


def key_of(name: str) -> RowKey | None:
    """The row that a field belongs to, or None where it is no row's field."""
    found = _NAME.fullmatch(name)
    return (int(found[1]), DwellingType(found[2])) if found else None


def typed_in(fields: Mapping[str, str]) -> Typed:
    """The form's own fields out of everything that was sent; blank ones say nothing."""
    return Typed(
        {
            name: text[:LONGEST_TEXT]
            for name, text in fields.items()
            if text and (name == COMMENT or _NAME.fullmatch(name))
        }
    )


def typed_from(counts: Mapping[RowKey, CountEntry], comment: str | None) -> Typed:
    """A stored version as it would be typed."""
    texts = {COMMENT: comment} if comment else {}
    for key, entry in counts.items():
        # The register's dwellings were not typed, but stand there where all is as last time.
        is_left_out = entry.dwellings_source is DwellingsSource.REGISTER and not entry.is_unchanged
        for name in CountField:
            figure = entry.figures.of(name)
            if figure is not None and not (name is CountField.DWELLINGS and is_left_out):
                texts[name_of(key, name)] = str(figure)
        if entry.is_unchanged:
            texts[name_of(key, "unchanged")] = TICKED
        if entry.reason:
            texts[name_of(key, "reason")] = entry.reason
    return Typed(texts)


def as_last(rows: Iterable[GridRow]) -> Typed:
    """Every village as it was approved last, ticked as unchanged, so that only news is typed."""
    texts: dict[str, str] = {}
    for row in rows:
        if row.last is not None:
            texts[name_of(row.key, "unchanged")] = TICKED
            texts |= _last(row)
    return Typed(texts)


def all_unchanged(typed: Typed, rows: Iterable[GridRow]) -> Typed:
    """The same with all that is not said as it was last: villages ticked, single figures filled."""
    texts: dict[str, str] = {}
    for row in rows:
        if row.last is None or typed.is_unchanged(row.key):
            continue
        if typed.is_blank(row.key):
            texts[name_of(row.key, "unchanged")] = TICKED
        else:
            texts |= _last(row)
    return Typed({**texts, **typed.texts})


def _last(row: GridRow) -> dict[str, str]:
    """The figures approved last as they would be typed."""
    figures = {name: row.last.of(name) for name in CountField} if row.last else {}
    return {
        name_of(row.key, name): str(figure)
        for name, figure in figures.items()
        if figure is not None
    }
