"""Who the region may lose touch with, and why."""

from collections.abc import Callable
from datetime import date, timedelta

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.associations.models import Association
from outreach.associations.rules import AssociationStatus
from outreach.connections.commands.expecting import expect_served
from outreach.connections.queries.risks import Risk, associations_at_risk
from tests import factories
from tests.associations.making import OTHER_STAFF, STAFF
from tests.associations.pages import as_staff, words
from tests.connections.making import Counts, approved
from tests.factories import NOW, TODAY


def risks(session: Session) -> dict[str, tuple[Risk, ...]]:
    found = associations_at_risk(session, reach=STAFF, today=TODAY, at=NOW)
    return {row.name: row.risks for row in found}


def confirmed(session: Session, of: Association) -> None:
    factories.contact(session, of).confirmed_at = NOW - timedelta(days=30)
    session.flush()


def test_two_contacts_are_wanted(session: Session) -> None:
    none, one, two = (factories.association(session, f"Fiber {n}") for n in range(3))
    for of in (one, two, two):
        confirmed(session, of)
    assert none.id
    assert risks(session) == {"Fiber 0": (Risk.NO_CONTACT,), "Fiber 1": (Risk.ONE_CONTACT,)}


def test_a_contact_nobody_confirmed_for_a_year_is_a_reason(session: Session) -> None:
    of = factories.association(session)
    confirmed(session, of)
    factories.contact(session, of)
    assert risks(session) == {of.name: (Risk.UNCONFIRMED,)}


def test_late_twice_running_and_silent_for_a_year(session: Session) -> None:
    villages = [factories.village(session, f"By {n}") for n in range(3)]
    late, once, good = (
        factories.association(session, f"Fiber {n}", serving=[place])
        for n, place in enumerate(villages)
    )
    for on, due in (
        (date(2025, 10, 1), date(2026, 11, 20)),
        (date(2026, 4, 1), date(2026, 11, 21)),
    ):
        in_round = factories.reporting_round(session, on, due=due)
        expect_served(session, in_round.id, at=NOW)
        # The reports of the tests are sent in on 22 November: a day too late for both.
        in_round.due_date = date(2026, 11, 22) if on.month == 4 else due
        approved(session, good, in_round, counts=[(villages[2], Counts(9, 5, 3))])
        if on.month == 4:
            approved(session, once, in_round, counts=[(villages[1], Counts(9, 5, 3))])
    for of in (late, once, good):
        confirmed(session, of)
        confirmed(session, of)
    found = associations_at_risk(
        session, reach=STAFF, today=date(2026, 11, 23), at=NOW + timedelta(days=1)
    )
    assert {row.name: row.risks for row in found} == {"Fiber 0": (Risk.SILENT, Risk.LATE_TWICE)}


def test_closed_associations_and_other_counties_are_left_out(session: Session) -> None:
    factories.association(session).status = AssociationStatus.MERGED
    factories.association(session, "Andra Fiber")
    session.flush()
    assert list(risks(session)) == ["Andra Fiber"]
    assert not associations_at_risk(session, reach=OTHER_STAFF, today=TODAY, at=NOW)


def test_the_page_says_each_reason_and_gives_a_file(client: FlaskClient, session: Session) -> None:
    of = factories.association(session)
    factories.contact(session, of)
    as_staff(client, session)
    page = words(client.get("/review/risks"))
    assert "Bara en kontaktperson En kontaktperson har inte bekräftats på ett år 1" in page
    file = client.get("/review/risks-excel.csv").get_data(as_text=True)
    assert "Byns Fiber ek. för.;Bara en kontaktperson; En kontaktperson" in file.replace('"', "")


def test_the_list_asks_as_much_of_the_database_for_thirty_as_for_one(
    client: FlaskClient, session: Session, statements: Callable[[Callable[[], object]], int]
) -> None:
    as_staff(client, session)
    factories.association(session)
    client.get("/review/risks")
    few = statements(lambda: client.get("/review/risks"))
    for n in range(29):
        factories.association(session, f"Fiber {n}")
    assert statements(lambda: client.get("/review/risks")) == few
