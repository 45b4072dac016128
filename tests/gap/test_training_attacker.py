"""An attacker who reads every public page and file about training, in two years, and can solve.

Unknown is how many learners came to each session; that it was held, when, where, how long and in
which programme is public, so the attacker has it for nothing. Whatever is told is an equation, or,
where it is told to the nearest ten, a pair of inequalities. From all of them together, over both
years, nothing withheld may follow: neither a small count itself, nor that it is small.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest
from flask.testing import FlaskClient
from scipy.optimize import Bounds, LinearConstraint, milp
from sqlalchemy.orm import Session

from outreach.measures.classes import FineClass, SettlementClass
from outreach.measures.rates import Counts
from outreach.measures.suppression.table import SPANS, Part
from outreach.places.models import Village
from outreach.training.models import Programme
from outreach.training.register_rules import ProgrammeKind
from outreach.training.session_models import TrainingSession
from outreach.training.views import programmes
from tests import factories
from tests.factories import At
from tests.gap.rows import OUTSIDE, SMAORT, TATORT, place, publish
from tests.gap.test_pages import page, words_of
from tests.gap.test_reach import held
from tests.gap.test_why import table

K = 5
SCHEMES = ("pts", "scb", "large")
PERIODS = ((date(2025, 10, 1), date(2025, 11, 1)), (date(2026, 10, 1), date(2026, 11, 1)))
"""The newest published day, and the day on which everything is read."""
MUNICIPALITIES = {"1080": "ABCD", "1081": "EFG", "1082": "HI"}
CLASSES = {"A": (TATORT, 4000), "B": (TATORT, 300), "E": (TATORT, 900), "C": (SMAORT, 90)}
HALF = re.compile(r"(Våren|Hösten) (\d{4}) \d+ \d+ (\d+)(?= |$)")


@dataclass(frozen=True, slots=True)
class Known:
    """What anybody knows of a session, and `learners`, which nobody outside may."""

    day: date
    village: str
    municipality: str
    fine: FineClass
    programme: int | None
    learners: int


class Attacker:
    """Limits on sums over the sessions' learners."""

    def __init__(self, sessions: list[Known]) -> None:
        self.sessions = sessions
        self.rows: list[np.ndarray] = []
        self.lows: list[float] = []
        self.highs: list[float] = []

    def marks(self, wanted: Callable[[Known], bool]) -> np.ndarray:
        return np.array([float(wanted(one)) for one in self.sessions])

    def reads(self, told: str, marks: np.ndarray, *, low: float = 0, high: float = 0) -> None:
        """A sum that is told, give or take; what isn't shown is empty."""
        if told == "":
            return
        truth = marks @ np.array([one.learners for one in self.sessions])
        assert float(told) + low <= truth <= float(told) + high, "what is told is wrong"
        self.rows.append(marks)
        self.lows.append(float(told) + low)
        self.highs.append(float(told) + high)

    def bounds(self, marks: np.ndarray) -> tuple[float, float]:
        """The least and the most that a sum can be."""
        limits = LinearConstraint(np.array(self.rows), self.lows, self.highs)
        ends = []
        for sign in (1, -1):
            found = milp(
                sign * marks,
                constraints=limits,
                integrality=np.ones(len(marks)),
                bounds=Bounds(0, 500),
            )
            assert found.status == 0
            ends.append(sign * round(found.fun))
        return ends[0], ends[1]


def fine_class(name: str) -> FineClass:
    settlement, inhabitants = CLASSES.get(name, (OUTSIDE, 60))
    if settlement is not SettlementClass.tatort:
        return FineClass(settlement.value)
    return FineClass.tatort_large if inhabitants >= 3000 else FineClass.tatort_small


def region(session: Session, seed: int) -> list[Known]:
    """Nine villages in three municipalities with sessions of very different sizes in two years."""
    dice = random.Random(seed)
    by = factories.organisation(session)
    courses = [
        Programme(
            name=name,
            kind=ProgrammeKind.OTHER,
            county_code="10",
            created_at=factories.NOW,
            updated_at=factories.NOW,
        )
        for name in ("Ett", "Två")
    ]
    session.add_all(courses)
    session.flush()
    found = []
    for code, names in MUNICIPALITIES.items():
        for name in names:
            village = _village(session, name, code)
            for year in (2024, 2025):
                for _ in range(dice.choice((0, 1, 1, 2, 3))):
                    day = date(year, dice.choice((2, 5, 9, 11)), dice.randint(1, 28))
                    course = dice.choice((None, *(one.id for one in courses)))
                    learners = dice.choice((1, 2, 3, 4, 6, 9, 14, 25))
                    number = held(session, by, village, learners, on=day)
                    session.get_one(TrainingSession, number).programme_id = course
                    found.append(Known(day, name, code, fine_class(name), course, learners))
    session.flush()
    return found


def _village(session: Session, name: str, code: str) -> Village:
    settlement, inhabitants = CLASSES.get(name, (OUTSIDE, 60))
    village = place(
        session,
        name,
        settlement_class=settlement,
        municipality_code=code,
        municipality=f"Kommun {code}",
        at=At(500_000, 6_240_000),
    )
    for day, _ in PERIODS[:1]:
        publish(
            session,
            village,
            Counts(100, 80, 60, None),
            on=day,
            settlement_class=settlement,
            inhabitants=inhabitants,
        )
    return village


