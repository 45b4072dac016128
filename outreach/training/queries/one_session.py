"""One session with everything counted in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.measures.digcomp import DigCompArea
from outreach.places.models import Municipality, Village
from outreach.places.queries.names import MUNICIPALITY_NAME
from outreach.training.models import Organisation, Programme, Venue
from outreach.training.queries.reaching import in_reach
from outreach.training.rules import SEXES, AgeGroup, SessionForm, SessionState, Sex, Who
from outreach.training.session_models import (
    SessionCheck,
    SessionCount,
    SessionTopic,
    TrainingSession,
)


@dataclass(frozen=True, slots=True)
class SessionPlace:
    """Where a session is held, as far as that is stated."""

    village_code: str | None
    village: str | None
    municipality_code: str | None
    municipality: str | None
    venue_id: int | None
    venue: str | None
    address: str | None


@dataclass(frozen=True, slots=True)
class AgeLine:
    """What was counted of one age group; None is "not counted so"."""

    age: AgeGroup
    learners: int | None
    by_sex: tuple[int | None, ...]
    helpers: int | None


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """A session. None of a count is "not counted"; `volunteer_minutes` are all volunteers' own."""

    id: int
    uid: str
    version: int
    organisation_id: int
    organisation: str
    county_code: str
    programme_id: int | None
    programme: str | None
    place: SessionPlace
    state: SessionState
    day: date
    starts_at: time | None
    ends_at: time | None
    form: SessionForm | None
    title: str | None
    invitation: str | None
    head_count: int | None
    learners: int | None
    first_timers: int | None
    leaders: int | None
    volunteers: int | None
    volunteer_minutes: int | None
    waiting_list: int | None
    before_answered: int | None
    after_answered: int | None
    notes: str | None
    series_key: str | None
    topics: tuple[DigCompArea, ...]
    counted: Mapping[tuple[Who, AgeGroup, Sex], int]
    checks: Mapping[DigCompArea, tuple[int | None, int | None]]

    @property
    def has_ages(self) -> bool:
        """Whether anything was counted by age or sex."""
        return bool(self.counted)

    @property
    def by_age(self) -> list[AgeLine]:
        """Learners by age and sex beside their helpers by age; the last line is of all ages."""
        return [
            AgeLine(
                age,
                self.counted.get((Who.LEARNERS, age, Sex.ALL)),
                tuple(self.counted.get((Who.LEARNERS, age, sex)) for sex in SEXES),
                self.counted.get((Who.HELPERS, age, Sex.ALL)),
            )
            for age in AgeGroup
        ]


def session_facts(
    session: Session, session_id: int, *, reach: Reach | None = None
) -> SessionFacts | None:
    """A session, or None; with a reach only one that the person may change."""
    query = _sessions().where(TrainingSession.id == session_id)
    if reach is not None:
        query = query.where(in_reach(reach))
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    found: TrainingSession = row.TrainingSession
    return SessionFacts(
        id=found.id,
        uid=found.uid,
        version=found.version,
        organisation_id=found.organisation_id,
        organisation=row.organisation,
        county_code=row.county_code,
        programme_id=found.programme_id,
        programme=row.programme,
        place=SessionPlace(
            village_code=row.village_code,
            village=row.village,
            municipality_code=row.municipality_code,
            municipality=row.municipality,
            venue_id=found.venue_id,
            venue=row.venue,
            address=row.address,
        ),
        state=found.state,
        day=found.day,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        form=found.form,
        title=found.title,
        invitation=found.invitation,
        head_count=found.head_count,
        learners=found.learners,
        first_timers=found.first_timers,
        leaders=found.leaders,
        volunteers=found.volunteers,
        volunteer_minutes=found.volunteer_minutes,
        waiting_list=found.waiting_list,
        before_answered=found.before_answered,
        after_answered=found.after_answered,
        notes=found.notes,
        series_key=found.series_key,
        topics=_topics(session, found.id),
        counted=_counted(session, found.id),
        checks=_checks(session, found.id),
    )


def _sessions() -> Select[*tuple[object, ...]]:
    return (
        select(
            TrainingSession,
            Organisation.name.label("organisation"),
            Organisation.county_code,
            Programme.name.label("programme"),
            Village.code.label("village_code"),
            Village.name.label("village"),
            Municipality.code.label("municipality_code"),
            MUNICIPALITY_NAME.label("municipality"),
            Venue.name.label("venue"),
            Venue.address,
        )
        .join(Organisation, Organisation.id == TrainingSession.organisation_id)
        .outerjoin(Programme, Programme.id == TrainingSession.programme_id)
        .outerjoin(Village, Village.id == TrainingSession.village_id)
        .outerjoin(Municipality, Municipality.code == Village.municipality_code)
        .outerjoin(Venue, Venue.id == TrainingSession.venue_id)
        .execution_options(populate_existing=True)
    )


def _topics(session: Session, session_id: int) -> tuple[DigCompArea, ...]:
    held = set(
        session.scalars(select(SessionTopic.area).where(SessionTopic.session_id == session_id))
    )
    return tuple(area for area in DigCompArea if area in held)


def _counted(session: Session, session_id: int) -> dict[tuple[Who, AgeGroup, Sex], int]:
    rows = session.execute(
        select(
            SessionCount.who, SessionCount.age_group, SessionCount.sex, SessionCount.people
        ).where(SessionCount.session_id == session_id)
    )
    return {(row.who, row.age_group, row.sex): row.people for row in rows}


def _checks(session: Session, session_id: int) -> dict[DigCompArea, tuple[int | None, int | None]]:
    rows = session.execute(
        select(SessionCheck.area, SessionCheck.before_managed, SessionCheck.after_managed).where(
            SessionCheck.session_id == session_id
        )
    )
    by_area = {row.area: (row.before_managed, row.after_managed) for row in rows}
    return {area: by_area[area] for area in DigCompArea if area in by_area}
