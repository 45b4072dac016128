"""Count the addresses of a file into villages. The addresses themselves go nowhere.

Each address says how many dwellings it has, how many of them are passed, and how many connected;
`0 ≤ connected ≤ homes passed ≤ dwellings` must hold for each (domain: connection counts).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from outreach.addresses.numbers import Numbers
from outreach.addresses.points import AddressFile, Batch
from outreach.addresses.rules import (
    LARGEST_DWELLINGS,
    REFUSALS_SHOWN,
    Counted,
    Refusal,
    Sums,
    VillageSums,
)
from outreach.addresses.zones import Zones
from outreach.files.crs import Crs, to_sweref99_tm
from outreach.files.faults import FileRefused
from outreach.files.placing import SWEDEN, guess

POINTS_A_TIME = 200_000
ORDERED = ("connected", "homes_passed", "dwellings")
"""Each is at most what stands after it."""


@dataclass
class _Tally:
    """Sums so far, by zone and a last place for what lies outside all of them."""

    places: int
    counted: tuple[str, ...]
    addresses: NDArray[np.int64] = field(init=False)
    sums: dict[str, NDArray[np.int64]] = field(init=False)
    refused: list[Refusal] = field(default_factory=list)
    refused_all: int = 0

    def __post_init__(self) -> None:
        self.addresses = np.zeros(self.places, dtype=np.int64)
        self.sums = {name: np.zeros(self.places, dtype=np.int64) for name in self.counted}

    def refuse(self, refused: Sequence[Refusal]) -> None:
        self.refused_all += len(refused)
        self.refused += refused[: REFUSALS_SHOWN - len(self.refused)]

    def of(self, at: int) -> Sums:
        """The sums of one place; None for what the file has no column for."""
        return Sums(
            addresses=int(self.addresses[at]),
            dwellings=int(self.sums["dwellings"][at]),
            homes_passed=int(self.sums["homes_passed"][at])
            if "homes_passed" in self.sums
            else None,
            connected=int(self.sums["connected"][at]) if "connected" in self.sums else None,
        )


@dataclass(frozen=True, slots=True)
class _System:
    """The coordinates' system; `is_turned` where the columns are named the other way round."""

    crs: Crs
    is_turned: bool


def count(
    file: AddressFile,
    zones: Zones,
    *,
    tell: Callable[[int], None] = lambda _: None,
) -> Counted:
    """Sums by village, of those outside all villages, and the rows that couldn't be counted.

    `tell` is called with the bytes read so far. Raises FileRefused.
    """
    counted = tuple(name for name in ORDERED if name == "dwellings" or name in file.layout.counts)
    tally = _Tally(len(zones.zones) + 1, counted)
    system: _System | None = None
    for batch in _gathered(file.batches()):
        tally.refuse(batch.refused)
        if len(batch.rows):
            system = system or _system(file.crs, batch.coordinates)
            _add(tally, batch, zones, system)
        tell(batch.bytes_read)
    sums = [tally.of(at) for at in range(tally.places)]
    villages = [
        VillageSums(zone.village, each, is_circle=zone.is_circle)
        for zone, each in zip(zones.zones, sums[:-1], strict=True)
        if each.addresses
    ]
    refused = sorted(tally.refused, key=lambda refusal: refusal.row)
    return Counted(villages, sums[-1], refused, tally.refused_all)


def _gathered(batches: Iterator[Batch]) -> Iterator[Batch]:
    """Batches together until they are worth the trip through all villages."""
    waiting: list[Batch] = []
    for batch in batches:
        waiting.append(batch)
        if sum(len(each.rows) for each in waiting) >= POINTS_A_TIME:
            yield _together(waiting)
            waiting = []
    if waiting:
        yield _together(waiting)


def _together(batches: Sequence[Batch]) -> Batch:
    if len(batches) == 1:
        return batches[0]
    return Batch(
        np.concatenate([each.rows for each in batches]),
        np.concatenate([each.coordinates for each in batches]),
        {
            name: np.concatenate([each.counts[name] for each in batches])
            for name in batches[0].counts
        },
        [refusal for each in batches for refusal in each.refused],
        batches[-1].bytes_read,
    )


def _system(stated: Crs | None, coordinates: Numbers) -> _System:
    """The system in which most points lie in Sweden, one way or the other."""
    points = shapely.points(coordinates[:: max(len(coordinates) // 1000, 1)])
    crs = stated or guess(points)
    if crs is None:
        raise FileRefused("coordinates_elsewhere")
    straight = _in_sweden(to_sweref99_tm(coordinates, source=crs)).sum()
    turned = _in_sweden(to_sweref99_tm(coordinates[:, ::-1], source=crs)).sum()
    return _System(crs, is_turned=bool(turned > straight))


def _add(tally: _Tally, batch: Batch, zones: Zones, system: _System) -> None:
    counts = _filled(batch.counts, len(batch.rows))
    coordinates = batch.coordinates[:, ::-1] if system.is_turned else batch.coordinates
    placed = to_sweref99_tm(coordinates, source=system.crs)
    facts: dict[str, str | int | float] = {
        "largest": LARGEST_DWELLINGS,
        "crs": system.crs.name,
    }
    is_good = np.ones(len(batch.rows), dtype=np.bool_)
    for code, is_faulty in _faults(counts, placed):
        fresh = is_faulty & is_good
        is_good &= ~is_faulty
        tally.refuse([Refusal(int(row), code, None, facts) for row in batch.rows[fresh]])
    # NOWHERE is -1, and so the last place.
    where = zones.locate(placed[is_good, 0], placed[is_good, 1]) % tally.places
    tally.addresses += np.bincount(where, minlength=tally.places)
    for name in tally.counted:
        added = np.bincount(where, counts[name][is_good], tally.places)
        tally.sums[name] += added.astype(np.int64)


def _filled(counts: Mapping[str, Numbers], size: int) -> dict[str, Numbers]:
    """Counts with each address as one dwelling where no column says, and "yes" as all of them."""
    dwellings = counts.get("dwellings", np.ones(size))
    said = {name: np.where(np.isinf(each), dwellings, each) for name, each in counts.items()}
    return said | {"dwellings": dwellings}


def _faults(
    counts: Mapping[str, Numbers], placed: Numbers
) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    yield "outside_sweden", ~_in_sweden(placed)
    yield "too_large", counts["dwellings"] > LARGEST_DWELLINGS
    yield "negative", np.logical_or.reduce([each < 0 for each in counts.values()])
    present = [name for name in ORDERED if name in counts]
    for smaller, larger in pairwise(present):
        yield f"{smaller}_over_{larger}", counts[smaller] > counts[larger]


def _in_sweden(placed: Numbers) -> NDArray[np.bool_]:
    west, south, east, north = SWEDEN
    x, y = placed[:, 0], placed[:, 1]
    within: NDArray[np.bool_] = (x >= west) & (x <= east) & (y >= south) & (y <= north)
    return within
