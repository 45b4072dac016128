"""The coordinate systems that files come in, and how a file names them, by PROJ.

WGS 84 and ETRS89 are taken as SWEREF 99: they differ by less than a metre of continental drift,
as everybody's files do.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from outreach.late import Late

if TYPE_CHECKING:
    import pyproj
    from pyproj import exceptions
else:
    pyproj, exceptions = Late("pyproj"), Late("pyproj.exceptions")

Coordinates: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Crs:
    """A system as PROJ is told it: a code such as `EPSG:3006`, or a well-known text."""

    definition: str
    name: str = field(compare=False)


SWEREF99_TM = Crs("EPSG:3006", "SWEREF 99 TM")
WGS84 = Crs("EPSG:4326", "WGS 84")
RT90_25_GON_V = Crs("EPSG:3021", "RT 90 2.5 gon V")
_OURS = {crs.definition: crs for crs in (SWEREF99_TM, WGS84, RT90_25_GON_V)}

FAR = 1e12
_HALF_ROUND, _HALF_ROUND_METRES = 180.0, 2e7
_GRS80_AXIS, _GRS80_FLATTENING = 6378137.0, 298.2572
_CORNERS = np.array([(280_000.0, 6_130_000.0), (650_000.0, 6_600_000.0), (910_000.0, 7_500_000.0)])
_LONGEST_WKT = 10_000
_URN = re.compile(r"EPSG(?:/0|[:/]{1,2}[0-9.]*)?[:/]+([0-9]{4,5})$", re.IGNORECASE)


def from_code(code: int) -> Crs | None:
    """The system of an EPSG code; None where it has none that places are told in."""
    return _known(lambda: pyproj.CRS.from_epsg(code))


def from_name(name: str) -> Crs | None:
    """The system of a name such as `EPSG:3006` or `urn:ogc:def:crs:EPSG::3006`."""
    if name.strip().upper().endswith("CRS84"):
        return WGS84
    found = _URN.search(name.strip())
    return from_code(int(found[1])) if found else None


def from_wkt(wkt: str) -> Crs | None:
    """The system of a .prj or another well-known text; None where it can't be told for certain."""
    if not wkt.strip() or len(wkt) > _LONGEST_WKT:
        return None
    return _known(lambda: pyproj.CRS.from_wkt(wkt))


def to_sweref99_tm(coordinates: Coordinates, *, source: Crs) -> Coordinates:
    """Rows of (east, north) in metres from rows of (east, north) or (longitude, latitude).

    What is no place on the ground comes out FAR away, which is inside no country: PROJ goes round
    the globe as often as it is told to, and GEOS takes no NaN.
    """
    if source == SWEREF99_TM:
        return coordinates
    transformer = _transformer(source.definition)
    metres = np.column_stack(transformer.transform(*coordinates.T))
    is_angle = transformer.source_crs is not None and transformer.source_crs.is_geographic
    is_placed = np.abs(coordinates) <= (_HALF_ROUND if is_angle else _HALF_ROUND_METRES)
    return np.where(is_placed & np.isfinite(metres), metres, FAR)


@lru_cache(maxsize=32)
def _transformer(definition: str) -> "pyproj.Transformer":
    return pyproj.Transformer.from_crs(definition, SWEREF99_TM.definition, always_xy=True)


def _known(read: Callable[[], "pyproj.CRS"]) -> Crs | None:
    try:
        crs = read()
    except exceptions.CRSError:
        return None
    if not (crs.is_projected or crs.is_geographic):
        return None
    code = crs.to_epsg()
    if code:
        definition = f"EPSG:{code}"
        return _OURS.get(definition) or Crs(definition, crs.name)
    return _by_parameters(crs)


def _by_parameters(crs: "pyproj.CRS") -> Crs | None:
    """The system of a text without a code that PROJ knows, as many Swedish files have one.

    On SWEREF 99's ellipsoid its parameters say all there is to say; on another a shift of datums
    would have to be guessed, which may be wrong by hundreds of metres.
    """
    ellipsoid = crs.ellipsoid
    if ellipsoid is None or abs(ellipsoid.semi_major_metre - _GRS80_AXIS) > 1:
        return None
    if abs(ellipsoid.inverse_flattening - _GRS80_FLATTENING) > 1e-3:
        return None
    found = Crs(crs.to_wkt(), crs.name)
    is_ours = np.abs(to_sweref99_tm(_CORNERS, source=found) - _CORNERS).max() < 1e-3
    return SWEREF99_TM if is_ours else found
