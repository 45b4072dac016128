"""The first page of a region that has published nothing yet."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from outreach.gap.queries.beginning import Beginning, beginning
from tests import factories
from tests.signing_in import sign_in


def test_the_way_goes_from_the_places_to_the_first_report(session: Session) -> None:
    assert beginning(session) is Beginning.PLACES
    village = factories.village(session)
    assert beginning(session) is Beginning.ASSOCIATION
    factories.association(session)
    assert beginning(session) is Beginning.SERVED
    factories.association(session, "Andra byns fiber", serving=[village])
    assert beginning(session) is Beginning.ROUND
    factories.reporting_round(session)
    assert beginning(session) is Beginning.REPORT


@pytest.mark.parametrize("role", [RoleName.REGIONAL_STAFF, RoleName.ADMINISTRATOR])
def test_whoever_handles_it_for_the_region_is_shown_the_next_step(
    session: Session, client: FlaskClient, role: RoleName
) -> None:
    factories.village(session)
    counties = ("10",) if role is RoleName.REGIONAL_STAFF else ()
    sign_in(client, factories.user(session, role, counties=counties))
    text = client.get("/").text
    assert "Vägen till de första siffrorna" in text
    assert 'href="/associations/new"' in text


def test_nobody_else_is(session: Session, client: FlaskClient) -> None:
    assert "Vägen till de första siffrorna" not in client.get("/").text
    association = factories.association(session)
    sign_in(
        client,
        factories.user(session, RoleName.ASSOCIATION_REPORTER, associations=(association.id,)),
    )
    assert "Vägen till de första siffrorna" not in client.get("/").text
