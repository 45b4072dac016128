"""The record of changes: who sees which of it, filters, pages, the file."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.accounts.models import User
from outreach.accounts.rules import Reach, RoleName
from outreach.associations.models import Association
from outreach.database.audit import record
from outreach.oversight.queries.events import EventFilter, events
from tests import factories
from tests.connections.pages import words
from tests.signing_in import sign_in

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADMINISTRATOR = Reach(1, frozenset({RoleName.ADMINISTRATOR}))


@pytest.fixture
def anna(session: Session) -> User:
    made = factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",))
    made.name = "Anna Ask"
    session.flush()
    return made


@pytest.fixture
def staff(client: FlaskClient, anna: User) -> FlaskClient:
    sign_in(client, anna)
    return client


@pytest.fixture
def two_counties(session: Session, anna: User) -> tuple[Association, Association]:
    """An association in each county, the website of each changed by Anna."""
    here = factories.association(session, "Åby Fiber")
    there = factories.association(session, "Växjö Fiber", county_code="07")
    for one, site in ((here, "https://aby.example"), (there, "https://vaxjo.example")):
        record(
            session,
            "changed",
            of=("association", one.id),
            user_id=anna.id,
            at=NOON,
            before={"website": None},
            after={"website": site},
        )
    session.flush()
    return here, there


def test_staff_see_who_did_what_in_their_counties_only(
    staff: FlaskClient, two_counties: tuple[Association, Association]
) -> None:
    page = words(staff.get("/changes"))
    assert "Anna Ask Ändrades Förening Åby Fiber Bara detta" in page
    assert ("https://aby.example" in page, "https://vaxjo.example" in page) == (True, False)


def test_staff_of_another_county_find_nothing_by_the_association_s_number(
    staff: FlaskClient, two_counties: tuple[Association, Association]
) -> None:
    for asked in (
        f"association={two_counties[1].id}",
        f"kind=association&object={two_counties[1].id}",
    ):
        assert "Ingen ändring hittades" in words(staff.get(f"/changes?{asked}"))


def test_an_administrator_sees_everything(
    session: Session, two_counties: tuple[Association, Association]
) -> None:
    assert len(events(session, EventFilter(), reach=ADMINISTRATOR)) == 2


def test_what_is_said_of_an_association_in_a_round_is_for_its_county(
    session: Session, anna: User, two_counties: tuple[Association, Association]
) -> None:
    reach = Reach(anna.id, frozenset({RoleName.REGIONAL_STAFF}), counties=frozenset({"10"}))
    for one in two_counties:
        facts = {"association_id": one.id, "reason": "Semester"}
        record(
            session,
            "no_answer_noted",
            of=("reporting_round", 1),
            user_id=None,
            at=NOON,
            after=facts,
        )
    record(
        session,
        "close",
        of=("reporting_round", 1),
        user_id=None,
        at=NOON,
        after={"state": "closed"},
    )
    session.flush()
    found = events(session, EventFilter(kind="reporting_round"), reach=reach)
    own = events(session, EventFilter(association_id=two_counties[0].id), reach=reach)
    assert [one.action for one in found] == ["close", "no_answer_noted"]
    assert [one.action for one in own] == ["no_answer_noted", "changed"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (EventFilter(person="anna"), 2),
        (EventFilter(person="bo"), 0),
        (EventFilter(kind="association"), 2),
        (EventFilter(kind="village"), 0),
        (EventFilter(action="changed"), 2),
        (EventFilter(action="created"), 0),
        (EventFilter(since=NOON), 2),
        (EventFilter(since=NOON + timedelta(seconds=1)), 0),
        (EventFilter(until=NOON), 0),
        (EventFilter(until=NOON + timedelta(seconds=1)), 2),
    ],
)
def test_each_filter_finds_what_it_says(
    session: Session,
    two_counties: tuple[Association, Association],
    asked: EventFilter,
    found: int,
) -> None:
    assert len(events(session, asked, reach=ADMINISTRATOR)) == found


def test_a_day_in_the_address_is_a_swedish_day(
    staff: FlaskClient, two_counties: tuple[Association, Association]
) -> None:
    whole = "/changes?since=2026-11-22&until=2026-11-22"
    assert "https://aby.example" in words(staff.get(whole))
    assert "Ingen ändring" in words(staff.get("/changes?since=2026-11-23"))
    assert staff.get("/changes?since=yesterday&until=0001-01-01&before=x").status_code == 200


def test_pages_follow_one_another_without_gap_or_repetition(
    session: Session, staff: FlaskClient
) -> None:
    made = factories.association(session)
    for number in range(120):
        facts = {"number": f"v{number:03}"}
        record(session, "changed", of=("association", made.id), user_id=None, at=NOON, after=facts)
    session.flush()
    seen: list[int] = []
    reach, before = ADMINISTRATOR, None
    while found := events(session, EventFilter(), reach=reach, before=before):
        seen += [one.id for one in found]
        before = found[-1].id
    first = staff.get("/changes").text
    assert (len(seen), seen == sorted(set(seen), reverse=True)) == (120, True)
    assert ("v119" in first, "v070" in first, "v069" in first, "Äldre" in first) == (
        True,
        True,
        False,
        True,
    )


def test_the_file_holds_all_of_it_a_line_for_each_field(
    staff: FlaskClient, two_counties: tuple[Association, Association]
) -> None:
    lines = staff.get("/changes-excel.csv").get_data(as_text=True).splitlines()
    number = two_counties[0].id
    assert lines[0].startswith("\N{BYTE ORDER MARK}Nummer;När;Vem")
    assert [line.split(";", 1)[1] for line in lines[1:]] == [
        f"2026-11-22T13:00:00+01:00;Anna Ask;Ändrades;Förening;{number};Åby Fiber;Webbplats;;https://aby.example"
    ]


def test_a_contact_s_name_is_shown_until_it_is_erased(session: Session, staff: FlaskClient) -> None:
    made = factories.contact(session, factories.association(session))
    facts = {"name": "Bo Berg", "duty": "kassör"}
    record(
        session, "created", of=("association_contact", made.id), user_id=None, at=NOON, after=facts
    )
    session.flush()
    assert "Bo Berg" in words(staff.get("/changes"))


def test_the_list_costs_the_same_however_long_it_is(
    session: Session, statements: Callable[[Callable[[], object]], int]
) -> None:
    made = factories.association(session)
    for _ in range(40):
        record(
            session, "changed", of=("association", made.id), user_id=None, at=NOON, after={"a": 1}
        )
    session.flush()
    assert statements(lambda: events(session, EventFilter(), reach=ADMINISTRATOR, size=1)) == 3
    assert statements(lambda: events(session, EventFilter(), reach=ADMINISTRATOR)) == 3


def test_codes_are_said_in_the_readers_words_on_the_page_and_in_the_file(
    client: FlaskClient, session: Session
) -> None:
    changes: tuple[tuple[str, dict[str, str | bool], dict[str, str | bool]], ...] = (
        ("reporting_round", {"state": "open"}, {"state": "closed"}),
        ("report_version", {}, {"source": "link", "is_late": True, "by_exception": False}),
        ("user", {}, {"roles": "association_reporter session_logger", "locale": "sv"}),
        ("association", {"status": "building"}, {"status": "operating"}),
    )
    for kind, before, after in changes:
        record(
            session, "changed", of=(kind, 900), user_id=None, at=NOON, before=before, after=after
        )
    session.flush()
    sign_in(client, factories.user(session, RoleName.ADMINISTRATOR))
    page, file = words(client.get("/changes")), client.get("/changes.csv").text
    for said in ("Öppen", "Stängd", "via personlig länk", "Rapportör för föreningar", "svenska"):
        assert said in page
        assert said in file
    assert "Sen: ja" in page
    assert "Med undantag: nej" in page
    assert "operating" not in file
