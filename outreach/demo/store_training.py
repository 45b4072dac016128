"""Stores the demonstration's organisations, venues, programmes and sessions, marked as such."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from outreach.demo.training_facts import TrainingFacts, read_training
from outreach.demo.training_years import DemoSession, sessions_of
from outreach.measures.digcomp import DigCompArea
from outreach.training.models import (
    Organisation,
    OrganisationContact,
    Programme,
    ProgrammeArea,
    Venue,
    organisation_municipality,
)
from outreach.training.register_rules import PilotOutcome, ProgrammeKind
from outreach.training.rules import OrganisationKind, SessionForm, Who, total_of
from outreach.training.session_models import (
    SessionCheck,
    SessionCount,
    SessionTopic,
    TrainingSession,
)

MONTH = timedelta(days=30)


def store_training(
    session: Session,
    *,
    county_code: str,
    village_ids: Mapping[str, int],
    user_id: int,
    at: datetime,
) -> int:
    """Insert everything about training; how many sessions. `user_id` is who planned them."""
    facts, today = read_training(), at.date()
    organisations = _organisations(session, facts, county_code=county_code, at=at)
    venues = _venues(session, facts, village_ids=village_ids, at=at)
    programmes = _programmes(session, facts, organisations, county_code=county_code, at=at)
    periods = {
        text["key"]: (
            today - text["starts_months_ago"] * MONTH,
            None if text["ends_months_ago"] is None else today - text["ends_months_ago"] * MONTH,
        )
        for text in facts["programmes"]
    }
    found = list(sessions_of(facts, periods, today=today))
    village_of = {text["key"]: village_ids[text["village"]] for text in facts["venues"]}
    session.execute(
        insert(TrainingSession),
        [
            {
                "organisation_id": organisations[one.course["organisation"]],
                "programme_id": programmes.get(one.course["programme"] or ""),
                "venue_id": venues[one.course["venue"]] if one.has_place else None,
                "village_id": village_of[one.course["venue"]] if one.has_place else None,
                "created_by_id": user_id,
                "created_at": at,
                "updated_at": at,
                **_row(one),
            }
            for one in found
        ],
    )
    _parts(session, found)
    return len(found)


def _organisations(
    session: Session, facts: TrainingFacts, *, county_code: str, at: datetime
) -> dict[str, int]:
    texts = facts["organisations"]
    known = set(session.scalars(select(Organisation.name)))
    session.execute(
        insert(Organisation),
        [
            {
                "name": text["name"],
                "kind": OrganisationKind(text["kind"]),
                "county_code": county_code,
                "is_demonstration": True,
                "created_at": at,
            }
            for text in texts
            if text["name"] not in known
        ],
    )
    by_name = {
        row.name: row.id for row in session.execute(select(Organisation.name, Organisation.id))
    }
    ids = {text["key"]: by_name[text["name"]] for text in texts}
    session.execute(
        insert(organisation_municipality),
        [
            {"organisation_id": ids[text["key"]], "municipality_code": code}
            for text in texts
            for code in text["municipalities"]
        ],
    )
    session.execute(
        insert(OrganisationContact),
        [
            {
                "organisation_id": ids[text["key"]],
                "name": text["contact"][0],
                "duty": text["contact"][1],
                "email": text["contact"][2],
            }
            for text in texts
        ],
    )
    return ids


def _venues(
    session: Session, facts: TrainingFacts, *, village_ids: Mapping[str, int], at: datetime
) -> dict[str, int]:
    ids = {}
    for text in facts["venues"]:
        venue = Venue(
            village_id=village_ids[text["village"]],
            name=text["name"],
            address=text["address"],
            is_accessible=text["is_accessible"],
            has_network=text["has_network"],
            loan_computers=text["loan_computers"],
            is_demonstration=True,
            created_at=at,
        )
        session.add(venue)
        ids[text["key"]] = venue
    session.flush()
    return {key: venue.id for key, venue in ids.items()}


def _programmes(
    session: Session,
    facts: TrainingFacts,
    organisations: Mapping[str, int],
    *,
    county_code: str,
    at: datetime,
) -> dict[str, int]:
    made = {}
    for text in facts["programmes"]:
        ends, decided = text["ends_months_ago"], text.get("decided_months_ago")
        programme = Programme(
            name=text["name"],
            kind=ProgrammeKind(text["kind"]),
            county_code=county_code,
            organisation_id=organisations[text["organisation"]],
            aim=text["aim"],
            starts_on=_ago(at, text["starts_months_ago"]),
            ends_on=None if ends is None else _ago(at, ends),
            partners=text["partners"],
            target_groups=text["target_groups"],
            question=text.get("question"),
            plan=text.get("plan"),
            planned_sessions=text.get("planned_sessions"),
            result_before=text.get("result_before"),
            result_after=text.get("result_after"),
            measured_before=text.get("measured_before"),
            measured_after=text.get("measured_after"),
            outcome=PilotOutcome(text["outcome"]) if "outcome" in text else None,
            reasons=text.get("reasons"),
            decided_on=None if decided is None else _ago(at, decided),
            is_demonstration=True,
            created_at=at,
            updated_at=at,
            areas=[ProgrammeArea(area=DigCompArea(area)) for area in text["areas"]],
        )
        session.add(programme)
        made[text["key"]] = programme
    session.flush()
    return {key: programme.id for key, programme in made.items()}


def _ago(at: datetime, months: int) -> date:
    return at.date() - months * MONTH


def _row(one: DemoSession) -> dict[str, object]:
    digest = sha256(one.name.encode()).hexdigest()
    is_held = one.state.value == "held"
    return {
        "uid": _uid(one),
        "client_key": _uid(one),
        "content_hash": digest,
        "stored_hash": digest,
        "state": one.state,
        "day": one.day,
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
        "form": SessionForm(one.course["form"]),
        "title": one.course["title"],
        "head_count": one.head_count,
        "learners": total_of(one.head_count, one.counted, Who.LEARNERS),
        "first_timers": one.first_timers,
        "leaders": one.course["leaders"] if is_held else None,
        "volunteers": one.course["volunteers"] if is_held else None,
        "volunteer_minutes": one.volunteer_minutes,
        "waiting_list": one.waiting_list,
        "before_answered": one.answered,
        "after_answered": one.answered,
        "version": 1,
    }


def _uid(one: DemoSession) -> str:
    return str(uuid5(NAMESPACE_URL, f"https://demo.example/{one.name}"))


def _parts(session: Session, found: list[DemoSession]) -> None:
    ids = {
        row.uid: row.id for row in session.execute(select(TrainingSession.uid, TrainingSession.id))
    }
    keyed = [(ids[_uid(one)], one) for one in found]
    session.execute(
        insert(SessionTopic),
        [
            {"session_id": key, "area": DigCompArea(area)}
            for key, one in keyed
            for area in one.course["topics"]
        ],
    )
    session.execute(
        insert(SessionCount),
        [
            {
                "session_id": key,
                "who": row.who,
                "age_group": row.age,
                "sex": row.sex,
                "people": row.people,
            }
            for key, one in keyed
            for row in one.counted
        ],
    )
    session.execute(
        insert(SessionCheck),
        [
            {
                "session_id": key,
                "area": check.area,
                "before_managed": check.before,
                "after_managed": check.after,
            }
            for key, one in keyed
            for check in one.checks
        ],
    )
