"""Store service points and strategic nodes: what is new or differs, and nothing else."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias, cast

from sqlalchemy import Table, bindparam, insert, update
from sqlalchemy.orm import Session

from outreach.database.audit import record
from outreach.database.spatial import of_wkb
from outreach.places.differences import Fact, place
from outreach.places.outcomes import Stored
from outreach.places.queries import stored as known
from outreach.places.service_models import ServicePoint, StrategicNode
from outreach.places.service_rules import NodeEntry, ServicePointEntry

Values: TypeAlias = dict[str, object]
Wanted: TypeAlias = tuple[ServicePointEntry | NodeEntry, Values]
"""An entry, and what it is known by."""
_AT_A_TIME = 500
_SERVICE_POINT = cast("Table", ServicePoint.__table__)
_NODE = cast("Table", StrategicNode.__table__)


def store_service_points(
    session: Session, entries: Sequence[ServicePointEntry], *, at: datetime
) -> Stored:
    """Store every entry whose municipality is known; none is ever removed, only closed."""
    wanted: list[Wanted] = [(entry, {"code": entry.code, "kind": entry.kind}) for entry in entries]
    return _store(session, _SERVICE_POINT, wanted, key=("code",), at=at)


def store_nodes(session: Session, entries: Sequence[NodeEntry], *, at: datetime) -> Stored:
    """Store every entry whose municipality is known; what other days found stays as it is."""
    wanted: list[Wanted] = [
        (entry, {"node": entry.node, "assessed_on": entry.assessed_on}) for entry in entries
    ]
    return _store(session, _NODE, wanted, key=("node", "assessed_on"), at=at)


def _store(
    session: Session,
    table: Table,
    wanted: Sequence[Wanted],
    *,
    key: tuple[str, ...],
    at: datetime,
) -> Stored:
    municipalities = known.municipality_codes(session)
    present = known.points_by(session, table, key, [str(own[key[0]]) for _, own in wanted])
    done, new = Stored(), []
    for entry, own in wanted:
        values = own | _values(entry)
        stored = present.get(tuple(values[name] for name in key))
        changed = values if stored is None else _changed(values, stored)
        if entry.municipality_code not in municipalities:
            facts = {"code": entry.code, "municipality": entry.municipality_code}
            done.refuse("municipality_unknown", entry.row, **facts)
        elif not changed:
            done.unchanged += 1
        elif stored is None and entry.shape is None:
            done.refuse("position_needed", entry.row, code=entry.code)
        elif stored is None:
            new.append(values | {"source": entry.source})
            done.new.append(entry.code)
        elif _ends_before_it_begins({**stored, **changed}):
            done.refuse("closed_before_opened", entry.row)
        else:
            _update(session, table, stored, changed | {"source": entry.source})
            _record(session, table.name, entry.code, stored=stored, changed=changed, at=at)
            done.changed.append(entry.code)
    for start in range(0, len(new), _AT_A_TIME):
        _insert(session, table, new[start : start + _AT_A_TIME])
    return done


def _values(entry: ServicePointEntry | NodeEntry) -> Values:
    """What the entry tells; a place that it doesn't tell is no value."""
    at = {} if entry.shape is None else {"point": entry.shape}
    return {
        "name": entry.name,
        "municipality_code": entry.municipality_code,
        **at,
        **entry.told,
    }


def _changed(values: Values, stored: Mapping[str, object]) -> Values:
    return {name: value for name, value in values.items() if value != stored[name]}


def _ends_before_it_begins(row: Mapping[str, object]) -> bool:
    opened, closed = row.get("opened"), row.get("closed")
    return isinstance(opened, date) and isinstance(closed, date) and closed < opened


def _insert(session: Session, table: Table, rows: Sequence[Values]) -> None:
    # All rows of a file tell the same columns, and a new one has its place.
    bound: Values = {name: bindparam(f"new_{name}") for name in rows[0] if name != "point"}
    statement = insert(table).values(bound | {"point": of_wkb("new_point")})
    session.execute(
        statement, [{f"new_{name}": value for name, value in row.items()} for row in rows]
    )


def _update(
    session: Session, table: Table, stored: Mapping[str, object], changed: Mapping[str, object]
) -> None:
    columns = dict(changed)
    given: Values = {}
    if "point" in columns:
        given["new_point"] = columns.pop("point")
        columns["point"] = of_wkb("new_point")
    session.execute(update(table).where(table.c.id == stored["id"]).values(columns), given)


def _record(
    session: Session,
    kind: str,
    code: str,
    *,
    stored: Mapping[str, object],
    changed: Mapping[str, object],
    at: datetime,
) -> None:
    record(
        session,
        f"{kind}.imported",
        of=(kind, code[:60]),
        user_id=None,
        at=at,
        before={name: _fact(stored[name]) for name in changed},
        after={name: _fact(value) for name, value in changed.items()},
    )


def _fact(value: object) -> Fact:
    if isinstance(value, bytes):
        return place(value)
    if isinstance(value, bool) or value is None:
        return value
    return value.value if isinstance(value, StrEnum) else str(value)
