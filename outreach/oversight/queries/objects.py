"""What the objects of the record are called, and what leads to their pages."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, String, literal, union_all
from sqlalchemy.orm import Session

from outreach.oversight.queries.kinds import KINDS, Arm, Id

Key = tuple[str, str]
"""Kind of object, and its number or code as the record has it."""


@dataclass(frozen=True, slots=True)
class Named:
    """What an object is called, and whose or of which day it is.

    `page` is the number or code that its page goes by, which may be another object's: a contact
    stands on the page of the association. None for an object that no longer exists.
    """

    name: str | None
    of: str | None
    day: date | None
    page: str | None


def names_of(session: Session, keys: Collection[Key]) -> dict[Key, Named]:
    """The names of the objects that still exist; one statement, however many and whatever kinds."""
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for kind, object_id in keys:
        ids[kind].add(object_id)
    arms = [_arm(kind, wanted) for kind, wanted in sorted(ids.items()) if kind in KINDS]
    if not arms:
        return {}
    rows = session.execute(arms[0] if len(arms) == 1 else union_all(*arms))
    return {(row[0], row[1]): Named(*row[2:]) for row in rows}


def _arm(kind: str, ids: Collection[str]) -> Arm:
    """The select of one kind: kind, key, name, whose, day, what its page goes by."""
    return KINDS[kind].select(literal(kind).label("kind")).where(_one_of(KINDS[kind].key, ids))


def _one_of(key: Id, ids: Collection[str]) -> ColumnElement[bool]:
    """By the key itself and not by its text, which no index knows."""
    if isinstance(key.type, String):
        return key.in_(sorted(ids))
    return key.in_(sorted(int(one) for one in ids if one.isascii() and one.isdigit()))
