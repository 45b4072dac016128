"""Where a village's position contradicts the municipality of its code: told, never acted on."""

from collections.abc import Sequence
from typing import Protocol, TypeAlias

import shapely

from outreach.files.faults import Fault
from outreach.places.queries.stored import KnownArea

Facts: TypeAlias = dict[str, str | int | float]
FAR_METRES = 10_000
"""Published borders are generalised and leave out islands; nearer than this says nothing."""


class Lying(Protocol):
    """What every entry has that lies somewhere."""

    @property
    def row(self) -> int:
        """The row's number in the file."""
        ...

    @property
    def code(self) -> str:
        """The code it is known by."""
        ...

    @property
    def municipality_code(self) -> str:
        """The municipality that it is counted in."""
        ...

    @property
    def shape(self) -> bytes | None:
        """Where it lies, as well-known binary in SWEREF 99 TM."""
        ...


def conflicts(entries: Sequence[Lying], areas: Sequence[KnownArea]) -> list[Fault]:
    """A warning for every entry inside another municipality, or far outside its own.

    The code counts all the same: Pukavik is Sölvesborg's though the border drawn puts it in
    Karlshamn, and Hasslö, outside every border drawn, is Karlskrona's.
    """
    placed = [entry for entry in entries if entry.shape]
    if not placed or not areas:
        return []
    by_code = {area.code: area for area in areas}
    shapely.prepare([area.area for area in areas])
    points = [_point(entry) for entry in placed]
    tree = shapely.STRtree([area.area for area in areas])
    within: dict[int, KnownArea] = {}
    for at, area in tree.query(points, predicate="within").T.tolist():
        within.setdefault(at, areas[area])
    found = []
    for at, entry in enumerate(placed):
        own, around = by_code.get(entry.municipality_code), within.get(at)
        if own is None or around is own:
            continue
        metres = round(float(own.area.distance(points[at])))
        if around is not None and metres > 0:
            facts: Facts = {
                "code": entry.code,
                "own": own.name,
                "other": around.name,
                "metres": metres,
            }
            found.append(Fault("lies_elsewhere", entry.row, facts=facts))
        elif metres > FAR_METRES:
            facts = {"code": entry.code, "own": own.name, "metres": metres}
            found.append(Fault("lies_far_away", entry.row, facts=facts))
    return found


def _point(entry: Lying) -> shapely.Point:
    return shapely.point_on_surface(shapely.from_wkb(entry.shape))
