"""What `status_sum` has to hold, worked out one row at a time from `village_status`."""

from collections import defaultdict
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.connections.models import VillageStatus
from outreach.connections.sum_models import StatusSum
from outreach.measures.classes import fine_class_of
from outreach.measures.rates import Measure

Key: TypeAlias = tuple[object, ...]
Known: TypeAlias = dict[str, object]
COVERED = {"reported", "carried_forward"}


def stored(session: Session) -> dict[Key, Known]:
    """The sums as they are kept."""
    rows = session.execute(select(StatusSum.__table__)).mappings()
    return {_key(row): {name: row[name] for name in row if name not in KEYS} for row in rows}


def plain(session: Session) -> dict[Key, Known]:
    """The sums as they have to be."""
    parts: dict[Key, list[Known]] = defaultdict(list)
    for found in session.execute(select(VillageStatus.__table__)).mappings():
        row = dict(found)
        kind, inhabitants = row["settlement_class"], row["inhabitants"]
        row["fine_class"] = fine_class_of(kind, inhabitants=inhabitants)
        parts[_key(row)].append(row)
    return {key: _summed(rows) for key, rows in parts.items()}


KEYS = ("reference_date", "municipality_code", "fine_class", "dwelling_type", "county_code")


def _key(row: Known) -> Key:
    return tuple(row[name] for name in KEYS)


def _summed(rows: list[Known]) -> Known:
    covered = [row for row in rows if row["state"].value in COVERED]
    days = [row["reported_on"] for row in rows if row["reported_on"] is not None]
    sums: Known = {
        "villages": len(rows),
        "covered": len(covered),
        "expected": sum(row["state"].value != "not_expected" for row in rows),
        "reported": sum(row["state"].value == "reported" for row in rows),
        "register_dwellings": _sum(row["register_dwellings"] for row in rows),
        "covered_dwellings": _sum(row["register_dwellings"] for row in covered),
        "oldest": min(days, default=None),
    }
    for measure in Measure:
        above, below = measure.numerator_field, measure.denominator_field
        known = [row for row in rows if row[above] is not None and row[below] is not None]
        sums[f"{measure}_above"] = _sum(row[above] for row in known)
        sums[f"{measure}_below"] = _sum(row[below] for row in known)
        sums[f"{measure}_counted"] = len(known)
    return sums


def _sum(values: object) -> int | None:
    """Unknown values add nothing; a sum of nothing known is unknown."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None
