"""One service point or strategic node, added, closed and assessed by staff without a file."""

import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from outreach.database import data_version
from outreach.database.audit import AuditEvent
from outreach.database.spatial import loaded
from outreach.places.queries.services import ServiceFilter, service_points
from outreach.places.service_models import ServicePoint, StrategicNode
from tests import factories
from tests.factories import At
from tests.signing_in import sign_in, token

SHOP = {
    "name": "Byboden",
    "kind": "grocery",
    "municipality": "1080",
    "position": "6230000, 530000",
    "source": "Regionen",
}
NODE = {
    "name": "Torhamn",
    "municipality": "1080",
    "position": "6230000, 530000",
    "assessed_on": "2024-10-01",
    "basic_service": "yes",
    "jobs": "no",
    "source": "Regionen",
}


@pytest.fixture
def staff(client: FlaskClient, session: Session) -> FlaskClient:
    """Staff of Blekinge, where there is Karlskrona; Växjö is another county's."""
    factories.municipality(session, "1080", name="Karlskrona")
    factories.municipality(session, "0780", name="Växjö")
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    return client


def sent(client: FlaskClient, address: str, values: dict[str, str]) -> tuple[int, str]:
    """What comes of a form, opened and sent."""
    page = client.get(address).text
    version = re.search(r'name="version" value="(\d+)"', page)
    held = {"version": version[1]} if version else {}
    data = {"csrf_token": token(client, address), **held, **values}
    response = client.post(address, data=data)
    return response.status_code, response.text


def shop(session: Session) -> ServicePoint:
    """The only service point."""
    session.expire_all()
    return session.scalars(select(ServicePoint)).one()


def test_a_shop_is_added_and_stands_in_the_list_and_on_record(
    staff: FlaskClient, session: Session
) -> None:
    before = data_version.current(session)
    assert sent(staff, "/places/services/new", SHOP)[0] == 303
    made = shop(session)
    assert (made.code, made.kind) == ("1080-grocery-byboden", "grocery")
    assert (loaded(made.point).x, loaded(made.point).y) == (530_000, 6_230_000)
    assert data_version.current(session) > before
    event = session.scalars(
        select(AuditEvent).where(AuditEvent.object_type == "service_point")
    ).one()
    assert (event.action, event.user_id is not None, event.before) == ("created", True, None)
    assert "Byboden" in staff.get("/places/services").text
    assert f"/places/services/{made.id}/edit" in staff.get("/places/services").text


def test_a_shop_that_closes_stays_on_the_days_before(staff: FlaskClient, session: Session) -> None:
    sent(staff, "/places/services/new", SHOP)
    one = f"/places/services/{shop(session).id}/edit"
    assert sent(staff, one, {**SHOP, "closed": "2026-06-01"})[0] == 303
    everything = ServiceFilter()
    assert len(service_points(session, everything, on=date(2026, 5, 31))) == 1
    assert service_points(session, everything, on=date(2026, 6, 1)) == []
    changes = session.scalars(select(AuditEvent.after).where(AuditEvent.action == "changed")).all()
    assert changes == ['{"closed": "2026-06-01"}']


def test_degrees_are_taken_as_well_as_metres_in_either_order(
    staff: FlaskClient, session: Session
) -> None:
    assert sent(staff, "/places/services/new", {**SHOP, "position": "15.5869 56,1612"})[0] == 303
    point = loaded(shop(session).point)
    assert (round(point.x, -2), round(point.y, -2)) == (536_500, 6_224_200)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "Namn saknas"),
        ({"name": "Eva 19811228-9874"}, "personnummer"),
        ({"municipality": "0780"}, "Välj kommun"),
        ({"position": "48.85, 2.35"}, "utanför Sverige"),
        ({"position": "vid kyrkan"}, "Skriv två tal"),
        ({"opened": "2020-01-02", "closed": "2020-01-01"}, "stänga innan"),
    ],
)
def test_what_a_file_would_be_refused_for_is_said_beside_the_field(
    staff: FlaskClient, session: Session, changed: dict[str, str], words: str
) -> None:
    status, page = sent(staff, "/places/services/new", {**SHOP, **changed})
    assert (status, words in page) == (422, True)
    assert session.scalars(select(ServicePoint)).all() == []


def test_a_new_shop_never_overwrites_one_of_its_name(staff: FlaskClient, session: Session) -> None:
    sent(staff, "/places/services/new", SHOP)
    status, page = sent(staff, "/places/services/new", {**SHOP, "position": "6231000, 531000"})
    assert (status, "redan en med det namnet" in page) == (422, True)
    assert loaded(shop(session).point).x == 530_000


def test_an_edit_begun_before_another_shows_both(staff: FlaskClient, session: Session) -> None:
    sent(staff, "/places/services/new", SHOP)
    one = f"/places/services/{shop(session).id}/edit"
    stale = {"csrf_token": token(staff, one), "version": "1", **SHOP, "name": "Boden"}
    response = staff.post(one, data=stale)
    assert response.status_code == 409
    assert "Byboden" in response.text
    assert shop(session).name == "Byboden"


def test_another_countys_points_are_not_found(staff: FlaskClient, session: Session) -> None:
    sent(staff, "/places/services/new", SHOP)
    one = f"/places/services/{shop(session).id}/edit"
    sign_in(staff, factories.user(session, RoleName.REGIONAL_STAFF, counties=("07",)))
    assert staff.get(one).status_code == 404
    assert one not in staff.get("/places/services").text


def test_a_node_assessed_on_another_day_keeps_what_was_found_before(
    staff: FlaskClient, session: Session
) -> None:
    assert sent(staff, "/places/nodes/new", NODE)[0] == 303
    first = session.scalars(select(StrategicNode)).one()
    assert (first.basic_service, first.jobs, first.culture) == (True, False, None)
    again = f"/places/nodes/{first.id}/edit"
    later = {**NODE, "assessed_on": "2025-10-01", "jobs": "yes"}
    assert sent(staff, again, later)[0] == 303
    found = session.scalars(select(StrategicNode).order_by(StrategicNode.assessed_on)).all()
    assert [one.jobs for one in found] == [False, True]
    # The earlier one is closed to changes, and a new one can't take its day.
    assert staff.get(again).status_code == 404
    status, page = sent(staff, f"/places/nodes/{found[1].id}/edit", NODE)
    assert (status, "en annan bedömning" in page) == (422, True)


def test_a_form_opened_from_a_village_begins_there(staff: FlaskClient, session: Session) -> None:
    village = factories.village(session, "Torstäva", at=At(530_000, 6_230_000))
    page = staff.get(f"/places/services/new?village={village.code}").text
    assert 'value="6230000, 530000"' in page
    assert '<option value="1080" selected>' in page
