"""An attacker who has read every public page and file, and can add and subtract.

It is given nothing but answers to visitors. Each shown sum is an equation in the counts of the
villages; a count that is not shown must not be the only solution.
"""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.measures.classes import Scheme, group_of
from outreach.measures.rates import Counts, Measure
from tests.gap.rows import OUTSIDE, SMAORT, TATORT, place, publish

DAYS = (date(2024, 10, 1), date(2025, 10, 1))
MUNICIPALITIES = {"1080": "Karlskrona", "1081": "Ronneby"}
SIZES = {TATORT: 300, SMAORT: 60, OUTSIDE: 40}

Unknown = tuple[str, date, str]
"""A village's name, a date, and which count."""


def region(session: Session) -> dict[tuple[str, date], Counts]:
    """Two municipalities with three villages of each class, one of them small, on two dates."""
    truth: dict[tuple[str, date], Counts] = {}
    for code, name in MUNICIPALITIES.items():
        for settlement_class, size in SIZES.items():
            for number in range(4):
                village_name = f"{name} {settlement_class} {number}"
                village = place(
                    session,
                    village_name,
                    settlement_class=settlement_class,
                    municipality_code=code,
                    municipality=name,
                )
                for step, day in enumerate(DAYS):
                    passed = size // 2 + 3 * number + step
                    connected = 2 if number == 0 else passed - 8 - number
                    counts = Counts(size + number, passed, connected, None)
                    truth[village_name, day] = counts
                    publish(
                        session,
                        village,
                        counts,
                        on=day,
                        settlement_class=settlement_class,
                        inhabitants=400,
                    )
    return truth


