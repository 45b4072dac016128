"""What objects that no longer exist were last called, as the record itself has it."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from outreach.database.audit import APART, AuditEvent, AuditPersonal
from outreach.oversight.queries.objects import Key, Named, names_of

NAMES = ("name", "title", "label", "file_name")
DAYS = ("reference_date", "date")
VILLAGE, ASSOCIATION = "village_id", "association_id"


def last_names(session: Session, keys: Collection[Key]) -> dict[Key, Named]:
    """Of what was deleted, the newest name or day that an event of it states.

    The name of a person who was erased is gone here as well.
    """
    said = _said(session, keys)
    wanted = {("village_by_id", one[VILLAGE]) for one in said.values() if VILLAGE in one}
    wanted |= {("association", one[ASSOCIATION]) for one in said.values() if ASSOCIATION in one}
    others = names_of(session, wanted)
    found = {}
    for key, one in said.items():
        village = others.get(("village_by_id", one.get(VILLAGE, "")))
        of = others.get(("association", one.get(ASSOCIATION, "")))
        name = _first(one, NAMES) or (village.name if village else None)
        day = _first(one, DAYS)
        if name or day:
            on = date.fromisoformat(day) if day else None
            found[key] = Named(name, of.name if of else None, on, None)
    return found


def _said(session: Session, keys: Collection[Key]) -> dict[Key, dict[str, str]]:
    """The facts of each object's events together, the newest first to be believed."""
    by_kind: defaultdict[str, set[str]] = defaultdict(set)
    for kind, object_id in keys:
        by_kind[kind].add(object_id)
    if not by_kind:
        return {}
    rows = session.execute(
        select(
            AuditEvent.id,
            AuditEvent.object_type,
            AuditEvent.object_id,
            AuditEvent.before,
            AuditEvent.after,
        )
        .where(
            or_(
                *(
                    and_(AuditEvent.object_type == kind, AuditEvent.object_id.in_(sorted(ids)))
                    for kind, ids in sorted(by_kind.items())
                )
            )
        )
        .order_by(AuditEvent.id.desc())
    ).all()
    if not rows:
        return {}
    apart = _names_apart(session, [row.id for row in rows])
    found: dict[Key, dict[str, str]] = {}
    for row in rows:
        kept = found.setdefault((row.object_type, row.object_id), {})
        for facts in (row.after, row.before):
            for field, value in _texts(json.loads(facts or "{}")):
                shown = apart.get(row.id) if value == APART else value
                if shown:
                    kept.setdefault(field, shown)
    return found


def _texts(facts: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for field in (*NAMES, *DAYS, VILLAGE, ASSOCIATION):
        if facts.get(field) is not None:
            yield field, str(facts[field])


def _names_apart(session: Session, event_ids: Collection[int]) -> dict[int, str]:
    rows = session.execute(
        select(AuditPersonal.event_id, AuditPersonal.value)
        .where(
            AuditPersonal.event_id.in_(event_ids),
            AuditPersonal.field == "name",
            AuditPersonal.value.is_not(None),
        )
        .order_by(AuditPersonal.side)
    )
    return {event_id: value for event_id, value in rows if value}


def _first(facts: Mapping[str, str], fields: Collection[str]) -> str | None:
    return next((facts[field] for field in fields if field in facts), None)
