"""Store service points and strategic nodes: what is new or differs, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias, cast

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.orm import Session

from outreach.database import data_version
from outreach.database.audit import record
from outreach.database.spatial import of_wkb
from outreach.places.differences import Fact, place
from outreach.places.outcomes import Stored
from outreach.places.queries import stored as known
from outreach.places.service_models import ServicePoint, StrategicNode
from outreach.places.service_rules import NodeEntry, ServicePointEntry
from outreach.rules import RuleBroken

Values: TypeAlias = dict[str, object]
Wanted: TypeAlias = tuple[ServicePointEntry | NodeEntry, Values]
"""An entry, and what it is known by."""
_AT_A_TIME = 500
_FIELDS = {"closed_before_opened": "closed", "municipality_unknown": "municipality"}
"""Where a form says why an entry was refused."""
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


@dataclass(frozen=True, slots=True)
class ByHand:
    """Who stores one entry and when, and the id of the row it was begun on; None for a new one."""

    user_id: int | None
    at: datetime
    begun_on: int | None


def hold(session: Session, of: type[ServicePoint] | type[StrategicNode], key: int) -> None:
    """Let nobody else change a row until the transaction has ended."""
    session.execute(select(of.id).where(of.id == key).with_for_update())


def save_service_point(session: Session, entry: ServicePointEntry, by: ByHand) -> ServicePoint:
    """Store one service point from a form, by the rules of files.

    Raises RuleBroken: where it would overwrite another one, or where a file with it would be
    refused.
    """
    _save(session, _SERVICE_POINT, entry, by, key={"code": entry.code}, own={"kind": entry.kind})
    return session.scalars(select(ServicePoint).where(ServicePoint.code == entry.code)).one()


def save_node(session: Session, entry: NodeEntry, by: ByHand) -> StrategicNode:
    """Store what is known of a strategic node on one day, from a form. See `save_service_point`."""
    day = {"assessed_on": entry.assessed_on}
    _save(session, _NODE, entry, by, key={"node": entry.node, **day}, own={})
    return session.scalars(select(StrategicNode).filter_by(node=entry.node, **day)).one()


def _save(
    session: Session,
    table: Table,
    entry: ServicePointEntry | NodeEntry,
    by: ByHand,
    *,
    key: Values,
    own: Values,
) -> None:
    # By the first column alone: a new node is new on every day.
    first, value = next(iter(key.items()))
    if by.begun_on is None and known.points_by(session, table, (first,), [str(value)]):
        raise RuleBroken("name", "point_exists")
    stored = known.points_by(session, table, tuple(key), [str(value)]).get(tuple(key.values()))
    if stored is not None and stored["id"] != by.begun_on:
        raise RuleBroken("assessed_on", "assessed_already")
    done = _store(session, table, [(entry, {**key, **own})], key=tuple(key), at=by.at, by=by)
    for refused in done.refused:
        raise RuleBroken(_FIELDS.get(refused.code, "name"), refused.code)
    if done.new:
        told = _values(entry) | own | dict(list(key.items())[1:])
        _record(session, table.name, str(value), stored={}, changed=told, at=by.at, by=by)
    if done.new or done.changed:
        data_version.bump(session, at=by.at)
    session.flush()


def _store(
    session: Session,
    table: Table,
    wanted: Sequence[Wanted],
    *,
    key: tuple[str, ...],
    at: datetime,
    by: ByHand | None = None,
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
            told = changed | {name: values[name] for name in key[1:]}
            name = str(own[key[0]])
            _record(session, table.name, name, stored=stored, changed=told, at=at, by=by)
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
    by: ByHand | None,
) -> None:
    record(
        session,
        f"{kind}.imported" if by is None else "changed" if stored else "created",
        of=(kind, code[:60]),
        user_id=by.user_id if by else None,
        at=at,
        before={name: _fact(stored[name]) for name in changed} if stored else None,
        after={name: _fact(value) for name, value in changed.items()},
    )


def _fact(value: object) -> Fact:
    if isinstance(value, bytes):
        return place(value)
    if isinstance(value, bool) or value is None:
        return value
    return value.value if isinstance(value, StrEnum) else str(value)
