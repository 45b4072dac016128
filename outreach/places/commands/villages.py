"""Store villages with their dated classes and figures: what is new or differs, and nothing else."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeAlias, cast

from sqlalchemy import Table, bindparam, insert, update
from sqlalchemy.orm import Session

from outreach.database.audit import record
from outreach.database.spatial import of_wkb
from outreach.places.differences import Difference, difference, facts
from outreach.places.models import Village, VillageClass, VillageDwellings, VillagePopulation
from outreach.places.outcomes import Stored
from outreach.places.queries import stored as known
from outreach.places.rules import VillageEntry, delimitation_start

Values: TypeAlias = dict[str, object]
_AT_A_TIME = 500
_VILLAGE = cast("Table", Village.__table__)


def store_villages(session: Session, entries: Sequence[VillageEntry], *, at: datetime) -> Stored:
    """Store every entry whose municipality is known; refuse the others.

    Dated rows of other dates are never touched, and no village is ever removed.
    """
    municipalities = known.municipality_codes(session)
    present = known.villages(session, [entry.code for entry in entries])
    done = Stored()
    new: list[Difference] = []
    changed: list[Difference] = []
    for entry in entries:
        found = difference(entry, present.get(entry.code))
        reason = _why_not(found, municipalities)
        if reason is not None:
            done.refuse(reason, entry.row, code=entry.code, municipality=entry.municipality_code)
        elif found.is_empty:
            done.unchanged += 1
        elif found.stored is None:
            new.append(found)
        else:
            changed.append(found)
    ids = {code: village.id for code, village in present.items()}
    ids |= _insert_villages(session, new)
    for found in changed:
        _update_village(session, found)
        _record(session, found, at=at)
    _store_dated(session, [*new, *changed], ids)
    done.new = [found.entry.code for found in new]
    done.changed = [found.entry.code for found in changed]
    done.village_ids = sorted(ids[code] for code in (*done.new, *done.changed))
    for found in new:
        if found.point is None:
            done.warn("position_missing", found.entry.row, code=found.entry.code)
    return done


def _why_not(found: Difference, municipalities: frozenset[str]) -> str | None:
    """The reason why an entry can't be stored, if any."""
    if found.entry.municipality_code not in municipalities:
        return "municipality_unknown"
    if found.stored is not None:
        return None
    if found.entry.name is None:
        return "village_unknown"
    return "class_missing" if found.settlement_class is None else None


def _insert_villages(session: Session, new: Sequence[Difference]) -> Mapping[str, int]:
    rows: list[Values] = [
        {
            "code": found.entry.code,
            "name": found.name,
            "municipality_code": found.entry.municipality_code,
            "source": found.entry.source,
            "point_wkb": found.point,
            "area_wkb": found.area,
        }
        for found in new
    ]
    # Plain inserts: the mapper can't take an expression with a value for each of many rows.
    statement = insert(_VILLAGE).values(
        {name: bindparam(name) for name in ("code", "name", "municipality_code", "source")}
        | {"point": of_wkb("point_wkb"), "area": of_wkb("area_wkb")}
    )
    for start in range(0, len(rows), _AT_A_TIME):
        session.execute(statement, rows[start : start + _AT_A_TIME])
    return known.village_ids(session, [found.entry.code for found in new])


def _update_village(session: Session, found: Difference) -> None:
    columns: Values = {}
    given: Values = {}
    if found.name is not None:
        columns["name"] = found.name
    if found.point is not None:
        columns["point"], given["point_wkb"] = of_wkb("point_wkb"), found.point
    if found.area is not None:
        columns["area"], given["area_wkb"] = of_wkb("area_wkb"), found.area
    if columns and found.stored is not None:
        columns["source"] = found.entry.source
        statement = update(_VILLAGE).where(_VILLAGE.c.id == found.stored.id)
        session.execute(statement.values(columns), given)


def _store_dated(
    session: Session, differences: Sequence[Difference], ids: Mapping[str, int]
) -> None:
    """Dated rows that are new, all at once; those of a date that is known already, one by one."""
    classes: list[Values] = []
    populations: list[Values] = []
    dwellings: list[Values] = []
    for found in differences:
        key = ids[found.entry.code]
        classes += _class_row(session, found, key)
        populations += _population_row(session, found, key)
        dwellings += _dwelling_rows(session, found, key)
    for table, rows in (
        (VillageClass, classes),
        (VillagePopulation, populations),
        (VillageDwellings, dwellings),
    ):
        if rows:
            session.execute(insert(table), rows)


def _class_row(session: Session, found: Difference, key: int) -> list[Values]:
    year = found.entry.delimitation_year
    if found.settlement_class is None or year is None:
        return []
    values: Values = {"settlement_class": found.settlement_class, "source": found.entry.source}
    if found.stored is not None and year in found.stored.classes:
        session.execute(
            update(VillageClass)
            .where(VillageClass.village_id == key, VillageClass.delimitation_year == year)
            .values(values)
        )
        return []
    dated = {"village_id": key, "delimitation_year": year, "valid_from": delimitation_start(year)}
    return [values | dated]


def _population_row(session: Session, found: Difference, key: int) -> list[Values]:
    day, population = found.entry.reference_date, found.population
    if population is None or day is None:
        return []
    values: Values = {
        "inhabitants": population.inhabitants,
        "area_hectares": population.area_hectares,
        "source": found.entry.source,
    }
    if found.stored is not None and day in found.stored.populations:
        session.execute(
            update(VillagePopulation)
            .where(VillagePopulation.village_id == key, VillagePopulation.reference_date == day)
            .values(values)
        )
        return []
    return [values | {"village_id": key, "reference_date": day}]


def _dwelling_rows(session: Session, found: Difference, key: int) -> list[Values]:
    day = found.entry.reference_date
    rows: list[Values] = []
    for kind, count in found.dwellings:
        values: Values = {"dwellings": count, "source": found.entry.source}
        if day is not None and found.stored and (day, kind) in found.stored.dwellings:
            session.execute(
                update(VillageDwellings)
                .where(
                    VillageDwellings.village_id == key,
                    VillageDwellings.reference_date == day,
                    VillageDwellings.dwelling_type == kind,
                )
                .values(values)
            )
        else:
            rows.append(values | {"village_id": key, "reference_date": day, "dwelling_type": kind})
    return rows


def _record(session: Session, found: Difference, *, at: datetime) -> None:
    before, after = facts(found)
    record(
        session,
        "village.imported",
        of=("village", found.entry.code),
        user_id=None,
        at=at,
        before=before,
        after=after,
    )
