"""Staff make, replace, end and print personal links; a contact who leaves loses theirs."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from outreach.connections.link_models import ReportLink
from outreach.connections.link_rules import LinkEnd
from outreach.connections.models import ExpectedPair
from outreach.web.qr import code_of
from tests import factories
from tests.associations.pages import as_staff, send, values
from tests.connections.linking import Linked, linked, the_link
from tests.connections.pages import signed_in_reporter, words
from tests.signing_in import sign_in


@pytest.fixture
def link(session: Session) -> Linked:
    return linked(session)


def listed(link: Linked) -> str:
    return f"/review/rounds/{link.round.id}/links"


def opens(browser: FlaskClient, address: str) -> bool:
    """Whether the link leads to a report's form."""
    answer = browser.get(address)
    return answer.status_code == 303 and answer.location.startswith("/l/report/")


def shown_secret(html: str) -> str:
    found = re.search(r"<code>http://localhost/l/([\w-]{32})</code>", html)
    assert found is not None
    return found[1]


def test_staff_see_who_has_a_link_and_whether_it_is_used(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    as_staff(client, session)
    page = words(client.get(listed(link)))
    assert "Torhamns Fiber" in page
    assert "Anna Ask anna@example.org Inte använd än" in page
    assert "0 av 1 orter" in page


def test_a_new_link_is_shown_once_and_the_old_one_dies(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    as_staff(client, session)
    replaces = {"replaces": str(the_link(session).id)}
    made = send(client, f"{listed(link)}/{link.contact.id}", replaces, seen=listed(link))
    html = made.get_data(as_text=True)
    assert made.headers["Cache-Control"] == "private, no-store"
    assert '<svg class="sheet__code"' in html
    browser = client.application.test_client()
    assert opens(browser, f"/l/{shown_secret(html)}")
    assert browser.get(link.address).status_code == 404
    causes = session.scalars(select(ReportLink.end_cause).order_by(ReportLink.id)).all()
    assert causes == [LinkEnd.RENEWED, None]


def test_a_sheet_that_is_loaded_again_leaves_the_link_on_it_alone(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    as_staff(client, session)
    replaces = {"replaces": str(the_link(session).id)}
    path = f"{listed(link)}/{link.contact.id}"
    secret = shown_secret(send(client, path, replaces, seen=listed(link)).text)
    again = send(client, path, replaces, seen=listed(link))
    assert again.status_code == 303
    assert "har redan fått en länk" in words(client.get(again.location))
    assert opens(client.application.test_client(), f"/l/{secret}")


def test_an_ended_link_opens_nothing(client: FlaskClient, session: Session, link: Linked) -> None:
    as_staff(client, session)
    send(client, f"{listed(link)}/{link.contact.id}/end", {}, seen=listed(link))
    assert the_link(session).end_cause is LinkEnd.REVOKED
    assert client.application.test_client().get(link.address).status_code == 404
    assert "Ingen länk" in words(client.get(listed(link)))


def test_staff_of_another_county_reach_no_link(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    as_staff(client, session, "07")
    assert "Torhamns" not in words(client.get(listed(link)))
    answer = send(client, f"{listed(link)}/{link.contact.id}", {}, seen=listed(link))
    assert answer.status_code == 404
    assert the_link(session).ended_at is None


def test_sheets_are_for_those_who_are_waited_for_and_replace_nothing(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    as_staff(client, session)
    answer = send(client, f"{listed(link)}/sheets", {}, seen=listed(link))
    page = words(answer)
    assert "Torhamns Fiber" in page
    assert "Torhamn Karlskrona 100 60 40 30" in page
    browser = client.application.test_client()
    assert opens(browser, f"/l/{shown_secret(answer.get_data(as_text=True))}")
    assert opens(browser, link.address)


def test_the_paper_form_has_no_link(client: FlaskClient, session: Session, link: Linked) -> None:
    signed_in_reporter(client, session, link.association)
    answer = client.get(f"/reports/{link.association.id}/2026-10-01/paper")
    assert "Torhamn Karlskrona 100 60 40 30" in words(answer)
    assert "/l/" not in answer.get_data(as_text=True)


def test_the_associations_page_shows_its_links_to_staff_only(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    address = f"/associations/{link.association.id}"
    assert "Personliga länkar" not in words(client.get(address))
    reporter = client.application.test_client()
    signed_in_reporter(reporter, session, link.association)
    assert "Personliga länkar" not in words(reporter.get(address))
    as_staff(client, session)
    assert "Personliga länkar" in words(client.get(address))


def _changed_contact(client: FlaskClient, link: Linked, **fields: str) -> None:
    path = f"/associations/{link.association.id}/contacts/{link.contact.id}"
    sent = values(client.get(path).get_data(as_text=True)) | fields
    assert client.post(path, data=sent).status_code == 303


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"name": "Bo Berg"}, 404),
        ({"email": "bo@example.org"}, 404),
        ({"valid_to": "2026-01-01"}, 404),
        ({"phone": "0455-123456"}, 303),
        ({"duty": "Kassör"}, 303),
    ],
)
def test_a_contact_who_leaves_or_becomes_another_loses_the_link(
    client: FlaskClient, session: Session, link: Linked, change: dict[str, str], status: int
) -> None:
    as_staff(client, session)
    _changed_contact(client, link, **change)
    assert client.application.test_client().get(link.address).status_code == status
    assert (the_link(session).end_cause is LinkEnd.CONTACT_CHANGED) is (status == 404)


def test_the_list_costs_the_same_for_one_association_and_for_ten(
    client: FlaskClient,
    session: Session,
    link: Linked,
    statements: Callable[[Callable[[], object]], int],
) -> None:
    sign_in(client, factories.user(session, RoleName.ADMINISTRATOR))
    path = listed(link)
    client.get(path)
    few = statements(lambda: client.get(path))
    for number in range(9):
        more = factories.association(session, f"Förening {number}", serving=[link.village])
        factories.contact(session, more)
        session.add(_expected(link, more.id))
    session.flush()
    assert statements(lambda: client.get(path)) == few


def _expected(link: Linked, association_id: int) -> ExpectedPair:
    return ExpectedPair(
        round_id=link.round.id,
        association_id=association_id,
        village_id=link.village.id,
        added_at=factories.NOW,
    )


def test_the_code_draws_every_dark_square_once() -> None:
    code = code_of("https://example.org/l/abc")
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", code.path)
    squares = {(int(x) + i, int(y)) for x, y, length in runs for i in range(int(length))}
    assert len(squares) == sum(int(length) for _, _, length in runs)
    # The finder pattern stands in the corner, four squares in: a dark ring of side 7.
    assert {(x, 4) for x in range(4, 11)} <= squares
    assert (5, 5) not in squares
    assert code.size >= 29
