"""Where an address file says what, by the names that its columns go by."""

from collections.abc import Mapping
from dataclasses import dataclass

from outreach.files.crs import Crs
from outreach.files.faults import FileRefused
from outreach.files.table import Columns
from outreach.places.columns import COORDINATES

COUNTS: Mapping[str, tuple[str, ...]] = {
    "dwellings": (
        "dwellings", "hushall", "hushåll", "bostader", "bostäder", "antal_hushall",
        "antal hushåll", "lagenheter", "lägenheter", "households",
    ),
    "homes_passed": (
        "homes_passed", "homes passed", "passed", "kan_anslutas", "kan anslutas", "passerade",
        "anslutningsbara",
    ),
    "connected": ("connected", "anslutna", "ansluten", "antal_anslutna", "antal anslutna"),
}  # fmt: skip
"""Counts at an address; without dwellings each address is one."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions of the coordinates and counts in a row; `crs` is None where the extent decides.

    `east` and `north` are None in a file that carries points of its own. `written` are the columns'
    names as the file has them.
    """

    east: int | None
    north: int | None
    crs: Crs | None
    counts: Mapping[str, int]
    written: tuple[str, ...]

    @property
    def width(self) -> int:
        """How many cells a full row has."""
        return len(self.written)

    def written_name(self, name: str) -> str:
        """A column's name as the file writes it; its own name where the file has no such."""
        at = {"east": self.east, "north": self.north, **self.counts}.get(name)
        return name if at is None else self.written[at].strip()


def layout_of(columns: Columns, *, has_points: bool) -> Layout:
    """Find the columns. Raises FileRefused where no pair of coordinates is named."""
    counts = {
        name: columns.positions[found]
        for name, synonyms in COUNTS.items()
        if (found := columns.first_of(synonyms)) is not None
    }
    if has_points:
        return Layout(None, None, None, counts, columns.written)
    for pair in COORDINATES:
        east, north = columns.first_of(pair.east), columns.first_of(pair.north)
        if east is not None and north is not None:
            positions = columns.positions
            return Layout(positions[east], positions[north], pair.crs, counts, columns.written)
    raise FileRefused("coordinates_missing", found=", ".join(columns.written)[:200])