def read_everything(client: FlaskClient, found: Attacker) -> int:
    """Every file of training reach in every area and scheme, and every programme's page.

    Gives how many half-years the programmes told.
    """
    told = 0
    for area in ("10", *MUNICIPALITIES):
        for scheme in SCHEMES:
            _read_reach(client, found, area=area, scheme=scheme)
    for course in sorted({one.programme for one in found.sessions if one.programme}):
        text = words_of(page(client, f"/programmes/{course}"))
        for season, year, learners in HALF.findall(text):
            half = 1 if season == "Våren" else 2
            found.reads(learners, found.marks(_in_half(course, int(year), half)))
            told += 1
    return told


def _read_reach(client: FlaskClient, found: Attacker, *, area: str, scheme: str) -> None:
    query = f"area={area}&scheme={scheme}"
    is_here = _in_area(area)
    for row in table(client, f"/gap/reach/areas.csv?{query}"):
        wanted = _in_area(row["code"]) if row["by"] == "municipality" else _in_part(row["code"])
        year = int(row["year"])
        _both(
            found, row, lambda one, w=wanted, y=year: is_here(one) and w(one) and one.day.year == y
        )
    for row in table(client, f"/gap/reach/years.csv?{query}"):
        part = "total" if row["group"] == "all" else f"{scheme}_{row['group']}"
        wanted, year = _in_part(part), int(row["year"])
        _both(
            found, row, lambda one, w=wanted, y=year: is_here(one) and w(one) and one.day.year == y
        )


def _both(found: Attacker, row: dict[str, str], wanted: Callable[[Known], bool]) -> None:
    """Participants and hours to the nearest ten; each session lasts two hours."""
    marks = found.marks(wanted)
    found.reads(row["participants"], marks, low=-5, high=4)
    hours = row["participant_hours"]
    found.reads("" if hours == "" else str(float(hours) / 2), marks, low=-2.5, high=2.5)


def _in_area(code: str) -> Callable[[Known], bool]:
    return lambda one: one.municipality.startswith(code)


def _in_part(name: str) -> Callable[[Known], bool]:
    first, last = SPANS[Part(name)]
    inside = set(list(FineClass)[first:last])
    return lambda one: one.fine in inside


def _in_half(course: int, year: int, half: int) -> Callable[[Known], bool]:
    return lambda one: (
        one.programme == course and one.day.year == year and (one.day.month <= 6) == (half == 1)
    )


def withheld(found: Attacker) -> Iterator[tuple[str, np.ndarray, int]]:
    """Every count of a village, municipality, class, programme or session that is small."""
    everything: dict[str, list[Callable[[Known], bool]]] = {
        "village": [
            lambda one, v=v, y=y: one.village == v and one.day.year == y
            for v in "ABCDEFGHI"
            for y in (2024, 2025)
        ],
        "municipality": [
            lambda one, m=m, y=y: one.municipality == m and one.day.year == y
            for m in MUNICIPALITIES
            for y in (2024, 2025)
        ],
        "class": [
            lambda one, p=p, m=m, y=y: (
                p(one) and one.municipality.startswith(m) and one.day.year == y
            )
            for p in (_in_part(part.value) for part in Part)
            for m in ("10", *MUNICIPALITIES)
            for y in (2024, 2025)
        ],
        "programme": [
            _in_half(course, y, half)
            for course in {one.programme for one in found.sessions if one.programme}
            for y in (2024, 2025)
            for half in (1, 2)
        ],
        "session": [lambda one, s=s: one is s for s in found.sessions],
    }
    learners = np.array([one.learners for one in found.sessions])
    for kind, conditions in everything.items():
        for wanted in conditions:
            marks = found.marks(wanted)
            number = int(marks @ learners)
            if 0 < number < K:
                yield kind, marks, number


@pytest.mark.parametrize("seed", range(2))
def test_nothing_small_follows_from_all_that_is_told_of_training_in_two_years(
    client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    sessions = region(session, seed)
    found = Attacker(sessions)
    read, halves = [], []
    for newest, today in PERIODS:
        if newest != PERIODS[0][0]:
            for village in session.query(Village).all():
                settlement, inhabitants = CLASSES.get(village.name, (OUTSIDE, 60))
                publish(
                    session,
                    village,
                    Counts(100, 85, 70, None),
                    on=newest,
                    settlement_class=settlement,
                    inhabitants=inhabitants,
                )
        monkeypatch.setattr(programmes, "page_of_today", lambda build, day=today: build(day))
        halves.append(read_everything(client, found))
        read.append(len(found.rows))
    assert 20 < read[0] < read[1]
    assert 0 < halves[0] < halves[1]
    counts = list(withheld(found))
    assert len(counts) > 20
    for kind, marks, number in counts:
        low, high = found.bounds(marks)
        assert low < high, f"{kind}: {number} learners follow"
        assert high >= K, f"{kind}: that {number} is small follows"
