"""Add and change programmes, and record what came of a pilot."""

from sqlalchemy.orm import Session

from outreach.associations.commands.recording import (
    Author,
    Fact,
    Subject,
    refuse_broken,
    store_change,
    store_creation,
)
from outreach.database.versions import check_version
from outreach.rules import RuleBroken
from outreach.training.models import Programme, ProgrammeArea
from outreach.training.queries.organisations import counties, organisation
from outreach.training.queries.programmes import reachable_programme
from outreach.training.register_rules import ProgrammeEntry

TEXTS = ("aim", "partners", "target_groups")
PILOT = (
    "question",
    "plan",
    "planned_sessions",
    "measured_before",
    "measured_after",
    "result_before",
    "result_after",
    "outcome",
    "reasons",
    "decided_on",
)
DAYS = ("starts_on", "ends_on")


def save_programme(
    session: Session,
    entry: ProgrammeEntry,
    *,
    programme_id: int | None,
    version: int | None,
    by: Author,
) -> Programme | None:
    """Add a programme in a county of the author's, or change the one named.

    None outside the author's counties. Raises StaleEdit or RuleBroken.
    """
    held = None
    if programme_id is not None:
        held = reachable_programme(session, programme_id, reach=by.reach)
        if held is None:
            return None
        check_version(version, stored=held.version)
    refuse_broken(entry.broken_rules())
    if entry.county_code not in dict(counties(session, by.reach)):
        raise RuleBroken("county", "choose")
    leads = entry.organisation_id
    if leads and organisation(session, by.reach, organisation_id=leads) is None:
        raise RuleBroken("organisation", "choose")
    if held is None:
        return _add(session, entry, by=by)
    before = _facts(held)
    _apply(held, entry)
    if before != _facts(held):
        held.updated_at = by.at
    store_change(session, _subject(held), before=before, after=_facts(held), by=by)
    session.flush()
    return held


def _add(session: Session, entry: ProgrammeEntry, *, by: Author) -> Programme:
    made = Programme(created_at=by.at, updated_at=by.at)
    _apply(made, entry)
    session.add(made)
    session.flush()
    store_creation(session, _subject(made), facts=_facts(made), by=by)
    session.flush()
    return made


def _subject(held: Programme) -> Subject:
    return Subject("programme", held.id)


def _apply(held: Programme, entry: ProgrammeEntry) -> None:
    held.name, held.kind, held.county_code = entry.name, entry.kind, entry.county_code
    held.organisation_id = entry.organisation_id
    for name in (*TEXTS, *DAYS):
        setattr(held, name, getattr(entry, name))
    for name in PILOT:
        setattr(held, name, getattr(entry.pilot, name))
    kept = {row.area: row for row in held.areas}
    held.areas = [kept.get(area) or ProgrammeArea(area=area) for area in entry.areas]


def _facts(held: Programme) -> dict[str, Fact]:
    facts: dict[str, Fact] = {
        name: getattr(held, name)
        for name in ("name", "kind", "county_code", "organisation_id", *TEXTS, *DAYS, *PILOT)
    }
    facts["areas"] = " ".join(sorted(row.area.value for row in held.areas)) or None
    return facts
