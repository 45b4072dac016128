"""The gap's maps for programs: shapes apart from values, and the villages with everything."""

import json
from collections.abc import Iterable, Mapping
from io import BytesIO

from outreach.gap.disclosed import VillageFigures
from outreach.gap.files import source_of
from outreach.gap.queries.shapes import Shape
from outreach.gap.results import Findings
from outreach.gap.rules import Choice
from outreach.measures.classes import POLICY_LIMITS
from outreach.measures.passport import DEFINITION_VERSION
from outreach.measures.rates import Measure

DECIMALS = 6
CONTENT_TYPE = "application/geo+json"


def shapes(villages: Iterable[Shape], municipalities: Iterable[Shape]) -> bytes:
    """Outlines and places without any figures; what has no geometry is left out."""
    features = (
        _feature(shape.code, shape.geometry, {"kind": kind, "name": shape.name})
        for kind, group in (("municipality", municipalities), ("village", villages))
        for shape in group
        if shape.geometry is not None
    )
    return _collection(features, {})


def values(findings: Findings) -> bytes:
    """What colours the map: for each village's code its state, counts, dwellings and age."""
    choice = findings.choice
    return _text(
        {
            **_known(findings),
            "date": choice.day.isoformat(),
            "measure": choice.shown.value,
            "limits": POLICY_LIMITS,
            "villages": {village.code: _value(village) for village in findings.villages},
        }
    ).encode()


def villages(findings: Findings, places: Iterable[Shape]) -> bytes:
    """Every village with its counts, rates and passport, as far as this reader may see them."""
    geometries = {shape.code: shape.geometry for shape in places}
    day = findings.choice.day.isoformat()
    beside = findings.choice.beside
    features = (
        _feature(village.code, geometries.get(village.code), _properties(village, findings.choice))
        for village in findings.villages
    )
    return _collection(
        features,
        {
            "reference_date": day,
            "dwelling_type": findings.choice.dwellings.value,
            "source": source_of(beside),
            "scheme": findings.choice.scheme.value,
            "definition_version": DEFINITION_VERSION,
            "audience": findings.audience.value,
            **_known(findings),
        },
    )


def _known(findings: Findings) -> Mapping[str, str]:
    """The day in the past that the figures are from, where they are."""
    day = findings.choice.known_on
    return {} if day is None else {"as_known_on": day.isoformat()}


def _value(village: VillageFigures) -> list[str | int | None]:
    return [
        village.state.value,
        village.share.numerator,
        village.share.denominator,
        village.dwellings,
        None if village.reported_on is None else village.reported_on.isoformat(),
        int(village.is_withheld),
    ]


def _properties(village: VillageFigures, choice: Choice) -> Mapping[str, object]:
    counts, share, beside = village.counts, village.share, choice.beside
    people = (
        {}
        if beside is None
        else {
            f"{beside.value}_numerator": share.numerator,
            f"{beside.value}_denominator": share.denominator,
            beside.value: _rounded(share.value),
        }
    )
    return {
        "code": village.code,
        "name": village.name,
        "municipality_code": village.municipality_code,
        "municipality": village.municipality_name,
        "county_code": village.county_code,
        "settlement_class": _or_none(village.settlement_class),
        "group": _or_none(village.group),
        "state": village.state.value,
        "dwellings": village.dwellings,
        "homes_passed": counts.homes_passed,
        "connected": counts.connected,
        "active": counts.active,
        **{measure.value: _rounded(village.share_of(measure).value) for measure in Measure},
        **people,
        "reference_date": choice.day.isoformat(),
        "reported_on": None if village.reported_on is None else village.reported_on.isoformat(),
        "dwelling_type": choice.dwellings.value,
        "source": None if village.reported_on is None else source_of(beside),
        "definition_version": DEFINITION_VERSION,
    }


def _or_none(value: str | None) -> str | None:
    return None if value is None else str(value)


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, DECIMALS)


def _feature(code: str, geometry: str | None, properties: Mapping[str, object]) -> str:
    # The database has written the geometry as JSON already: parsing it here would be in vain.
    return (
        f'{{"type":"Feature","id":{_text(code)},"geometry":{geometry or "null"},'
        f'"properties":{_text(properties)}}}'
    )


def _collection(features: Iterable[str], members: Mapping[str, object]) -> bytes:
    """Feature by feature: a country's would else be in memory four times, as long as that takes."""
    head = "".join(f"{_text(name)}:{_text(value)}," for name, value in members.items())
    body = BytesIO()
    body.write(f'{{"type":"FeatureCollection",{head}"features":['.encode())
    separator = "\n"
    for feature in features:
        body.write(f"{separator}{feature}".encode())
        separator = ",\n"
    body.write(b"\n]}\n")
    return body.getvalue()


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
