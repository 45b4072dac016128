"""What the objects of the record are called, where they lead, and what finding that out costs."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.accounts.rules import Reach, RoleName
from outreach.addresses.models import AddressCount
from outreach.addresses.rules import CountState
from outreach.database.audit import empty_personal, record
from outreach.maturity.models import SurveyLink
from outreach.oversight.queries.events import Event, EventFilter, events
from outreach.oversight.queries.gone import last_names
from outreach.oversight.queries.kinds import KINDS as FOUND
from outreach.oversight.queries.objects import Named, names_of
from outreach.oversight.wording import KINDS
from outreach.profiles.models import ProfileEdition, ProfileText
from outreach.profiles.rules import Part
from outreach.training.models import OrganisationContact
from tests import factories
from tests.connections.linking import Linked, linked
from tests.connections.making import Counts, report, version
from tests.connections.pages import words
from tests.maturity.making import DAY as SURVEY_DAY
from tests.maturity.making import survey_round
from tests.signing_in import sign_in
from tests.training.logging import DAY as SESSION_DAY
from tests.training.logging import logged, logger_of

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = date(2026, 10, 1)


@pytest.fixture
def link(session: Session) -> Linked:
    return linked(session)


def _recorded(session: Session, kind: str, object_id: str | int) -> None:
    record(session, "changed", of=(kind, object_id), user_id=None, at=NOON, after={"a": 1})
    session.flush()


def test_each_object_has_its_name_and_what_leads_to_it(session: Session, link: Linked) -> None:
    sent = version(
        session,
        report(session, link.association, link.round),
        counts=[(link.village, Counts(100, 60, 41, 30))],
    )
    key = str(link.association.id)
    contact = str(link.contact.id)
    keys = {
        ("association", key): Named("Torhamns Fiber", None, None, key),
        ("association_contact", contact): Named("Anna Ask", "Torhamns Fiber", None, key),
        ("report_version", str(sent.id)): Named("Torhamns Fiber", None, DAY, str(sent.id)),
        ("reporting_round", str(link.round.id)): Named(None, None, DAY, str(link.round.id)),
        ("village", link.village.code): Named("Torhamn", None, None, link.village.code),
        ("municipality", "1080"): Named("Karlskrona", None, None, "1080"),
    }
    assert names_of(session, keys) == keys


def test_sessions_surveys_profiles_and_files_of_addresses_have_names_or_dates(
    session: Session, link: Linked
) -> None:
    library = factories.organisation(session)
    bo = OrganisationContact(organisation_id=library.id, name="Bo Ek")
    held = logged(session, library, logger_of(session, library)).id
    survey = survey_round(session)
    session.add(bo)
    opened = SurveyLink(
        round_id=survey.id, label="Biblioteket", is_kiosk=False, key_hash="x", created_at=NOON
    )
    counting = AddressCount(
        user_id=factories.user(session, RoleName.ADMINISTRATOR).id,
        round_id=link.round.id,
        association_id=link.association.id,
        locale="sv",
        file_name="adresser.csv",
        spool_name="a",
        state=CountState.WAITING,
        bytes_all=1,
        created_at=NOON,
    )
    text = ProfileText(
        area_code="1080", part=Part.POSITION, locale="sv", text="Bra", version=1, written_at=NOON
    )
    edition = ProfileEdition(
        area_code="10",
        area_name="Blekinge",
        number=1,
        reference_date=DAY,
        content="{}",
        digest="x",
        frozen_at=NOON,
    )
    session.add_all([opened, counting, text, edition])
    session.flush()
    wanted: dict[tuple[str, int], tuple[str | None, str | None, date | None]] = {
        ("organisation_contact", bo.id): ("Bo Ek", "Bygdens bibliotek", None),
        ("training_session", held): ("Bygdens bibliotek", None, SESSION_DAY),
        ("survey_round", survey.id): ("Blekinge län", None, SURVEY_DAY),
        ("survey_link", opened.id): ("Biblioteket", "Blekinge län", SURVEY_DAY),
        ("address_count", counting.id): ("adresser.csv", "Torhamns Fiber", None),
        ("profile_text", text.id): ("Karlskrona", None, None),
        ("profile_edition", edition.id): ("Blekinge", None, DAY),
    }
    found = names_of(session, {(kind, str(key)) for kind, key in wanted})
    assert {
        (kind, int(key)): (one.name, one.of, one.day) for (kind, key), one in found.items()
    } == wanted


def test_every_kind_whose_object_goes_by_a_number_has_a_name() -> None:
    by_words = {"file", "survey_reference"}
    assert set(KINDS) - by_words == set(FOUND) - {"village_by_id"}


def test_what_is_gone_or_of_another_kind_is_called_nothing(session: Session) -> None:
    gone = {(kind, "999999") for kind in FOUND}
    other = {("file", "villages.csv"), ("association", "x"), ("?", "1")}
    assert names_of(session, gone | other) == {}


def test_one_statement_finds_all_names_of_all_kinds(
    session: Session, link: Linked, statements: Callable[[Callable[[], object]], int]
) -> None:
    few = {("association", str(link.association.id))}
    many = few | {("village", link.village.code), ("municipality", "1080"), ("county", "10")}
    many |= {("reporting_round", str(number)) for number in range(100)}
    assert statements(lambda: names_of(session, few)) == 1
    assert statements(lambda: names_of(session, many)) == 1


def test_the_page_leads_to_the_objects_and_to_what_else_was_done_to_them(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    sign_in(client, factories.user(session, RoleName.ADMINISTRATOR))
    _recorded(session, "association", link.association.id)
    _recorded(session, "reporting_round", link.round.id)
    html = client.get("/changes").get_data(as_text=True)
    assert f'<a href="/associations/{link.association.id}">Torhamns Fiber</a>' in html
    assert f'<a href="/review/rounds/{link.round.id}">1 oktober 2026</a>' in html
    only = f"/changes?kind=association&object={link.association.id}"
    assert only.replace("&", "&amp;") in html
    page = words(client.get(only))
    assert "Bara det som har hänt med: Förening Torhamns Fiber" in page
    assert "1 oktober 2026" not in page


def test_every_page_of_an_object_can_be_opened_by_staff(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    for kind, object_id in (
        ("association", link.association.id),
        ("association_contact", link.contact.id),
        ("reporting_round", link.round.id),
        ("village", link.village.code),
    ):
        _recorded(session, kind, object_id)
    html = client.get("/changes").get_data(as_text=True)
    addresses = {
        f"/associations/{link.association.id}",
        f"/review/rounds/{link.round.id}",
        f"/places/villages/{link.village.code}",
    }
    for address in addresses:
        assert f'<a href="{address}">' in html
        assert client.get(address).status_code == 200


def test_what_a_change_holds_of_other_objects_is_named_too(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    facts = {
        "association": link.association.id,
        "contact": link.contact.id,
        "round": link.round.id,
        "village_id": link.village.id,
        "expected": 7,
        "round_id": 999_999,
    }
    of = ("reporting_round", link.round.id)
    record(session, "open", of=of, user_id=None, at=NOON, after=facts)
    session.flush()
    sign_in(client, factories.user(session, RoleName.ADMINISTRATOR))
    page = words(client.get("/changes?kind=reporting_round"))
    for said in ("Torhamns Fiber", "Anna Ask", "2026-10-01", "Torhamn"):
        assert f": {said}" in page
    assert "Omgång: 999999" in page


def test_naming_what_changes_hold_costs_no_statement_of_its_own(
    session: Session, link: Linked, statements: Callable[[Callable[[], object]], int]
) -> None:
    administrator = Reach(roles=frozenset({RoleName.ADMINISTRATOR}))

    def ask() -> list[Event]:
        return events(session, EventFilter(), reach=administrator)

    _recorded(session, "association", link.association.id)
    of = ("association", link.association.id)
    record(session, "changed", of=of, user_id=None, at=NOON, after={"round": 999_998})
    session.flush()
    few = statements(ask)
    for number in range(20):
        facts = {
            "contact": link.contact.id,
            "round": number + 900_000,
            "village_id": link.village.id,
        }
        record(session, "changed", of=of, user_id=None, at=NOON, after=facts)
    session.flush()
    assert statements(ask) == few


def test_what_was_deleted_is_still_named_and_leads_nowhere(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    day = {"reference_date": "2027-04-01", "due_date": "2027-06-01"}
    record(session, "discard", of=("reporting_round", 900_001), user_id=None, at=NOON, before=day)
    facts = {"village_id": link.village.id, "association_id": link.association.id}
    record(session, "removed", of=("served_village", 900_002), user_id=None, at=NOON, before=facts)
    of = ("organisation_contact", 900_003)
    record(session, "created", of=of, user_id=None, at=NOON, after={"name": "Bo Ek"})
    session.flush()
    sign_in(client, factories.user(session, RoleName.ADMINISTRATOR))
    html = client.get("/changes").get_data(as_text=True)
    page = " ".join(html.split())
    assert "1 april 2027" in page
    assert "Torhamn, Torhamns Fiber" in page
    assert "Bo Ek" in page
    assert 'href="/review/rounds/900001"' not in html


def test_the_name_of_an_erased_person_is_gone_from_what_was_deleted_too(session: Session) -> None:
    of, key = ("organisation_contact", 900_003), ("organisation_contact", "900003")
    record(session, "created", of=of, user_id=None, at=NOON, after={"name": "Bo Ek"})
    session.flush()
    assert last_names(session, {key}) == {key: Named("Bo Ek", None, None, None)}
    empty_personal(session, "organisation_contact", object_id=900_003)
    assert last_names(session, {key}) == {}
