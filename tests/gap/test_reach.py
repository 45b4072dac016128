"""Training reach as readers get it."""

from collections.abc import Callable
from datetime import date

from flask.testing import FlaskClient
from sqlalchemy import insert
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from outreach.measures.digcomp import DigCompArea
from outreach.measures.rates import Counts
from outreach.places.models import Village
from outreach.training.rules import AgeGroup, SessionForm, SessionState, Sex, Who
from outreach.training.session_models import SessionCount, SessionTopic
from tests import factories
from tests.factories import At
from tests.gap.rows import TATORT, place, publish
from tests.gap.test_pages import page, words_of
from tests.gap.test_why import table
from tests.signing_in import sign_in
from tests.training.held import held


def region(session: Session) -> dict[str, Village]:
    """A town of 4 000 with a village 9 km away and one 11 km away, both of 100, published."""
    villages = {
        "Staden": place(session, "Staden", settlement_class=TATORT, at=At(500_000, 6_240_000)),
        "Nära": place(session, "Nära", at=At(500_000, 6_249_000)),
        "Långt": place(session, "Långt", at=At(500_000, 6_251_000)),
    }
    for name, village in villages.items():
        is_town = name == "Staden"
        publish(
            session,
            village,
            Counts(100, 80, 60, None),
            inhabitants=4000 if is_town else 100,
            **({"settlement_class": TATORT} if is_town else {}),
        )
    return villages


def test_a_session_reaches_so_many_kilometres(session: Session, client: FlaskClient) -> None:
    villages = region(session)
    held(session, factories.organisation(session), villages["Staden"])
    text = words_of(page(client, "/gap/reach"))
    assert (
        "I Blekinge län har 50,0 % av dem på landsbygden och 100,0 % av dem i tätorter haft "
        "ett utbildningstillfälle inom 10 km de senaste tolv månaderna. "
        "Landsbygden ligger 50,0 procentenheter efter."
    ) in text
    rows = {row["name"] or row["code"]: row for row in table(client, "/gap/reach/areas.csv?km=20")}
    assert (rows["pts_rural"]["within"], rows["pts_rural"]["of_inhabitants"]) == ("200", "200")


def test_only_what_was_held_in_twelve_months_and_open_to_others_reaches(
    session: Session, client: FlaskClient
) -> None:
    villages, by = region(session), factories.organisation(session)
    held(session, by, villages["Staden"])
    held(session, by, villages["Långt"], on=date(2024, 10, 1))
    held(session, by, villages["Långt"], form=SessionForm.HOME_VISIT)
    held(session, by, villages["Långt"], None, state=SessionState.CANCELLED)
    rows = {row["code"]: row for row in table(client, "/gap/reach/areas.csv")}
    assert (rows["pts_rural"]["within"], rows["pts_rural"]["share"]) == ("100", "0.5")


def test_where_nothing_is_logged_reach_is_not_known(session: Session, client: FlaskClient) -> None:
    region(session)
    assert "är inte känt" in words_of(page(client, "/gap/reach"))
    rows = table(client, "/gap/reach/areas.csv")
    assert {row["share"] for row in rows} == {""}


def test_years_in_which_nobody_logged_say_so_beside_the_picture_and_in_the_file(
    session: Session, client: FlaskClient
) -> None:
    villages = region(session)
    held(session, factories.organisation(session), villages["Staden"])
    told = "Ingen loggade tillfällen de tolv månaderna dessförinnan"
    assert told in words_of(page(client, "/gap/reach"))
    assert told in words_of(page(client, "/gap?measure=reach"))
    assert "Ingen loggade" in client.get("/gap/reach/chart/reach.svg").text
    blanks = {
        row["twelve_months_to"]: row["blank"] for row in table(client, "/gap/reach/reach.csv")
    }
    newest, *earlier = sorted(blanks, reverse=True)
    assert (blanks[newest], {blanks[day] for day in earlier}) == ("", {"not_shown"})


def test_participants_are_told_for_whole_years_to_the_nearest_ten(
    session: Session, client: FlaskClient
) -> None:
    villages, by = region(session), factories.organisation(session)
    held(session, by, villages["Staden"], 12)
    held(session, by, villages["Staden"], 12)
    held(session, by, villages["Nära"], 3)
    held(session, by, villages["Nära"], 40, on=date(2025, 2, 1))
    rows = {row["code"]: row for row in table(client, "/gap/reach/areas.csv")}
    # 24 in towns; 3 in the countryside are too few to tell, and so is what tells them.
    assert rows["pts_rural"]["participants"] == ""
    assert rows["pts_rural"]["sessions"] == "1"
    shown = {row["participants"] for row in rows.values()}
    assert shown <= {"", "20", "30"}
    assert "27" not in shown
    years = table(client, "/gap/reach/years.csv")
    assert {row["year"] for row in years} == {"2024"}


