"""Records that a device sends: their shape, and whether two edits of one session meet."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from outreach.rules import LARGEST_KEY, RuleBroken
from outreach.training.rules import SessionState, checked_key

Fields: TypeAlias = Mapping[str, tuple[str, ...]]
"""What a form holds: each field's name with its values as typed; an empty field may be left out."""

FIELDS_MOST = 200
ASIDE = frozenset({"key", "version", "csrf_token", "details_are_meant", "is_uncounted"})
"""What says nothing about the session itself, and so makes no difference between two versions."""


class ChangeState(StrEnum):
    """What became of a change: stored, held until a person picks, or picked from."""

    STORED = "stored"
    HELD = "held"
    SETTLED = "settled"


class Overlap(StrEnum):
    """Whether two people changed the same field of a session, or different ones."""

    SAME_FIELD = "same_field"
    DIFFERENT_FIELDS = "different_fields"


@dataclass(frozen=True, slots=True)
class SentRecord:
    """One record of a device's queue.

    Without `session_id` it is a new session. `base_version` is the version that an edit was begun
    on and `base` what the form held then, as far as the device knows.
    """

    key: str
    fields: Fields
    session_id: int | None = None
    base_version: int | None = None
    base: Fields | None = None

    @property
    def content_hash(self) -> str:
        """The fingerprint of what is sent."""
        content = [self.session_id, self.base_version, sorted(_filled(self.fields).items())]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def sent_record(sent: object) -> SentRecord:
    """The record in a device's JSON; RuleBroken `not_a_record` for anything else."""
    if not isinstance(sent, dict):
        raise RuleBroken("record", "not_a_record")
    fields = _fields(sent.get("fields"))
    session_id, base_version = _number(sent.get("session")), _number(sent.get("base_version"))
    if fields is None or not isinstance(sent.get("key"), str):
        raise RuleBroken("record", "not_a_record")
    if (session_id is None) != (base_version is None):
        raise RuleBroken("record", "not_a_record")
    return SentRecord(
        key=checked_key(sent["key"]),
        fields=fields,
        session_id=session_id,
        base_version=base_version,
        base=_fields(sent.get("base")) if session_id is not None else None,
    )


def differing(mine: Fields, theirs: Fields) -> frozenset[str]:
    """The fields whose values differ between two versions."""
    ours, others = _filled(mine), _filled(theirs)
    return frozenset(
        name
        for name in (ours.keys() | others.keys()) - ASIDE
        if ours.get(name, ()) != others.get(name, ())
    )


def overlap(base: Fields | None, *, mine: Fields, theirs: Fields) -> Overlap:
    """Whether both versions change the same field of what they were begun on.

    Two who wrote the same value don't differ. Where the device does not know what it began on,
    every difference may be of one field.
    """
    apart = differing(mine, theirs)
    if base is None:
        return Overlap.SAME_FIELD if apart else Overlap.DIFFERENT_FIELDS
    both = apart & differing(mine, base) & differing(theirs, base)
    return Overlap.SAME_FIELD if both else Overlap.DIFFERENT_FIELDS


def written(fields: Fields) -> str:
    """Fields as text for the database."""
    return json.dumps(_filled(fields), ensure_ascii=False, sort_keys=True)


def read(text: str) -> Fields:
    """Fields from the database's text."""
    return {name: tuple(values) for name, values in json.loads(text).items()}


def _filled(fields: Fields) -> dict[str, tuple[str, ...]]:
    stripped = {name: tuple(value.strip() for value in values) for name, values in fields.items()}
    filled = {name: tuple(sorted(v for v in values if v)) for name, values in stripped.items()}
    return {name: values for name, values in filled.items() if values}


def _fields(sent: object) -> Fields | None:
    if not isinstance(sent, dict) or len(sent) > FIELDS_MOST:
        return None
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in sent.items():
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(text, str) for text in values):
            return None
        fields[name] = tuple(values)
    # What the form takes an empty state to mean, so that it differs from nothing that says so.
    return {"state": (SessionState.HELD.value,)} | fields


def _number(sent: object) -> int | None:
    if isinstance(sent, bool) or not isinstance(sent, int):
        return None
    return sent if 0 < sent <= LARGEST_KEY else None
