"""The text of a frozen round's record: its sums, its passports, and one spelling of JSON."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from outreach.measures.rates import Measure

FORMAT = 1
"""Raised when the meaning of the record's fields changes; old records keep theirs."""
COVERED = ("reported", "carried_forward")

_COUNTS = ("dwellings", "homes_passed", "connected", "active")
PARTS = {
    "villages": (
        *("code", "name", "municipality_code", "municipality", "dwelling_type"),
        *("settlement_class", "inhabitants", "register_dwellings", "state", "associations"),
        *("reported_on", *_COUNTS),
    ),
    "sums": (
        *("area_code", "dwelling_type", "settlement_class", "villages", "covered_villages"),
        *("expected_villages", "reported_villages", "register_dwellings", "covered_dwellings"),
        "oldest_report",
        *(
            f"{measure.value}_{part}"
            for measure in Measure
            for part in ("numerator", "denominator", "villages")
        ),
    ),
    "reports": (
        *("association_id", "association", "organisation_number", "village_code", "village"),
        *("dwelling_type", "version", "receipt", "dwellings_source", *_COUNTS),
    ),
}
"""The record's tables and their columns in files."""

Fact: TypeAlias = str | int | float | None
Facts: TypeAlias = Mapping[str, Fact]


def canonical(content: Mapping[str, object]) -> str:
    """The one spelling: keys in order, no blanks, letters as they are, one line end."""
    text = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return f"{text}\n"


def fingerprint(text: str) -> str:
    """The SHA-256 of the text's bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def sums_of(villages: Sequence[Facts], *, county_code: str) -> list[Facts]:
    """The county and its municipalities, whole and by settlement class, with their passports.

    By area's code, dwelling type and class. Per measure, both counts are summed over the villages
    that know both, as published. `covered_dwellings` of `register_dwellings` is completeness.
    """
    groups: dict[tuple[str, str, str], list[Facts]] = {}
    for village in villages:
        for area in (county_code, str(village["municipality_code"])):
            for kind in ("all", str(village["settlement_class"] or "unknown")):
                key = (area, str(village["dwelling_type"]), kind)
                groups.setdefault(key, []).append(village)
    return [_sum(key, groups[key]) for key in sorted(groups)]


def _sum(key: tuple[str, str, str], villages: Sequence[Facts]) -> Facts:
    covered = [village for village in villages if village["state"] in COVERED]
    dates = [str(village["reported_on"]) for village in villages if village["reported_on"]]
    found: dict[str, Fact] = dict(
        zip(("area_code", "dwelling_type", "settlement_class"), key, strict=True)
    )
    found |= {
        "villages": len(villages),
        "covered_villages": len(covered),
        "expected_villages": sum(village["state"] != "not_expected" for village in villages),
        "reported_villages": sum(village["state"] == "reported" for village in villages),
        "register_dwellings": _total(villages, "register_dwellings"),
        "covered_dwellings": _total(covered, "register_dwellings"),
        "oldest_report": min(dates, default=None),
    }
    for measure in Measure:
        above, below = measure.numerator_field, measure.denominator_field
        both = [one for one in villages if one[above] is not None and one[below] is not None]
        found[f"{measure.value}_numerator"] = _total(both, above)
        found[f"{measure.value}_denominator"] = _total(both, below)
        found[f"{measure.value}_villages"] = len(both)
    return found


def _total(villages: Iterable[Facts], name: str) -> int | None:
    """The sum of what is known; None where nothing is."""
    known = [value for village in villages if isinstance(value := village[name], int)]
    return sum(known) if known else None
