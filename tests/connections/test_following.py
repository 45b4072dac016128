"""What is published follows the places and the service that it rests on."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach import create_app
from outreach.associations import listeners as served
from outreach.connections.models import VillageStatus
from outreach.database import transaction
from outreach.extensions import db
from outreach.measures.classes import DwellingType, SettlementClass
from outreach.places import listeners as places
from outreach.places.models import VillageClass
from tests import databases, factories
from tests.factories import NOW
from tests.settings import settings_for


def _status(session: Session, village_id: int) -> VillageStatus:
    session.expire_all()
    key = (date(2026, 10, 1), village_id, DwellingType("permanent"))
    return session.get_one(VillageStatus, key)


def test_a_new_delimitation_moves_the_village(app: Flask, session: Session) -> None:
    village = factories.village(session, settlement_class=SettlementClass("outside"))
    factories.reporting_round(session)
    places.tell(app, session, change=places.PlacesChanged((village.id,), NOW))
    before = _status(session, village.id).settlement_class
    session.add(
        VillageClass(
            village_id=village.id,
            delimitation_year=2023,
            valid_from=date(2023, 12, 31),
            settlement_class=SettlementClass("smaort"),
            source="test",
        )
    )
    places.tell(app, session, change=places.PlacesChanged((village.id,), NOW))
    assert (before, _status(session, village.id).settlement_class) == ("outside", "smaort")


def test_a_village_served_anew_is_expected_to_report(app: Flask, session: Session) -> None:
    village = factories.village(session)
    factories.reporting_round(session)
    served.tell(app, session, change=served.ServedChanged((village.id,), NOW))
    before = _status(session, village.id).state
    factories.association(session, serving=[village])
    served.tell(app, session, change=served.ServedChanged((village.id,), NOW))
    assert (before, _status(session, village.id).state) == ("not_expected", "missing")


def test_everything_can_be_rebuilt_from_the_command_line(own_database: str, tmp_path: Path) -> None:
    app = create_app(settings_for(own_database, folder=tmp_path))
    with app.app_context(), transaction(db.session):
        factories.village(db.session())
        factories.reporting_round(db.session())
    environment = {
        "DATABASE_URL": own_database,
        "OUTREACH_INSTANCE": str(tmp_path),
        "OUTREACH_SECRET_KEY": "x" * 40,
        "OUTREACH_PASSWORD_SALT": "y" * 40,
    }
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "published", "rebuild"],
        cwd=databases.ROOT,
        env=os.environ | environment,
        check=True,
        capture_output=True,
    )
    with app.app_context():
        states = db.session.scalars(select(VillageStatus.state)).all()
        db.session.remove()
        db.engine.dispose()
    assert list(states) == ["not_expected"]
