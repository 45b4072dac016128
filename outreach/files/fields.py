"""The columns one kind of import knows, found in a table under any of the names they go by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from outreach.files import values
from outreach.files.faults import FileRefused
from outreach.files.table import Columns, Row
from outreach.files.values import Cell


@dataclass(frozen=True, slots=True)
class Fields:
    """Where each known field stands in a file; a field that the file lacks reads as blank."""

    columns: Columns
    found: Mapping[str, str]

    @classmethod
    def of(
        cls, columns: Columns, synonyms: Mapping[str, Sequence[str]], *, required: Sequence[str]
    ) -> "Fields":
        """Look up every field; a file without one of the required ones is refused."""
        found = {
            field: name
            for field, names in synonyms.items()
            if (name := columns.first_of(names)) is not None
        }
        for field in required:
            if field not in found:
                raise FileRefused(
                    "column_missing",
                    column=field,
                    known=", ".join(synonyms[field]),
                    found=", ".join(name.strip() for name in columns.written)[:300],
                )
        return cls(columns, found)

    def has(self, field: str) -> bool:
        """Whether the file has a column for the field."""
        return field in self.found

    def written(self, field: str) -> str:
        """The column as the file writes it; the field's own name where there is none."""
        return self.columns.as_written(self.found[field]) if field in self.found else field

    def cell(self, row: Row, field: str) -> Cell:
        """What stands in the row's cell, as it is."""
        return row.cell(self.columns, self.found[field]) if field in self.found else None

    def text(self, row: Row, field: str) -> str:
        """The cell as clean text."""
        return values.text_of(self.cell(row, field))

    def count(self, row: Row, field: str) -> int | None:
        """The cell as a whole number."""
        return values.count_of(self.cell(row, field), column=self.written(field))

    def decimal(self, row: Row, field: str) -> float | None:
        """The cell as a number from 0 on."""
        return values.decimal_of(self.cell(row, field), column=self.written(field))

    def coordinate(self, row: Row, field: str) -> float | None:
        """The cell as a coordinate."""
        return values.coordinate_of(self.cell(row, field), column=self.written(field))

    def day(self, row: Row, field: str) -> date | None:
        """The cell as a date."""
        return values.day_of(self.cell(row, field), column=self.written(field))

    def year(self, row: Row, field: str) -> int | None:
        """The cell as a year."""
        return values.year_of(self.cell(row, field), column=self.written(field))
