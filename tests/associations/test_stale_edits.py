"""Two people edit the same thing: nobody's words are lost and nothing is overwritten unseen."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach import create_app
from outreach.accounts.rules import RoleName
from outreach.associations.models import Association, ServedVillage
from outreach.database import transaction
from outreach.database.audit import AuditEvent
from outreach.extensions import db
from tests import factories
from tests.associations.pages import as_staff, send, values, words
from tests.settings import settings_for
from tests.signing_in import cookie_name, csrf_token, signed_in_cookie


@pytest.fixture
def held(session: Session) -> Association:
    return factories.association(session, "Byns Fiber", serving=[factories.village(session)])


@pytest.fixture
def path(session: Session, client: FlaskClient, held: Association) -> str:
    """The form of the association, which staff have come to change."""
    as_staff(client, session)
    return f"/associations/{held.id}/edit"


def opened(client: FlaskClient, path: str) -> dict[str, str | list[str]]:
    """The fields of the form as somebody has it open."""
    return dict(values(client.get(path).get_data(as_text=True)))


def test_the_second_sees_both_values_and_keeps_their_own(client: FlaskClient, path: str) -> None:
    mine = opened(client, path) | {"network_operator": "Min operatör"}
    send(client, path, opened(client, path) | {"network_operator": "Deras operatör"})
    answer = send(client, path, mine)
    assert answer.status_code == 409
    assert "Nätoperatör Min operatör Deras operatör" in words(answer)
    assert values(answer.get_data(as_text=True))["network_operator"] == "Min operatör"


def test_the_second_is_told_who_saved_in_between(
    client: FlaskClient, session: Session, path: str
) -> None:
    mine = opened(client, path) | {"network_operator": "Min"}
    send(client, path, opened(client, path) | {"network_operator": "Deras"})
    event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert event.user_id is not None
    assert "sparade" in words(send(client, path, mine))


def test_nothing_is_stored_by_a_stale_form(
    client: FlaskClient, session: Session, held: Association, path: str
) -> None:
    send(client, path, opened(client, path) | {"network_operator": "Min", "version": "7"})
    session.expire_all()
    assert (held.network_operator, held.version) == (None, 1)


@pytest.mark.parametrize("version", ["", "0", "2", "x", "99999999999999999999", "-1", "١"])
def test_a_version_that_is_not_the_stored_one_is_refused(
    client: FlaskClient, path: str, version: str
) -> None:
    assert send(client, path, opened(client, path) | {"version": version}).status_code == 409


def test_saving_on_top_is_possible_on_purpose(
    client: FlaskClient, session: Session, held: Association, path: str
) -> None:
    mine = opened(client, path) | {"network_operator": "Min"}
    send(client, path, opened(client, path) | {"network_operator": "Deras"})
    again = values(send(client, path, mine).get_data(as_text=True))
    assert send(client, path, dict(again)).status_code == 303
    session.expire_all()
    assert (held.network_operator, held.version) == ("Min", 3)


def test_a_refused_form_stays_as_old_as_it_was(client: FlaskClient, path: str) -> None:
    mine = opened(client, path) | {"name": ""}
    send(client, path, opened(client, path) | {"network_operator": "Deras"})
    refused = values(send(client, path, mine).get_data(as_text=True))
    assert send(client, path, dict(refused) | {"name": "Byns Fiber"}).status_code == 409


def test_contacts_villages_and_commitments_notice_stale_edits_too(
    session: Session, client: FlaskClient, held: Association
) -> None:
    as_staff(client, session)
    served = session.scalars(select(ServedVillage)).one()
    contact = factories.contact(session, held)
    new = f"/associations/{held.id}/commitments/new"
    fields: dict[str, str | list[str]] = {"kind": "other", "title": "Något", "status": "wanted"}
    commitment = send(client, new, fields).location
    changes = {
        f"/associations/{held.id}/villages/{served.id}": {"valid_from": "2016-01-01"},
        f"/associations/{held.id}/contacts/{contact.id}": {"duty": "kassör"},
        f"{commitment}/edit": {"title": "Något annat"},
    }
    for path, change in changes.items():
        first = opened(client, path)
        assert send(client, path, first | change).status_code == 303
        assert send(client, path, first).status_code == 409, path


class Editors:
    """One application on a database that commits, and the cookies of people who save at once."""

    def __init__(self, app: Flask, number: int) -> None:
        self.app = app
        with app.app_context(), transaction(db.session):
            session = db.session()
            self.association_id = factories.association(session).id
            role = RoleName.REGIONAL_STAFF
            people = [factories.user(session, role, counties=("10",)) for _ in range(number)]
            self.cookies = [signed_in_cookie(session, person) for person in people]
        self.all_have_it_open = Barrier(number)

    def save(self, path: str, change: Callable[[int], dict[str, str]]) -> list[int]:
        """Everybody opens the form and, when all have, sends it with their own change."""

        def save_one(number: int) -> int:
            client = self.app.test_client()
            client.set_cookie(cookie_name(self.app), self.cookies[number], domain="localhost")
            html = client.get(path).get_data(as_text=True)
            fields = values(html) | change(number) | {"csrf_token": csrf_token(html)}
            self.all_have_it_open.wait(timeout=60)
            return client.post(path, data=fields).status_code

        with ThreadPoolExecutor(len(self.cookies)) as pool:
            return sorted(pool.map(save_one, range(len(self.cookies))))


@pytest.fixture
def committing_app(own_database: str, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(settings_for(own_database, folder=tmp_path))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_of_twenty_who_save_at_once_one_wins(committing_app: Flask) -> None:
    editors = Editors(committing_app, 20)
    answers = editors.save(
        f"/associations/{editors.association_id}/edit",
        lambda number: {"network_operator": f"Operatör {number}"},
    )
    with committing_app.app_context():
        changes = select(func.count(AuditEvent.id)).where(
            AuditEvent.object_type == "association", AuditEvent.action == "changed"
        )
        held = db.session.get_one(Association, editors.association_id)
        stored = (held.version, db.session.scalars(changes).one())
    assert (answers, stored) == ([303] + [409] * 19, (2, 1))


def test_of_eight_who_register_one_number_at_once_one_gets_it(committing_app: Flask) -> None:
    editors = Editors(committing_app, 8)
    answers = editors.save(
        "/associations/new",
        lambda number: {
            "name": f"Hasslö Fiber {number}",
            "organisation_number": "769612-3459",
            "legal_form": "economic_association",
            "status": "planning",
            "is_another": "y",
        },
    )
    with committing_app.app_context():
        holders = select(func.count(Association.id)).where(
            Association.organisation_number == "7696123459"
        )
        stored = db.session.scalars(holders).one()
    assert (answers, stored) == ([303] + [422] * 7, 1)


def test_the_date_of_a_served_village_is_shown_on_both_sides(
    client: FlaskClient, session: Session, held: Association, path: str
) -> None:
    as_staff(client, session)
    served = session.scalars(select(ServedVillage)).one()
    path = f"/associations/{held.id}/villages/{served.id}"
    mine = opened(client, path) | {"valid_from": "2017-01-01"}
    send(client, path, opened(client, path) | {"valid_from": "2016-01-01"})
    session.expire_all()
    assert served.valid_from == date(2016, 1, 1)
    assert "2017-01-01 2016-01-01" in words(send(client, path, mine))
