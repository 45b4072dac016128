"""Loads the demonstration region into a database that holds no region yet."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.associations.models import Association
from outreach.connections.commands.publish import rebuild
from outreach.connections.models import ReportingRound, VillageStatus
from outreach.database.audit import record
from outreach.demo.accounts import ACCOUNTS, store_accounts
from outreach.demo.entries import DemoRegion
from outreach.demo.facts import Facts
from outreach.demo.generator import SEED, generate
from outreach.demo.reading import read_facts
from outreach.demo.store_official import store_official
from outreach.demo.store_places import store_places, store_services
from outreach.demo.store_register import store_associations
from outreach.demo.store_reports import store_reports
from outreach.demo.store_surveys import store_surveys
from outreach.demo.store_training import store_training
from outreach.places.models import Village

CARRY_FORWARD_MONTHS = 24
STAFF = "staff@demo.example"
LOGGER = "logger@demo.example"


class NotEmpty(Exception):
    """The database holds places, associations or rounds that are not the demonstration's."""


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """How many rows the demonstration put in; `is_new` is False where it was there before."""

    is_new: bool
    villages: int
    associations: int
    rounds: int
    reports: int
    counts: int
    published: int


ALREADY_THERE = DemoSummary(
    is_new=False, villages=0, associations=0, rounds=0, reports=0, counts=0, published=0
)


def load(
    session: Session, *, today: date, carry_forward_months: int = CARRY_FORWARD_MONTHS
) -> DemoSummary:
    """Store the region as generated for `today` and publish it, in the caller's transaction.

    Does nothing where the demonstration is there already. Raises NotEmpty where something else
    is. Needs the application's context, for the accounts' password.
    """
    if _is_loaded(session):
        return ALREADY_THERE
    _require_empty(session)
    at = datetime.combine(today, time(), UTC)
    facts = read_facts()
    region = generate(facts, today=today)
    summary = _store(session, facts, region, at=at)
    rebuild(session, carry_forward_months=carry_forward_months, at=at)
    published = session.scalar(select(func.count()).select_from(VillageStatus)) or 0
    record(
        session,
        "demonstration.loaded",
        of=("county", facts.county_code),
        user_id=None,
        at=at,
        after={"villages": summary.villages, "associations": summary.associations},
    )
    return replace(summary, published=published)


def _require_empty(session: Session) -> None:
    for model in (Association, Village, ReportingRound):
        if session.scalar(select(model.id).limit(1)):
            raise NotEmpty


def _store(session: Session, facts: Facts, region: DemoRegion, *, at: datetime) -> DemoSummary:
    """Everything of the region, each room's after those it points to."""
    county_code = facts.county_code
    village_ids = store_places(session, facts, region=region)
    association_ids = store_associations(session, facts, village_ids=village_ids, at=at)
    users = store_accounts(session, county_code=county_code, association_ids=association_ids, at=at)
    counts = store_reports(
        session,
        region,
        village_ids=village_ids,
        association_ids=association_ids,
        reporter_ids={key: users[a.email] for a in ACCOUNTS for key in a.associations},
        staff_id=users[STAFF],
    )
    store_training(
        session, county_code=county_code, village_ids=village_ids, user_id=users[LOGGER], at=at
    )
    store_surveys(session, county_code=county_code, today=at.date(), seed=SEED)
    store_official(session, at=at)
    store_services(session, at=at)
    return DemoSummary(
        is_new=True,
        villages=len(village_ids),
        associations=len(association_ids),
        rounds=len(region.rounds),
        reports=len(region.reports),
        counts=counts,
        published=0,
    )


def _is_loaded(session: Session) -> bool:
    demonstration = select(Association.id).where(Association.is_demonstration).limit(1)
    return session.scalar(demonstration) is not None
