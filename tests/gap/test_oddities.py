"""Regions unlike most: one village, nothing to divide by, nothing to show, no countryside."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.measures.rates import Counts
from tests.gap.rows import DAY, TATORT, place, publish
from tests.gap.test_pages import page, words_of

pytestmark = pytest.mark.parametrize("backend", ["spatialite"], indirect=True)

PAGES = ("/gap", "/gap/map?mode=change", "/gap/why", "/gap/next", "/gap/spread", "/gap/forecast")
WRONG = re.compile(r"\b(nan|none|inf)\b|\b(Alla|alla) 1 \b", re.IGNORECASE)


def one_village(session: Session) -> None:
    publish(session, place(session, "Enda"), Counts(100, 50, 40, 30))


def no_dwellings(session: Session) -> None:
    publish(session, place(session, "Tom"), Counts(0, 0, 0, 0))


def all_withheld(session: Session) -> None:
    for name in ("Lilla", "Mindre"):
        publish(session, place(session, name), Counts(4, 2, 1, 1))


def no_countryside(session: Session) -> None:
    town = place(session, "Stad", settlement_class=TATORT)
    publish(session, town, Counts(900, 800, 700, 600), settlement_class=TATORT, inhabitants=4000)


def no_class(session: Session) -> None:
    publish(session, place(session, "Oklassad"), Counts(100, 50, 40, 30), settlement_class=None)


ODD = (one_village, no_dwellings, all_withheld, no_countryside, no_class)


@pytest.mark.parametrize("make", ODD)
def test_every_page_of_an_odd_region_opens_and_says_no_nonsense(
    session: Session, client: FlaskClient, make: Callable[[Session], None]
) -> None:
    make(session)
    for address in PAGES:
        assert not WRONG.search(words_of(page(client, address))), address


def test_a_change_needs_two_dates_and_one_is_never_compared_with_itself(
    session: Session, client: FlaskClient
) -> None:
    one_village(session)
    told = "Det finns inget datum före 1 oktober 2025: en förändring kräver två."
    for address in ("/gap/why", f"/gap/why?from={DAY}"):
        text = words_of(page(client, address))
        assert told in text
        assert "orsak för orsak" not in text
    alone = words_of(page(client, f"/gap/map?mode=change&before={DAY}"))
    assert "Det finns inget datum före 1 oktober 2025 att jämföra med: det står ensamt." in alone


def test_where_one_side_is_empty_the_reason_is_told(session: Session, client: FlaskClient) -> None:
    no_countryside(session)
    assert "finns ingen ort på landsbygden att mäta här" in words_of(page(client, "/gap"))


def test_where_nothing_is_shown_nothing_is_said_to_be_done(
    session: Session, client: FlaskClient
) -> None:
    all_withheld(session)
    text = words_of(page(client, "/gap/next"))
    assert "Ingen ort i Blekinge län har siffror som går att visa." in text
