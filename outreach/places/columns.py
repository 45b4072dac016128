"""The names that columns of places go by in files, compared without regard to case."""

from collections.abc import Mapping
from dataclasses import dataclass

from outreach.files.crs import RT90_25_GON_V, SWEREF99_TM, WGS84, Crs


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


COUNTY: Mapping[str, tuple[str, ...]] = {
    "code": _names("lnkod lanskod länskod lan_kod county_code lan_code lan län code kod"),
    "name": _names("lnnamn lansnamn länsnamn lannamn county_name lan_name name namn"),
}
MUNICIPALITY_CODE = _names(
    "knkod kommunkod kommun_kod kom_kod municipality_code mun_code municipality kommun"
)
MUNICIPALITY: Mapping[str, tuple[str, ...]] = {
    "code": (*MUNICIPALITY_CODE, "code", "kod"),
    "short_name": _names("municipality_name_short kortnamn"),
    "name": _names("knnamn kommunnamn kommun_namn municipality_name mun_name name namn"),
    "county": _names("lnkod lanskod länskod lan_kod county_code lan_code lan"),
}
LOCALITY: Mapping[str, tuple[str, ...]] = {
    "code": _names("tatortskod tätortskod smaortskod småortskod locality_code code kod"),
    "name": _names(
        "tatort tätort smaort småort tatortsbeteckning tätortsbeteckning smaortsbeteckning"
        " småortsbeteckning locality name namn"
    ),
    "municipality": MUNICIPALITY_CODE,
    "inhabitants": _names(
        "bef befolkning folkmangd folkmängd pop population inhabitants invanare invånare"
    ),
    "hectares": _names("area_ha areal_ha area_hectares areal area"),
    "year": _names("ar år year delimitation_year"),
}
VILLAGE: Mapping[str, tuple[str, ...]] = {
    "code": _names("code kod village_code bykod"),
    "name": _names("name namn village by ort bynamn ortnamn"),
    "municipality": MUNICIPALITY_CODE,
    "class": _names("settlement_class class bebyggelsetyp"),
    "year": _names("delimitation_year avgransningsar avgränsningsår"),
    "inhabitants": LOCALITY["inhabitants"],
    "hectares": _names("area_hectares area_ha areal_ha"),
    "permanent": _names("dwellings hushall hushåll bostader bostäder"),
    "holiday": _names("holiday_dwellings fritidshus"),
    "workplace": _names("workplaces arbetsstallen arbetsställen"),
    "reference_date": _names("reference_date datum per_datum"),
    "source": _names("source kalla källa"),
}
SERVICE_POINT: Mapping[str, tuple[str, ...]] = {
    "code": _names("code kod id"),
    "name": _names("name namn servicepunkt"),
    "municipality": MUNICIPALITY_CODE,
    "kind": _names("kind typ slag servicetyp"),
    "opened": _names("opened oppnad öppnad oppnade öppnade"),
    "closed": _names("closed stangd stängd nedlagd"),
    "source": VILLAGE["source"],
}
NODE: Mapping[str, tuple[str, ...]] = {
    "code": _names("code kod id"),
    "name": _names("name namn nod"),
    "municipality": MUNICIPALITY_CODE,
    "assessed_on": _names("assessed_on bedomd bedömd reference_date datum"),
    "basic_service": _names("basic_service grundservice basservice"),
    "public_service": _names("public_service offentlig_service"),
    "culture": _names("culture kultur kultur_och_besok kultur_och_besök"),
    "public_transport": _names("public_transport kollektivtrafik"),
    "jobs": _names("jobs arbete arbetstillfallen arbetstillfällen"),
    "broadband": _names("broadband bredband"),
    "source": VILLAGE["source"],
}


@dataclass(frozen=True, slots=True)
class CoordinatePair:
    """Two columns that together say where something is; no system means that the extent decides."""

    east: tuple[str, ...]
    north: tuple[str, ...]
    crs: Crs | None


COORDINATES = (
    CoordinatePair(
        ("x_sweref99tm", "sweref99tm_e", "e_sweref99tm", "sweref99_e", "x_sweref"),
        ("y_sweref99tm", "sweref99tm_n", "n_sweref99tm", "sweref99_n", "y_sweref"),
        SWEREF99_TM,
    ),
    CoordinatePair(
        ("lon", "long", "longitude", "longitud", "lng"), ("lat", "latitude", "latitud"), WGS84
    ),
    CoordinatePair(("rt90_e", "y_rt90", "rt90_y"), ("rt90_n", "x_rt90", "rt90_x"), RT90_25_GON_V),
    CoordinatePair(
        ("east", "easting", "ost", "öst", "e", "x", "x_koord", "x_koordinat"),
        ("north", "northing", "nord", "n", "y", "y_koord", "y_koordinat"),
        None,
    ),
)
"""Tried in this order; a file with several pairs is read by the first."""
