"""Reads for other features: who serves what on a day, who reaches whom, whom to call."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask, render_template_string
from sqlalchemy import text
from sqlalchemy.orm import Session

from outreach.accounts.rules import NOBODY, Reach
from outreach.associations.models import AssociationContact, ServedVillage
from outreach.associations.queries.demonstration import has_demonstration
from outreach.associations.queries.one import associations_within, contacts_on
from outreach.associations.queries.served import serving, serving_municipality
from outreach.database import data_version
from tests import factories
from tests.associations.making import ADMINISTRATOR, OTHER_STAFF, STAFF, by_reporter

DAY = date(2026, 10, 1)


def test_a_village_is_served_from_its_first_day_until_before_its_end(session: Session) -> None:
    village = factories.village(session)
    held = factories.association(session)
    session.add(
        ServedVillage(
            association_id=held.id,
            village_id=village.id,
            valid_from=date(2020, 1, 1),
            valid_to=date(2021, 1, 1),
        )
    )
    session.flush()
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1)]
    assert [len(serving(session, on=day)) for day in days] == [0, 1, 1, 0]


def test_serving_can_be_asked_for_some_villages_or_associations(session: Session) -> None:
    here, there = factories.village(session), factories.village(session)
    one = factories.association(session, "Ett", serving=[here, there])
    factories.association(session, "Två", serving=[here])
    of_village = serving(session, on=DAY, village_ids=[here.id])
    of_association = serving(session, on=DAY, association_ids=[one.id])
    assert [row.association_name for row in of_village] == ["Ett", "Två"]
    assert {row.village_code for row in of_association} == {here.code, there.code}


def test_nothing_asked_for_finds_nothing(session: Session) -> None:
    factories.association(session, serving=[factories.village(session)])
    assert serving(session, on=DAY, village_ids=[]) == []


def test_serving_everything_takes_one_statement(
    session: Session, statements: Callable[[Callable[[], object]], int]
) -> None:
    factories.association(session, serving=[factories.village(session) for _ in range(5)])
    assert statements(lambda: serving(session, on=DAY)) == 1


def test_a_municipalitys_associations_are_those_of_its_villages(session: Session) -> None:
    factories.municipality(session, "1081", name="Ronneby")
    there = factories.village(session, municipality_code="1081")
    factories.association(session, "Ett", serving=[factories.village(session), there])
    rows = serving_municipality(session, "1081", on=DAY)
    assert [row.village_code for row in rows] == [there.code]


@pytest.mark.parametrize(
    ("reach", "found"),
    [
        (STAFF, ["Ett", "Två"]),
        (OTHER_STAFF, ["Tre"]),
        (ADMINISTRATOR, ["Ett", "Tre", "Två"]),
        (NOBODY, []),
    ],
)
def test_staff_reach_the_associations_of_their_counties(
    session: Session, reach: Reach, found: list[str]
) -> None:
    factories.association(session, "Ett")
    factories.association(session, "Två")
    factories.county(session, "07", "Kronobergs län")
    factories.association(session, "Tre", county_code="07")
    assert [row.name for row in associations_within(session, reach)] == found


def test_reporters_reach_their_own_associations(session: Session) -> None:
    own = factories.association(session, "Ett")
    factories.association(session, "Två")
    rows = associations_within(session, by_reporter(own.id).reach)
    assert [row.name for row in rows] == ["Ett"]


def test_contacts_are_those_in_force_on_the_day(session: Session) -> None:
    held = factories.association(session)
    for name, first, end in (
        ("Förr", date(2015, 1, 1), DAY),
        ("Nu", DAY, None),
        ("Sedan", date(2026, 10, 2), None),
    ):
        session.add(
            AssociationContact(
                association_id=held.id, name=name, phone="0455-1", valid_from=first, valid_to=end
            )
        )
    session.flush()
    assert [row.name for row in contacts_on(session, [held.id], on=DAY)] == ["Nu"]


def test_demonstration_is_noticed(session: Session) -> None:
    held = factories.association(session)
    before = has_demonstration(session)
    held.is_demonstration = True
    session.flush()
    assert (before, has_demonstration(session)) == (False, True)


def test_templates_learn_of_demonstration_when_the_data_version_changes(
    app: Flask, session: Session
) -> None:
    page = "{{ 'yes' if demonstration else 'no' }}"
    with app.test_request_context():
        data_version.bump(session, at=factories.NOW)
        before = render_template_string(page)
        factories.association(session).is_demonstration = True
        session.flush()
        data_version.bump(session, at=factories.NOW)
        after = render_template_string(page)
    assert (before, after) == ("no", "yes")


def test_a_page_about_a_broken_database_still_prints(app: Flask, session: Session) -> None:
    session.execute(text("DROP TABLE data_version"))
    with app.test_request_context():
        assert render_template_string("{{ 'yes' if demonstration else 'no' }}") == "no"
