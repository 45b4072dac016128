"""The analysis tells the public nothing that the published tables don't.

Withheld counts are changed so that every published table stays as it is. Then no public page or
file of the analysis may change either: whoever reads it can't tell the two regions apart.
"""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.connections.models import VillageStatus
from outreach.database import data_version
from outreach.measures.rates import Measure
from outreach.places.models import Village
from tests import factories
from tests.gap.rows import sum_up
from tests.gap.test_subtraction import DAYS, region, shown_counts, table

ROOMS = {
    "why": ("causes", "municipalities"),
    "next": ("actions", "half"),
    "spread": ("lorenz", "theil", "clusters"),
    "forecast": ("forecast",),
}
QUERIES = [
    f"measure={measure}&scheme={scheme}{more}"
    for measure, scheme, more in (
        (Measure.connection_rate, "pts", ""),
        (Measure.connection_rate, "pts", "&group=rural"),
        (Measure.connection_rate, "scb", "&group=gap"),
        (Measure.coverage, "pts", "&group=urban"),
        (Measure.take_up, "pts", "&group=gap"),
    )
]


def published(client: FlaskClient) -> list[list[dict[str, str]]]:
    """What the gap's own tables show."""
    return [
        table(client, f"/gap/{name}.csv?measure={measure}&scheme={scheme}&date={day}")
        for name in ("villages", "municipalities", "series", "gaps")
        for measure in (Measure.coverage, Measure.connection_rate, Measure.take_up)
        for scheme, day in zip(("pts", "scb"), DAYS, strict=True)
    ]


def analysed(client: FlaskClient) -> dict[str, bytes]:
    """Every public file and page of the analysis."""
    found = {}
    for room, names in ROOMS.items():
        for query in QUERIES:
            for address in (
                *(f"/gap/{room}/{name}.csv?{query}" for name in names),
                *([f"/gap/{room}?{query}"] if query == QUERIES[0] else []),
            ):
                answer = client.get(address, follow_redirects=True)
                assert answer.status_code == 200, address
                found[address] = answer.data
    return found


def shift(session: Session, name: str, by: int) -> None:
    """Another number of connected dwellings in a village, on every date."""
    village = session.scalars(select(Village).where(Village.name == name)).one()
    for day in DAYS:
        row = session.get_one(VillageStatus, (day, village.id, "permanent"))
        row.connected = (row.connected or 0) + by


def test_the_analysis_changes_with_nothing_that_is_withheld(
    session: Session, client: FlaskClient
) -> None:
    region(session)
    shown = shown_counts(client)
    hidden = [
        f"Karlskrona outside {number}"
        for number in range(4)
        if all(shown[f"Karlskrona outside {number}", day].connected is None for day in DAYS)
    ]
    assert "Karlskrona outside 0" in hidden
    assert len(hidden) > 1, "nothing to hide among: the test would show nothing"
    before, told = published(client), analysed(client)
    shift(session, "Karlskrona outside 0", 1)
    shift(session, next(name for name in hidden if not name.endswith("0")), -1)
    session.flush()
    sum_up(session)
    data_version.bump(session, at=factories.NOW)
    assert published(client) == before
    again = analysed(client)
    assert [address for address, body in told.items() if again[address] != body] == []


@pytest.mark.parametrize("room", ROOMS)
def test_the_internal_view_is_not_for_the_public(
    session: Session, client: FlaskClient, room: str
) -> None:
    region(session)
    for name in ROOMS[room]:
        assert client.get(f"/gap/{room}/{name}.csv?view=internal").status_code == 404


def test_withheld_and_unreported_villages_can_not_be_told_apart_by_a_change(
    session: Session, client: FlaskClient
) -> None:
    """A village that shows nothing on a date counts with the withheld ones, if there are any."""
    region(session)
    village = session.scalars(select(Village).where(Village.name == "Ronneby outside 3")).one()
    row = session.get_one(VillageStatus, (DAYS[0], village.id, "permanent"))
    row.dwellings = row.homes_passed = row.connected = row.active = row.reported_on = None
    session.flush()
    sum_up(session)
    data_version.bump(session, at=factories.NOW)
    causes = table(client, f"/gap/why/causes.csv?measure=connection_rate&date={date(2025, 10, 1)}")[
        0
    ]
    assert causes["reporting_points"] in {"", "0.0"}
