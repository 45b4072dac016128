"""A series: the sessions that were planned together and are still to come."""

from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach
from outreach.places.models import Village
from outreach.training.models import Organisation, Venue
from outreach.training.queries.reaching import in_reach
from outreach.training.rules import SessionState
from outreach.training.session_models import TrainingSession


@dataclass(frozen=True, slots=True)
class Coming:
    """A session of a series on the day or later that has not been held."""

    id: int
    version: int
    day: date
    starts_at: time | None
    ends_at: time | None
    state: SessionState
    title: str | None
    village: str | None
    venue: str | None


def coming_in_series(
    session: Session, series_key: str | None, *, today: date, reach: Reach
) -> list[Coming]:
    """What is to come of a series within the person's reach, in order of time.

    What was held stays as it was, whatever becomes of the series.
    """
    if series_key is None:
        return []
    held = TrainingSession
    rows = session.execute(
        select(
            held.id,
            held.version,
            held.day,
            held.starts_at,
            held.ends_at,
            held.state,
            held.title,
            Village.name.label("village"),
            Venue.name.label("venue"),
        )
        .join(Organisation, Organisation.id == held.organisation_id)
        .outerjoin(Village, Village.id == held.village_id)
        .outerjoin(Venue, Venue.id == held.venue_id)
        .where(
            held.series_key == series_key,
            held.day >= today,
            held.state != SessionState.HELD,
            in_reach(reach),
        )
        .order_by(held.day, held.starts_at, held.id)
    )
    return [Coming(**row._asdict()) for row in rows]