def test_topics_stand_beside_what_people_manage(session: Session, client: FlaskClient) -> None:
    villages, by = region(session), factories.organisation(session)
    for area in (DigCompArea.SAFETY, DigCompArea.SAFETY, DigCompArea.CONTENT):
        number = held(session, by, villages["Staden"])
        session.execute(insert(SessionTopic), [{"session_id": number, "area": area}])
    rows = {row["digcomp_area"]: row for row in table(client, "/gap/reach/topics.csv")}
    assert (rows["safety"]["sessions"], rows["safety"]["part"]) == ("2", "0.666667")
    assert rows["information"]["sessions"] == "0"
    assert rows["safety"]["share"] == ""


def test_ages_with_few_people_are_told_together(session: Session, client: FlaskClient) -> None:
    villages, by = region(session), factories.organisation(session)
    number = held(session, by, villages["Staden"], 60)
    people = (
        (Who.LEARNERS, AgeGroup.FROM_65, 40),
        (Who.LEARNERS, AgeGroup.FROM_80, 3),
        (Who.HELPERS, AgeGroup.TO_24, 12),
    )
    session.execute(
        insert(SessionCount),
        [
            {"session_id": number, "who": who, "age_group": age, "sex": Sex.ALL, "people": count}
            for who, age, count in people
        ],
    )
    rows = {row["age"]: row for row in table(client, "/gap/reach/ages.csv")}
    assert (rows["65_79 80_on"]["learners"], rows["to_24"]["helpers"]) == ("40", "10")


def meetings(session: Session, number: int, *ages: tuple[Who, AgeGroup]) -> None:
    session.execute(
        insert(SessionCount),
        [
            {"session_id": number, "who": who, "age_group": age, "sex": Sex.ALL, "people": 6}
            for who, age in ages
        ],
    )


YOUNG, OLD = (Who.HELPERS, AgeGroup.TO_24), (Who.LEARNERS, AgeGroup.FROM_65)


def test_helpers_by_age_stand_against_learners_by_age(
    session: Session, client: FlaskClient
) -> None:
    villages, by = region(session), factories.organisation(session)
    for _ in range(6):
        meetings(session, held(session, by, villages["Staden"]), YOUNG, OLD)
    rows = {
        (row["helpers_age"], row["learners_age"]): row["sessions"]
        for row in table(client, "/gap/reach/met.csv")
    }
    assert rows["to_24", "65_79"] == "6"
    assert rows["to_24", "80_on"] == rows["65_79", "65_79"] == "0"
    assert len(rows) == 25
    text = words_of(page(client, "/gap/reach"))
    assert "Hjälpare efter ålder mötte deltagare efter ålder, 2024" in text


def test_ages_that_met_at_few_sessions_are_told_more_coarsely_or_not_at_all(
    session: Session, client: FlaskClient
) -> None:
    villages, by = region(session), factories.organisation(session)
    meetings(session, held(session, by, villages["Staden"]), YOUNG, OLD)
    assert table(client, "/gap/reach/met.csv") == []
    for _ in range(4):
        number = held(session, by, villages["Staden"])
        meetings(session, number, YOUNG, (Who.LEARNERS, AgeGroup.FROM_80))
    rows = table(client, "/gap/reach/met.csv")
    assert [(row["helpers_age"], row["learners_age"], row["sessions"]) for row in rows] == [
        ("to_24 25_44 45_64", "to_24 25_44 45_64", "0"),
        ("to_24 25_44 45_64", "65_79 80_on", "5"),
        ("65_79 80_on", "to_24 25_44 45_64", "0"),
        ("65_79 80_on", "65_79 80_on", "0"),
    ]
    text = words_of(page(client, "/gap/reach"))
    assert "Hjälpare Till och med 64 deltagare 65 och äldre deltagare" in text


def test_the_page_follows_the_log_at_once(session: Session, client: FlaskClient) -> None:
    villages, by = region(session), factories.organisation(session)
    held(session, by, villages["Staden"])
    assert "50,0 % av dem på landsbygden" in words_of(page(client, "/gap/reach"))
    held(session, by, villages["Långt"])
    assert "100,0 % av dem på landsbygden" in words_of(page(client, "/gap/reach"))


def test_more_villages_need_no_more_queries(
    session: Session,
    client: FlaskClient,
    statements: Callable[[Callable[[], object]], int],
) -> None:
    villages, by = region(session), factories.organisation(session)
    held(session, by, villages["Staden"])

    def read() -> object:
        return client.get("/gap/reach?view=public")

    few = statements(read)
    for name in ("Ett", "Två", "Tre"):
        village = place(session, name)
        publish(session, village, Counts(100, 80, 60, None))
        held(session, by, village)
    assert statements(read) <= few


def test_staff_see_the_exact_numbers(session: Session, client: FlaskClient) -> None:
    villages, by = region(session), factories.organisation(session)
    held(session, by, villages["Nära"], 3)
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    rows = {row["code"]: row for row in table(client, "/gap/reach/areas.csv?view=internal")}
    assert (rows["pts_rural"]["participants"], rows["pts_rural"]["participant_hours"]) == ("3", "6")
