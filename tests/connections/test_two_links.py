"""Who has two personal links may have both open in one browser."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.connections.link_models import ReportLink
from outreach.connections.models import ReportDraft, ReportVersion
from tests import factories
from tests.connections.linking import Linked, give, linked, opened, the_link
from tests.connections.making import expected
from tests.connections.pages import fields, words

BY_LINK = select(ReportVersion).where(ReportVersion.submitted_via_link_id.is_not(None))


@pytest.fixture
def link(session: Session) -> Linked:
    return linked(session)


def test_two_links_stay_open_in_one_browser_and_each_form_goes_to_its_own_report(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    # Both associations serve the village, so that the forms have the same fields.
    other = factories.association(session, "Kristianopels Fiber", serving=[link.village])
    contact = factories.contact(session, other, email="bo@example.org")
    expected(session, other, link.round, link.village)
    mine = the_link(session).id
    here = opened(client, link)
    theirs = client.get(f"/l/{give(session, other, contact, link.round)}").location
    sent = fields(client.get(here).get_data(as_text=True))
    client.post(f"{here}/draft", data=sent)
    assert session.scalars(select(ReportDraft.link_id)).all() == [mine]
    receipt = client.post(here, data=sent).location
    assert [row.submitted_via_link_id for row in session.scalars(BY_LINK)] == [mine]
    assert "Torhamns Fiber" in words(client.get(receipt))
    assert "Kristianopels Fiber" in words(client.get(theirs))


def test_a_link_that_this_browser_has_not_opened_is_not_opened_by_its_number(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    other = factories.association(session, "Kristianopels Fiber", serving=[link.village])
    give(session, other, factories.contact(session, other, email="bo@example.org"), link.round)
    here = opened(client, link)
    numbers = session.scalars(select(ReportLink.id)).all()
    answers = {f"/l/report/{one}": client.get(f"/l/report/{one}") for one in (*numbers, 0)}
    assert [answer.status_code for answer in answers.values()].count(404) == 2
    assert answers[here].status_code == 200
    assert "Länken fungerar inte" in words(answers["/l/report/0"])
