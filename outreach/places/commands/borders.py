"""Store counties and municipalities: new ones, other names, other borders."""

from collections.abc import Sequence
from datetime import datetime

import shapely
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from outreach.database.audit import record
from outreach.database.spatial import Shape, stored
from outreach.files.areas import hectares
from outreach.places.models import County, Municipality
from outreach.places.outcomes import Stored
from outreach.places.queries import stored as known
from outreach.places.queries.stored import StoredArea
from outreach.places.rules import COUNTY_NAMES, CountyEntry, MunicipalityEntry, is_same_name


def store_counties(session: Session, entries: Sequence[CountyEntry], *, at: datetime) -> Stored:
    """Store counties under the names that their codes have; borders only where they differ."""
    present = known.counties(session)
    done = Stored()
    for entry in entries:
        have = present.get(entry.code)
        name = COUNTY_NAMES[entry.code]
        if have is None:
            session.execute(
                insert(County).values(code=entry.code, name=name, area=_shape(entry.area))
            )
            done.new.append(entry.code)
        elif _differs(have, name, entry.area):
            values = _values(have, name, entry.area)
            session.execute(update(County).where(County.code == entry.code).values(values))
            _record(session, "county", entry.code, have, name=name, area=entry.area, at=at)
            done.changed.append(entry.code)
        else:
            done.unchanged += 1
    return done


def store_municipalities(
    session: Session, entries: Sequence[MunicipalityEntry], *, at: datetime
) -> Stored:
    """Store municipalities, and first the counties they need, which their codes name."""
    present = known.municipalities(session)
    _ensure_counties(session, {entry.code[:2] for entry in entries})
    done = Stored()
    for entry in entries:
        have = present.get(entry.code)
        name = _name(entry, have)
        if have is None and name is None:
            done.refuse("municipality_unnamed", entry.row, code=entry.code)
        elif have is None or name is None:
            row = {"code": entry.code, "name": name, "county_code": entry.code[:2]}
            session.execute(insert(Municipality).values(**row, area=_shape(entry.area)))
            done.new.append(entry.code)
            if entry.name_is_doubtful:
                done.warn("name_may_be_genitive", entry.row, name=name or "")
        elif _differs(have, name, entry.area):
            values = _values(have, name, entry.area)
            statement = update(Municipality).where(Municipality.code == entry.code)
            session.execute(statement.values(values))
            _record(session, "municipality", entry.code, have, name=name, area=entry.area, at=at)
            done.changed.append(entry.code)
        else:
            done.unchanged += 1
    return done


def _ensure_counties(session: Session, codes: set[str]) -> None:
    for code in sorted(codes - known.counties(session).keys()):
        session.execute(insert(County).values(code=code, name=COUNTY_NAMES[code]))


def _name(entry: MunicipalityEntry, have: StoredArea | None) -> str | None:
    """The name to store: a doubtful one, or none, leaves a stored name alone."""
    if have is None:
        return entry.name
    if entry.name is None or (entry.name_is_doubtful and is_same_name(entry.name, have.name)):
        return have.name
    return entry.name


def _differs(have: StoredArea, name: str, area: bytes | None) -> bool:
    return name != have.name or (area is not None and area != have.area)


def _values(have: StoredArea, name: str, area: bytes | None) -> dict[str, str | Shape | None]:
    values: dict[str, str | Shape | None] = {"name": name}
    if area is not None and area != have.area:
        values["area"] = _shape(area)
    return values


def _shape(area: bytes | None) -> Shape | None:
    return None if area is None else stored(shapely.from_wkb(area))


def _record(
    session: Session,
    kind: str,
    code: str,
    have: StoredArea,
    *,
    name: str,
    area: bytes | None,
    at: datetime,
) -> None:
    before: dict[str, str | float | None] = {}
    after: dict[str, str | float | None] = {}
    if name != have.name:
        before["name"], after["name"] = have.name, name
    if area is not None and area != have.area:
        before["hectares"], after["hectares"] = _size(have.area), _size(area)
    record(
        session,
        f"{kind}.imported",
        of=(kind, code),
        user_id=None,
        at=at,
        before=before,
        after=after,
    )


def _size(area: bytes | None) -> float | None:
    return None if area is None else round(hectares(shapely.from_wkb(area)), 1)
