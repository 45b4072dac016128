"""The coordinate systems that Swedish files come in, and how a file names them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

AXIS_GRS80 = 6378137.0


@dataclass(frozen=True, slots=True)
class TransverseMercator:
    """A Gauss–Krüger projection of GRS 80: degrees, scale, metres."""

    central_meridian: float
    scale: float
    false_northing: float
    false_easting: float


@dataclass(frozen=True, slots=True)
class Crs:
    """A known system; longitude and latitude in degrees where `projection` is None."""

    code: int
    name: str
    projection: TransverseMercator | None


def _zone(code: int, degrees: int, minutes: int) -> Crs:
    name = f"SWEREF 99 {degrees} {minutes:02d}"
    return Crs(code, name, TransverseMercator(degrees + minutes / 60, 1.0, 0.0, 150_000.0))


def _rt90(code: int, gon: str, *, like: TransverseMercator) -> Crs:
    return Crs(code, f"RT 90 {gon}", like)


SWEREF99_TM = Crs(3006, "SWEREF 99 TM", TransverseMercator(15.0, 0.9996, 0.0, 500_000.0))
WGS84 = Crs(4326, "WGS 84", None)
RT90_25_GON_V = _rt90(
    3021,
    "2.5 gon V",
    like=TransverseMercator(
        15 + 48 / 60 + 22.624306 / 3600, 1.00000561024, -667.711, 1_500_064.274
    ),
)
"""Lantmäteriet's direct projection between GRS 80 and RT 90, good to some centimetres."""

_KNOWN = (
    SWEREF99_TM,
    WGS84,
    RT90_25_GON_V,
    Crs(4619, "SWEREF 99", None),
    Crs(4258, "ETRS89", None),
    Crs(25833, "ETRS89 / UTM 33N", SWEREF99_TM.projection),
    Crs(32633, "WGS 84 / UTM 33N", SWEREF99_TM.projection),
    _rt90(3019, "7.5 gon V", like=TransverseMercator(11.30625, 1.000006, -667.282, 1_500_025.141)),
    _rt90(
        3020, "5 gon V", like=TransverseMercator(13 + 33.376 / 60, 1.0000058, -667.130, 1500044.695)
    ),
    _rt90(
        3022, "0 gon", like=TransverseMercator(18 + 3.378 / 60, 1.0000054, -668.844, 1500083.521)
    ),
    _rt90(
        3023,
        "2.5 gon O",
        like=TransverseMercator(20 + 18.379 / 60, 1.0000052, -670.706, 1500102.765),
    ),
    _rt90(
        3024, "5 gon O", like=TransverseMercator(22 + 33.380 / 60, 1.0000049, -672.557, 1500121.846)
    ),
    _zone(3007, 12, 0),
    _zone(3008, 13, 30),
    _zone(3009, 15, 0),
    _zone(3010, 16, 30),
    _zone(3011, 18, 0),
    _zone(3012, 14, 15),
    _zone(3013, 15, 45),
    _zone(3014, 17, 15),
    _zone(3015, 18, 45),
    _zone(3016, 20, 15),
    _zone(3017, 21, 45),
    _zone(3018, 23, 15),
)
BY_CODE: Mapping[int, Crs] = {crs.code: crs for crs in _KNOWN}

_URN = re.compile(r"EPSG(?:/0|[:/]{1,2}[0-9.]*)?[:/]+([0-9]{4,5})$", re.IGNORECASE)
_AUTHORITY = re.compile(
    r'(?:AUTHORITY\s*\[\s*"EPSG"\s*,\s*"?([0-9]{4,5})"?\s*\]|ID\s*\[\s*"EPSG"\s*,\s*([0-9]{4,5})\s*\])'
    r"\s*\]\s*$",
    re.IGNORECASE,
)
_PROJECTION = re.compile(r'(?:PROJECTION|METHOD)\s*\[\s*"([^"]+)"', re.IGNORECASE)
_PARAMETER = re.compile(r'PARAMETER\s*\[\s*"([^"]+)"\s*,\s*(-?[0-9.]+(?:[eE]-?[0-9]+)?)')
_SPHEROID = re.compile(r'(?:SPHEROID|ELLIPSOID)\s*\[\s*"[^"]*"\s*,\s*([0-9.]+)', re.IGNORECASE)
_PARAMETER_NAMES = {
    "centralmeridian": "meridian",
    "longitudeofnaturalorigin": "meridian",
    "longitudeoforigin": "meridian",
    "scalefactor": "scale",
    "scalefactoratnaturalorigin": "scale",
    "falseeasting": "east",
    "falsenorthing": "north",
}
_BESSEL_AXIS = 6377397.155
_RT90_MERIDIANS = {3019: 11.308278, 3020: 13.558278, 3021: 15.808278, 3022: 18.058278}
_RT90_MERIDIANS |= {3023: 20.308278, 3024: 22.558278}


def from_name(name: str) -> Crs | None:
    """The system of a name such as `EPSG:3006` or `urn:ogc:def:crs:EPSG::3006`."""
    if name.strip().upper().endswith("CRS84"):
        return WGS84
    found = _URN.search(name.strip())
    return BY_CODE.get(int(found[1])) if found else None


def from_wkt(wkt: str) -> Crs | None:
    """The system of a .prj or another well-known text: by its code, else by its parameters.

    Many Swedish files name no code, so the ellipsoid, the central meridian, the scale and the
    false easting decide; names are not trusted.
    """
    text = wkt.strip()
    coded = _AUTHORITY.search(text)
    if coded:
        return BY_CODE.get(int(coded[1] or coded[2]))
    axis = _SPHEROID.search(text)
    if axis is None:
        return None
    if text.upper().startswith(("GEOGCS", "GEOGCRS", "GEODCRS")):
        return WGS84 if abs(float(axis[1]) - AXIS_GRS80) < 1 else None
    return _from_parameters(text, float(axis[1]))


def _from_parameters(text: str, axis: float) -> Crs | None:
    method = _PROJECTION.search(text)
    kind = _plain(method[1]) if method else ""
    if kind not in {"transversemercator", "gausskruger", "gausskrueger"}:
        return None
    given = {
        _PARAMETER_NAMES[_plain(name)]: float(value)
        for name, value in _PARAMETER.findall(text)
        if _plain(name) in _PARAMETER_NAMES
    }
    if abs(axis - _BESSEL_AXIS) < 1:
        return _rt90_from(given)
    if abs(axis - AXIS_GRS80) >= 1:
        return None
    return next((crs for crs in _KNOWN if crs.projection and _fits(crs.projection, given)), None)


def _rt90_from(given: Mapping[str, float]) -> Crs | None:
    # RT 90 is defined on Bessel's ellipsoid; our parameters are those of the direct projection.
    if abs(given.get("east", 0) - 1_500_000) > 1 or abs(given.get("scale", 1) - 1) > 1e-9:
        return None
    meridian = given.get("meridian", 0)
    codes = (code for code, at in _RT90_MERIDIANS.items() if abs(at - meridian) < 1e-4)
    return BY_CODE.get(next(codes, 0))


def _fits(projection: TransverseMercator, given: Mapping[str, float]) -> bool:
    return (
        abs(projection.central_meridian - given.get("meridian", -1)) < 1e-6
        and abs(projection.scale - given.get("scale", 1)) < 1e-9
        and abs(projection.false_easting - given.get("east", 0)) < 1e-3
        and abs(projection.false_northing - given.get("north", 0)) < 1e-3
    )


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.casefold().replace("ü", "u"))
