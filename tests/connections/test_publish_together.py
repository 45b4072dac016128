"""Approvals at the same moment of several associations in one village."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import select

from outreach import create_app
from outreach.accounts.rules import Reach, RoleName
from outreach.connections.commands.review import Reviewer, approve
from outreach.connections.models import VillageStatus
from outreach.connections.rules import ReportState
from outreach.database import transaction
from outreach.extensions import db
from tests import factories
from tests.connections.making import Counts, report, version
from tests.factories import NOW
from tests.settings import settings_for

ASSOCIATIONS = 8


def test_every_approval_is_in_the_sum(own_database: str, tmp_path: Path) -> None:
    app = create_app(settings_for(own_database, folder=tmp_path))
    with app.app_context(), transaction(db.session):
        session = db.session()
        village = factories.village(session, dwellings=1000)
        round_ = factories.reporting_round(session)
        waiting = [
            version(
                session,
                report(session, factories.association(session, serving=[village]), round_),
                counts=[(village, Counts(1000, 80, 10 + number, 5))],
                state=ReportState.SUBMITTED,
            ).id
            for number in range(ASSOCIATIONS)
        ]

    def decide(version_id: int) -> None:
        with app.app_context(), transaction(db.session):
            by = Reviewer(Reach(roles=frozenset({RoleName.ADMINISTRATOR})), NOW)
            approve(db.session(), version_id, by=by, carry_forward_months=24)

    with ThreadPoolExecutor(ASSOCIATIONS) as pool:
        list(pool.map(decide, waiting))
    with app.app_context():
        row = db.session.execute(
            select(VillageStatus.connected, VillageStatus.associations, VillageStatus.state)
        ).one()
        db.session.remove()
        db.engine.dispose()
    # 10 + 11 + … + 17 = 108
    assert tuple(row) == (108, 8, "reported")
