"""Published figures as they were known on an earlier day, for the region's own staff."""

import json
from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from outreach.connections.past_models import PastStatus
from outreach.connections.queries.status_rows import COLUMNS
from outreach.measures.rates import Counts
from outreach.places.models import Village
from tests import factories
from tests.gap.rows import place, publish
from tests.gap.test_pages import words_of
from tests.signing_in import sign_in

PUBLISHED = datetime(2025, 11, 1, 8, tzinfo=UTC)
CORRECTED = datetime(2025, 12, 1, 23, 30, tzinfo=UTC)
"""Half past midnight on 2 December in Sweden."""
BEFORE, AFTER = "?as_known_on=2025-12-01", "?as_known_on=2025-12-02"


@pytest.fixture
def village(session: Session) -> Village:
    """100 of 200 dwellings passed, corrected to 150 a month later."""
    village = place(session, "Byn")
    row = publish(session, village, Counts(200, 150, 90, 70))
    row.known_from = CORRECTED
    known = {name: getattr(row, name) for name in COLUMNS} | {"homes_passed": 100, "connected": 80}
    session.add(PastStatus(**known, known_from=PUBLISHED, known_to=CORRECTED))
    session.flush()
    return village


@pytest.fixture
def staff(session: Session, village: Village, client: FlaskClient) -> FlaskClient:
    """The region's staff at work."""
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    return client


def test_the_gap_page_says_what_was_known_then_and_leads_back(staff: FlaskClient) -> None:
    text = words_of(staff.get(f"/gap{BEFORE}").text)
    assert "Som det var känt 1 december 2025" in text
    assert "100 80 50,0 %" in text
    assert 'href="/gap?area=10&amp;measure=coverage' in staff.get(f"/gap{BEFORE}").text


def test_a_day_ends_at_midnight_in_sweden(staff: FlaskClient) -> None:
    assert "150 90 75,0 %" in words_of(staff.get(f"/gap{AFTER}").text)


def test_sums_and_map_values_are_those_of_the_day(staff: FlaskClient, village: Village) -> None:
    values = json.loads(staff.get(f"/gap/values.json{BEFORE}").data)
    assert values["as_known_on"] == "2025-12-01"
    assert values["villages"][village.code][1:3] == [100, 200]
    table = staff.get(f"/gap/gaps.csv{BEFORE}").text
    assert "100,200,0.5" in table
    assert "150" not in table


@pytest.mark.parametrize(
    "file", ["villages.csv", "tables.xlsx", "villages.geojson", "why/causes.csv", "chart/rank.svg"]
)
def test_files_of_the_day_are_staffs_own(staff: FlaskClient, file: str) -> None:
    response = staff.get(f"/gap/{file}{BEFORE}")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"


def test_the_passport_of_a_file_names_the_day(staff: FlaskClient) -> None:
    head, row = staff.get(f"/gap/villages.csv{BEFORE}").text.strip().splitlines()[-2:]
    assert head.endswith("as_known_on")
    assert row.endswith("2025-12-01")
    assert "as_known_on" not in staff.get("/gap/villages.csv").text


@pytest.mark.parametrize("page", ["", "/map", "/why", "/next", "/spread", "/forecast"])
def test_each_page_about_the_gap_carries_the_day(staff: FlaskClient, page: str) -> None:
    html = staff.get(f"/gap{page}{BEFORE}").text
    assert "Som det var känt 1 december 2025" in words_of(html)
    assert 'name="as_known_on" value="2025-12-01"' in html


def test_a_villages_page_shows_its_figures_of_the_day(staff: FlaskClient, village: Village) -> None:
    text = words_of(staff.get(f"/places/villages/{village.code}{BEFORE}").text)
    assert "Som det var känt 1 december 2025" in text
    assert "Utbyggnadsgrad 50,0 % 100 av 200 bostäder" in text


OTHER_PAGES = ("/", "/places/municipalities/1080", "/profiles/1080", "/profiles/10")


@pytest.mark.parametrize("page", OTHER_PAGES)
def test_the_pages_around_the_gap_show_the_figures_of_the_day(
    staff: FlaskClient, page: str
) -> None:
    then, now = staff.get(f"{page}{BEFORE}").text, staff.get(page).text
    assert "Som det var känt 1 december 2025" in words_of(then)
    assert f'href="{page}"' in then
    assert "50,0" in words_of(then)
    assert "75,0" not in words_of(then)
    assert "75,0" in words_of(now)
    assert "Som det var känt 1 december" not in words_of(now)
    assert 'name="as_known_on"' in now


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("/", "/gap?area=10&amp;as_known_on=2025-12-01"),
        ("/", "/places/municipalities/1080?as_known_on=2025-12-01"),
        ("/places/municipalities/1080", "/gap?area=1080&amp;as_known_on=2025-12-01"),
        ("/places/municipalities/1080", "?sort=-name&amp;as_known_on=2025-12-01#all-villages"),
        ("/profiles/1080", "/gap?area=1080&amp;as_known_on=2025-12-01"),
    ],
)
def test_their_links_keep_the_day(staff: FlaskClient, page: str, link: str) -> None:
    assert f'href="{link}"' in staff.get(f"{page}{BEFORE}").text


