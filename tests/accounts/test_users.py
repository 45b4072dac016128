"""Looking after users: who sees whom, who gives what, and what is on record."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from outreach.accounts.commands import Actor, UserChange, change_user
from outreach.accounts.models import User
from outreach.accounts.queries import reach_of, reporters_of, staff_of
from outreach.accounts.rules import NOBODY, Reach, RoleName, Scope
from outreach.database import transaction
from outreach.database.audit import AuditEvent
from outreach.database.versions import StaleEdit
from outreach.extensions import db
from outreach.mail.models import OutboxMessage
from tests import factories
from tests.accounts.people import invite, send
from tests.signing_in import sign_in

REPORTER = RoleName.ASSOCIATION_REPORTER
ADMINISTRATOR = Reach(user_id=None, roles=frozenset({RoleName.ADMINISTRATOR}))


def test_saving_what_is_stored_already_is_no_change(admin: FlaskClient, session: Session) -> None:
    user = factories.user(session, RoleName.ADMINISTRATOR)
    values = {"name": user.name, "locale": "en", "roles": RoleName.ADMINISTRATOR}
    send(admin, f"/accounts/{user.id}", version=1, **values)
    session.refresh(user)
    assert (user.version, user.locale) == (1, "en")
    assert session.scalars(select(AuditEvent)).all() == []


def test_staff_see_only_those_with_something_in_their_county(
    staff: FlaskClient, session: Session
) -> None:
    here = factories.association(session, "Här")
    there = factories.association(session, "Där", county_code="07")
    factories.user(session, REPORTER, associations=(here.id,), email="har@example.org")
    factories.user(session, REPORTER, associations=(there.id,), email="dar@example.org")
    factories.user(session, RoleName.ADMINISTRATOR, email="admin@example.org")
    page = staff.get("/accounts").text
    assert "har@example.org" in page
    assert "dar@example.org" not in page
    assert "admin@example.org" not in page


@pytest.mark.parametrize("action", ["", "/disable", "/enable", "/resend"])
def test_another_countys_user_is_not_found(
    staff: FlaskClient, session: Session, action: str
) -> None:
    there = factories.association(session, county_code="07")
    user = factories.user(session, REPORTER, associations=(there.id,))
    response = send(staff, f"/accounts/{user.id}{action}", "/accounts/invite", version=1)
    assert response.status_code == 404


def test_staff_invite_reporters_of_their_county(staff: FlaskClient, session: Session) -> None:
    here = factories.association(session)
    assert invite(staff, roles=REPORTER, associations=str(here.id)) == 303


def test_staff_invite_session_loggers_of_their_county(staff: FlaskClient, session: Session) -> None:
    library = factories.organisation(session)
    values = {"roles": RoleName.SESSION_LOGGER, "organisations": str(library.id)}
    assert invite(staff, **values) == 303


@pytest.mark.parametrize("role", [RoleName.ADMINISTRATOR, RoleName.REGIONAL_STAFF])
def test_staff_cannot_make_deciders(staff: FlaskClient, session: Session, role: RoleName) -> None:
    assert invite(staff, roles=role, counties="10") == 422
    assert session.scalars(select(OutboxMessage)).all() == []


def test_staff_cannot_give_another_countys_association(
    staff: FlaskClient, session: Session
) -> None:
    there = factories.association(session, county_code="07")
    assert invite(staff, roles=REPORTER, associations=str(there.id)) == 422


@pytest.mark.parametrize("key", ["99999999", "-1", "x", "1e3", "٣", "9" * 30])
def test_invented_associations_are_refused(admin: FlaskClient, key: str) -> None:
    assert invite(admin, roles=REPORTER, associations=key) == 422


def test_staff_leave_what_lies_elsewhere(staff: FlaskClient, session: Session) -> None:
    here = factories.association(session, "Här")
    also = factories.association(session, "Här också")
    there = factories.association(session, "Där", county_code="07")
    user = factories.user(session, REPORTER, associations=(here.id, there.id))
    send(
        staff,
        f"/accounts/{user.id}",
        version=1,
        name=user.name,
        locale="sv",
        roles=REPORTER,
        associations=str(also.id),
    )
    assert reach_of(session, user.id).associations == {also.id, there.id}


def test_staff_cannot_shut_out_who_also_works_elsewhere(
    staff: FlaskClient, session: Session
) -> None:
    here = factories.association(session)
    there = factories.association(session, county_code="07")
    user = factories.user(session, REPORTER, associations=(here.id, there.id))
    send(staff, f"/accounts/{user.id}/disable", f"/accounts/{user.id}")
    session.refresh(user)
    assert user.active is True


def test_a_stale_edit_is_shown_beside_what_is_stored(admin: FlaskClient, session: Session) -> None:
    one = factories.association(session, "Ett")
    user = factories.user(session, REPORTER, associations=(one.id,))
    values = {"locale": "sv", "roles": REPORTER, "associations": str(one.id)}
    send(admin, f"/accounts/{user.id}", version=1, name="Först", **values)
    response = send(admin, f"/accounts/{user.id}", version=1, name="Sedan", **values)
    assert response.status_code == 409
    assert "Först" in response.text
    assert "Sedan" in response.text
    session.refresh(user)
    assert user.name == "Först"


@pytest.mark.parametrize("version", ["", "x", "0", "2", "9" * 12])
def test_an_edit_of_no_version_of_ours_is_stale(
    admin: FlaskClient, session: Session, version: str
) -> None:
    user = factories.user(session, RoleName.ADMINISTRATOR)
    values = {"name": "Ny", "locale": "sv", "roles": RoleName.ADMINISTRATOR}
    response = send(admin, f"/accounts/{user.id}", version=version, **values)
    assert response.status_code == 409


def test_of_ten_edits_at_the_same_moment_one_wins(own_app: Flask) -> None:
    with own_app.app_context(), transaction(db.session()):
        user_id = factories.user(db.session(), RoleName.ADMINISTRATOR).id
    together = Barrier(10)

    def change(number: int) -> bool:
        wanted = UserChange(
            f"Namn {number}", "sv", frozenset({RoleName.ADMINISTRATOR}), Scope(), version=1
        )
        with own_app.app_context():
            together.wait()
            try:
                with transaction(db.session()):
                    change_user(
                        db.session(), user_id, wanted, by=Actor(ADMINISTRATOR, factories.NOW)
                    )
            except StaleEdit:
                return False
            return True

    with ThreadPoolExecutor(10) as pool:
        won = list(pool.map(change, range(10)))
    assert sum(won) == 1


def test_there_is_always_an_administrator(admin: FlaskClient, session: Session) -> None:
    me = session.scalars(select(User)).one()
    here = factories.association(session)
    response = send(
        admin,
        f"/accounts/{me.id}",
        version=1,
        name=me.name,
        locale="sv",
        roles=REPORTER,
        associations=str(here.id),
    )
    assert response.status_code == 422
    assert "Någon måste vara administratör" in response.text


def test_of_two_administrators_who_shut_each_other_out_one_stays(own_app: Flask) -> None:
    with own_app.app_context(), transaction(db.session()):
        users = [factories.user(db.session(), RoleName.ADMINISTRATOR) for _ in range(2)]
        ids = [user.id for user in users]
        clients = [own_app.test_client() for _ in users]
        for one, user in zip(clients, users, strict=True):
            sign_in(one, user)
    together = Barrier(2)

    def shut_out(number: int) -> None:
        other = ids[1 - number]
        page = clients[number].get(f"/accounts/{other}").text
        together.wait()
        values = {"csrf_token": page.split('name="csrf_token" value="')[1].split('"')[0]}
        clients[number].post(f"/accounts/{other}/disable", data=values)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(shut_out, range(2)))
    with own_app.app_context():
        active = db.session.scalars(select(User.active)).all()
    assert sorted(active) == [False, True]


def test_a_disabled_user_can_be_let_in_again(admin: FlaskClient, session: Session) -> None:
    user = factories.user(session, RoleName.ADMINISTRATOR)
    send(admin, f"/accounts/{user.id}/disable", f"/accounts/{user.id}")
    session.refresh(user)
    assert user.active is False
    send(admin, f"/accounts/{user.id}/enable", f"/accounts/{user.id}")
    session.refresh(user)
    assert user.active is True


def test_every_change_is_on_record(admin: FlaskClient, session: Session) -> None:
    me = session.scalars(select(User.id)).one()
    one = factories.association(session, "Ett")
    user = factories.user(session, REPORTER, associations=(one.id,))
    two = factories.association(session, "Två")
    send(
        admin,
        f"/accounts/{user.id}",
        version=1,
        name=user.name,
        locale="sv",
        roles=REPORTER,
        associations=str(two.id),
    )
    send(admin, f"/accounts/{user.id}/disable", f"/accounts/{user.id}")
    events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [event.action for event in events] == ["user_changed", "user_disabled"]
    assert {event.user_id for event in events} == {me}
    assert json.loads(events[0].before or "")["associations"] == str(one.id)
    assert json.loads(events[0].after or "")["associations"] == str(two.id)


def test_users_are_found_by_a_piece_of_name_or_address(
    admin: FlaskClient, session: Session
) -> None:
    factories.user(session, REPORTER, email="asa@example.org").name = "Åsa Öman"
    assert "Åsa Öman" in admin.get("/accounts?q=åsa").text
    assert "Åsa Öman" in admin.get("/accounts?q=ASA@").text
    assert "Åsa Öman" not in admin.get("/accounts?q=bertil").text
    assert "Åsa Öman" in admin.get("/accounts?role=association_reporter").text
    assert "Åsa Öman" not in admin.get("/accounts?role=administrator").text
    assert admin.get("/accounts?role=nonsense&page=x").status_code == 200


def test_the_list_asks_the_database_no_more_for_many_than_for_few(
    admin: FlaskClient, session: Session
) -> None:
    one = factories.association(session)
    factories.user(session, REPORTER, associations=(one.id,))
    _statements(admin)
    few = _statements(admin)
    for _ in range(30):
        factories.user(session, REPORTER, associations=(one.id,))
    assert _statements(admin) == few


def _statements(client: FlaskClient) -> int:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    client.get("/accounts")
    event.remove(db.engine, "before_cursor_execute", note)
    return len([statement for statement in seen if "SAVEPOINT" not in statement])


def test_reach_counts_only_grants_of_roles_that_are_held(session: Session) -> None:
    one = factories.association(session)
    user = factories.user(session, REPORTER, associations=(one.id,))
    assert reach_of(session, user.id).associations == {one.id}
    user.roles = []
    session.flush()
    assert reach_of(session, user.id).associations == frozenset()


def test_the_disabled_and_the_unknown_reach_nothing(session: Session) -> None:
    user = factories.user(session, RoleName.ADMINISTRATOR)
    user.active = False
    session.flush()
    assert reach_of(session, user.id) == NOBODY
    assert reach_of(session, 999_999) == NOBODY


def test_those_to_write_to_are_active_and_in_charge(session: Session) -> None:
    one = factories.association(session)
    wanted = factories.user(session, REPORTER, associations=(one.id,), email="a@example.org")
    factories.user(session, REPORTER, associations=(one.id,), email="b@example.org").active = False
    chief = factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",))
    factories.user(session, RoleName.REGIONAL_STAFF, counties=("07",))
    session.flush()
    assert [row.user_id for row in reporters_of(session, one.id)] == [wanted.id]
    assert [row.user_id for row in staff_of(session, "10")] == [chief.id]