def table(client: FlaskClient, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200, address
    return list(csv.DictReader(io.StringIO(response.get_data(as_text=True))))


def shown_counts(client: FlaskClient) -> dict[tuple[str, date], Counts]:
    """What villages.csv shows of each village on each date."""
    return {
        (row["name"], day): Counts(
            *(int(row[name]) if row[name] else None for name in ("dwellings", "homes_passed")),
            *(int(row[name]) if row[name] else None for name in ("connected", "active")),
        )
        for day in DAYS
        for row in table(client, f"/gap/villages.csv?date={day}")
    }


def sums(client: FlaskClient) -> Iterator[tuple[date, Scheme, str, str, Measure, int, int]]:
    """Every sum shown: date, scheme, municipality's name or "", side, measure, the two counts."""
    for day in DAYS:
        for scheme in Scheme:
            for measure in Measure:
                query = f"measure={measure}&scheme={scheme}&date={day}"
                for row in table(client, f"/gap/municipalities.csv?{query}"):
                    yield from _sides(row, day, scheme, row["name"], measure)
                for row in table(client, f"/gap/gaps.csv?{query}"):
                    yield from _sides(row, day, scheme, "", Measure(row["measure"]))
                for row in table(client, f"/gap/series.csv?{query}"):
                    yield from _sides(row, date.fromisoformat(row["date"]), scheme, "", measure)


def _sides(
    row: dict[str, str], day: date, scheme: Scheme, name: str, measure: Measure
) -> Iterator[tuple[date, Scheme, str, str, Measure, int, int]]:
    for side in ("rural", "urban", "all"):
        if row[f"{side}_numerator"]:
            above, below = int(row[f"{side}_numerator"]), int(row[f"{side}_denominator"])
            yield day, scheme, name, side, measure, above, below


def is_inside(village: str, scheme: Scheme, name: str, side: str) -> bool:
    municipality, settlement_class, _ = village.split()
    if name and municipality != name:
        return False
    found = next(one for one in SIZES if one == settlement_class)
    return side == "all" or group_of(scheme, found, inhabitants=400) == side


def follows(equations: set[frozenset[Unknown]]) -> set[Unknown]:
    """The unknowns that the sums of these sets of unknowns determine, by elimination."""
    unknowns = sorted({one for equation in equations for one in equation}, key=str)
    place_of = {unknown: index for index, unknown in enumerate(unknowns)}
    rows = [[Fraction(int(one in equation)) for one in unknowns] for equation in equations]
    pivots: list[list[Fraction]] = []
    for column in range(len(unknowns)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows = [row for row in rows if row is not pivot]
        pivot = [value / pivot[column] for value in pivot]
        rows = [_minus(row, pivot, row[column]) for row in rows]
        pivots = [_minus(row, pivot, row[column]) for row in pivots] + [pivot]
    return {
        unknown
        for unknown in unknowns
        if any(
            row[place_of[unknown]] == 1 and sum(1 for value in row if value) == 1 for row in pivots
        )
    }


def _minus(row: list[Fraction], pivot: list[Fraction], factor: Fraction) -> list[Fraction]:
    return [a - factor * b for a, b in zip(row, pivot, strict=True)] if factor else row


def test_no_withheld_count_follows_from_the_files_by_subtraction(
    session: Session, client: FlaskClient
) -> None:
    truth = region(session)
    shown = shown_counts(client)
    equations: set[frozenset[Unknown]] = set()
    for day, scheme, name, side, measure, above, below in sums(client):
        for field, total in ((measure.numerator_field, above), (measure.denominator_field, below)):
            inside = [village for village, on in truth if on == day]
            inside = [one for one in inside if is_inside(one, scheme, name, side)]
            # The sums are true: what is hidden is hidden, never changed.
            assert total == sum(getattr(truth[one, day], field) for one in inside)
            hidden = [one for one in inside if getattr(shown[one, day], field) is None]
            equations.add(frozenset((one, day, field) for one in hidden))
    equations.discard(frozenset())
    assert equations, "nothing is withheld in this region: the test would show nothing"
    assert follows(equations) == set()


def test_the_attacker_would_find_a_count_that_stands_alone() -> None:
    day = DAYS[0]
    a, b, c = (("a", day, "connected"), ("b", day, "connected"), ("c", day, "connected"))
    assert follows({frozenset({a, b}), frozenset({b, c}), frozenset({a, b, c})}) == {a, b, c}
    assert follows({frozenset({a, b}), frozenset({a, b, c})}) == {c}
    assert follows({frozenset({a, b, c})}) == set()


def test_small_counts_are_in_no_public_answer(session: Session, client: FlaskClient) -> None:
    truth = region(session)
    small = {name for (name, _), counts in truth.items() if counts.connected == 2}
    assert len(small) == 6
    for day in DAYS:
        for row in table(client, f"/gap/villages.csv?date={day}"):
            if row["name"] in small:
                assert (row["connected"], row["homes_passed"], row["take_up"]) == ("", "", "")
                assert (row["state"], row["reported_on"]) == ("not_shown", "")
        features = json.loads(client.get(f"/gap/villages.geojson?date={day}").data)["features"]
        for feature in features:
            if feature["properties"]["name"] in small:
                assert feature["properties"]["connected"] is None
                assert feature["properties"]["coverage"] is None
        values = json.loads(client.get(f"/gap/values.json?date={day}").data)["villages"]
        codes = {f["id"] for f in features if f["properties"]["name"] in small}
        assert {values[code][0] for code in codes} == {"not_shown"}
        assert {tuple(values[code][1:3]) for code in codes} == {(None, None)}


def test_withheld_and_unreported_villages_look_the_same_to_the_public(
    session: Session, client: FlaskClient
) -> None:
    region(session)
    silent = place(session, "Karlskrona outside tyst", municipality_code="1080")
    publish(session, silent, None, register=40)
    rows = {row["name"]: row for row in table(client, "/gap/villages.csv")}
    alike = ("state", "homes_passed", "connected", "coverage", "take_up", "reported_on")
    hidden = rows["Karlskrona outside 0"]
    assert {name: rows[silent.name][name] for name in alike} == {
        name: hidden[name] for name in alike
    }