@pytest.mark.parametrize("page", ["/gap", "/places/municipalities/1080"])
def test_villages_are_looked_up_on_the_same_day(
    staff: FlaskClient, village: Village, page: str
) -> None:
    link = f'href="/places/villages/{village.code}?as_known_on=2025-12-01'
    assert link in staff.get(f"{page}{BEFORE}").text


def test_there_is_no_file_of_changes_with_one_date_only(staff: FlaskClient) -> None:
    assert staff.get(f"/gap/map/changes.csv{BEFORE}").status_code == 404


@pytest.mark.parametrize("file", ["tables.xlsx", "slides/gap.png"])
def test_what_is_of_the_present_only_is_not_passed_off_as_earlier(
    staff: FlaskClient, file: str
) -> None:
    response = staff.get(f"/profiles/1080/{file}{BEFORE}")
    assert response.status_code == 400
    assert "Filen visar bara nuläget" in words_of(response.text)
    assert 'href="/profiles"' in response.text
    page = words_of(staff.get(f"/profiles/1080{BEFORE}").text)
    assert "PDF, Excel och bilder av en nulägesanalys visar bara nuläget" in page


def test_a_municipality_published_since_has_no_figures_yet(
    session: Session, staff: FlaskClient
) -> None:
    other = place(session, "Ny by", municipality_code="1081", municipality="Ronneby")
    publish(session, other, Counts(100, 37, 29, 20)).known_from = CORRECTED
    session.flush()
    page = "/places/municipalities/1081"
    assert "37,0 %" in words_of(staff.get(page).text)
    assert "37,0 %" not in words_of(staff.get(f"{page}{BEFORE}").text)


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("2025-10-31", "det som publicerats sparas sedan 1 november 2025"),
        ("2999-01-01", "den dagen har inte kommit än"),
        ("igår", "adressen anger ingen dag"),
        ("2025-02-30", "adressen anger ingen dag"),
        ("2025-W13-1", "adressen anger ingen dag"),
    ],
)
def test_a_day_that_cannot_be_shown_is_explained(staff: FlaskClient, day: str, answer: str) -> None:
    response = staff.get(f"/gap?as_known_on={day}")
    assert response.status_code == 400
    assert answer in words_of(response.text).lower()


@pytest.mark.parametrize(
    "address",
    ["/gap", "/gap/map", "/gap/why", "/gap/values.json", "/gap/villages.csv", *OTHER_PAGES],
)
def test_nobody_else_is_shown_what_was_known(
    session: Session, client: FlaskClient, village: Village, address: str
) -> None:
    responses = [client.get(f"{address}{BEFORE}")]
    responses.append(client.get(f"/places/villages/{village.code}{BEFORE}"))
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("07",)))
    responses.append(client.get(f"{address}{BEFORE}"))
    for response in responses:
        assert response.status_code == 403
        said = words_of(response.text)
        assert "bara för regionens personal" in said.lower()
        assert "En fryst nulägesanalys står kvar som den publicerades" in said


def test_the_map_for_other_pages_is_of_the_present(staff: FlaskClient) -> None:
    response = staff.get(f"/gap/map/embed{BEFORE}")
    assert response.status_code == 302
    assert response.location == "/gap/map/embed"


def test_what_was_known_is_not_kept_for_visitors(staff: FlaskClient, village: Village) -> None:
    staff.get(f"/gap/values.json{BEFORE}")
    visitor = staff.application.test_client()
    assert visitor.get(f"/gap/values.json{BEFORE}").status_code == 403


def test_a_round_published_since_is_not_among_the_dates(
    session: Session, staff: FlaskClient, village: Village
) -> None:
    row = publish(session, village, Counts(200, 160, 90, 70), on=date(2026, 4, 1))
    row.known_from = datetime(2026, 5, 1, tzinfo=UTC)
    session.flush()
    assert "1 april 2026" in words_of(staff.get("/gap").text)
    assert "1 april 2026" not in words_of(staff.get(f"/gap{BEFORE}").text)
