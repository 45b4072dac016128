"""An attacker who has read every public table of two rounds and can solve equations.

Unknown is how many persons there are in each round of each village, age and pattern of levels and
areas. Each published count is one equation over these. Whatever combination of equations gives
the persons of some village, municipality, class, age group, level or area, alone or together
with others of its kind, must not give 1, 2, 3 or 4.
"""

import csv
import io
import random
from collections.abc import Callable, Collection, Iterator
from datetime import date
from itertools import combinations, product

import numpy as np
import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert
from sqlalchemy.orm import Session

from outreach.maturity.commands.answers import answer_row
from outreach.maturity.models import SurveyAnswer
from outreach.maturity.queries.rounds import RoundRow
from outreach.maturity.rules import AnswerEntry, Person, StoredPlace
from outreach.measures.classes import FineClass
from outreach.measures.digcomp import DigCompArea
from outreach.measures.maturity import AgeGroup, Level
from outreach.measures.rates import Counts
from outreach.measures.suppression.table import SPANS, Part
from outreach.places.models import Village
from tests import factories
from tests.gap.rows import publish
from tests.maturity.making import QUESTIONNAIRE, closed, survey_round

K = 5
DAYS = (date(2025, 3, 15), date(2026, 3, 15))
AGES = {
    "Till och med 24": AgeGroup.to_24,
    "25–44": AgeGroup.from_25,
    "65–79": AgeGroup.from_65,
}
LEVELS = dict(
    zip(
        (
            "Mer än grundläggande", "Grundläggande", "Låg", "Smal", "Begränsad", "Inga färdigheter",
            "Inte bedömda",
        ),
        Level,
        strict=True,
    )
)  # fmt: skip
AREAS = (
    "Information och data", "Kommunikation och samarbete", "Skapa digitalt innehåll", "Säkerhet",
    "Problemlösning",
)  # fmt: skip
REACHED = {
    Level.above_basic: (5,),
    Level.basic: (5,),
    Level.low: (4,),
    Level.narrow: (3,),
    Level.limited: (2,),
    Level.no_skills: (0, 1),
    Level.not_assessed: (0,),
}
"""In how many areas each level's persons are at least basic."""
PATTERNS = {
    level: [frozenset(areas) for number in numbers for areas in combinations(range(5), number)]
    for level, numbers in REACHED.items()
}
FIRST = [next(iter(QUESTIONNAIRE.of(area))).code for area in DigCompArea]
AT_LEAST = {Level.above_basic, Level.basic}
WEIGHTS = (8, 7, 5, 2, 1, 1, 1)

Cell = tuple[str, str, AgeGroup, Level, frozenset[int]]
"""Municipality, village, age group, level, and areas at least basic, of a person."""
Wanted = Callable[[Cell], bool]
Both = Callable[[dict[str, str], Wanted], None]


class Attacker:
    """The equations of one round over its persons by village, age and level."""

    def __init__(self, cells: dict[Cell, int]) -> None:
        self.keys = list(cells)
        self.truth = np.array([cells[key] for key in self.keys], dtype=float)
        self.rows: list[np.ndarray] = []

    def marks(self, wanted: Wanted) -> np.ndarray:
        return np.array([float(wanted(key)) for key in self.keys])

    def reads(self, count: str, wanted: Wanted) -> None:
        """Note a published count; what isn't shown is an empty cell."""
        if count == "":
            return
        marks = self.marks(wanted)
        assert float(count) == marks @ self.truth, "a published count is wrong"
        self.rows.append(marks)

    def solve(self) -> None:
        """An orthonormal basis of all that follows from what was read."""
        _, sizes, basis = np.linalg.svd(np.array(self.rows), full_matrices=False)
        self.basis = basis[sizes > 1e-9]

    def knows(self, marks: np.ndarray) -> bool:
        return bool(np.linalg.norm(marks - self.basis.T @ (self.basis @ marks)) < 1e-7)


def surveyed(session: Session, day: date, seed: int) -> tuple[RoundRow, dict[Cell, int]]:
    """A round in three municipalities with villages of very different sizes."""
    dice = random.Random(f"{seed} {day}")
    made = survey_round(session, day)
    cells: dict[Cell, int] = {}
    rows = []
    for code, names in {"1080": "ABCDE", "1081": "FGH", "1082": "IJ"}.items():
        factories.municipality(session, code, name=f"Kommun {code}")
        for name, age in product(names, AGES.values()):
            place = StoredPlace(code, _village(session, code, name).id, _class(name))
            cells |= {
                (code, name, age, level, areas): 0 for level in Level for areas in PATTERNS[level]
            }
            for level in dice.choices(list(Level), WEIGHTS, k=dice.choice((0, 2, 4, 8, 15, 30))):
                areas = dice.choice(PATTERNS[level])
                cells[code, name, age, level, areas] += 1
                answer = AnswerEntry(Person(place.village_id, code, age), _done(level, areas))
                rows.append(answer_row(made.id, answer, place=place, questionnaire=QUESTIONNAIRE))
    session.execute(insert(SurveyAnswer), rows)
    closed(session, made)
    return made, cells


def _done(level: Level, areas: frozenset[int]) -> frozenset[str] | None:
    if level is Level.not_assessed:
        return None
    if level is Level.above_basic:
        return QUESTIONNAIRE.codes
    return frozenset(FIRST[area] for area in areas)


VILLAGES: dict[tuple[int, str], Village] = {}


def _class(name: str) -> str:
    return {"A": "tatort_large", "B": "tatort_small", "F": "tatort_small", "I": "smaort"}.get(
        name, "outside"
    )


def _village(session: Session, code: str, name: str) -> Village:
    known = VILLAGES.get((id(session), name))
    if known is None:
        known = VILLAGES[id(session), name] = factories.village(
            session, name, municipality_code=code
        )
        for day in DAYS:
            publish(session, known, Counts(100, 90, 80, None), on=day)
    return known


def table(client: FlaskClient, of: RoundRow, name: str) -> Iterator[dict[str, str]]:
    text = client.get(f"/maturity/{of.id}/{name}-excel.csv").data.decode("utf-8-sig")
    yield from csv.DictReader(io.StringIO(text), delimiter=";")


def _all(*conditions: Wanted) -> Wanted:
    return lambda key: all(condition(key) for condition in conditions)


def _in(part: int, members: Collection[object]) -> Wanted:
    return lambda key: key[part] in members


def _of_class(*beginnings: str) -> Wanted:
    return lambda key: _class(key[1]).startswith(beginnings)


def _within(code: str) -> Wanted:
    return lambda key: key[0].startswith(code)


def _skilled_in(area: int) -> Wanted:
    return lambda key: area in key[4]


def read_everything(client: FlaskClient, of: RoundRow, cells: dict[Cell, int]) -> Attacker:
    """Every count in every table of a round as an equation."""
    found = Attacker(cells)

    def both(row: dict[str, str], wanted: Wanted) -> None:
        found.reads(row["Svar"], wanted)
        found.reads(row["Minst grundläggande"], lambda key: wanted(key) and key[3] in AT_LEAST)

    for row in table(client, of, "municipalities"):
        here = _place(row["Namn"])
        both(row, here)
        found.reads(row["Bedömda"], _all(here, _in(3, set(Level) - {Level.not_assessed})))
    for row in table(client, of, "classes"):
        prefix = {"Tätort": "tatort", "Småort": "smaort"}.get(row["Namn"], "outside")
        both(row, _of_class(prefix))
    for row in table(client, of, "villages"):
        both(row, _in(1, {row["Ort"]}))
    _read_gap(client, of, both)
    for row in table(client, of, "ages"):
        ages = {age for words, age in AGES.items() if words in row["Ålder"]}
        both(row, _all(_place(row["Plats"]), _in(2, ages)))
    for row in table(client, of, "levels"):
        found.reads(row["Personer"], _in(3, _levels(row["Nivå"])))
    for row in table(client, of, "areas"):
        here, area = _place(row["Plats"]), AREAS.index(row["Område"])
        found.reads(row["Svar"], here)
        found.reads(row["Minst grundläggande"], _all(here, _skilled_in(area)))
    found.solve()
    return found


def _read_gap(client: FlaskClient, of: RoundRow, both: Both) -> None:
    """The same round as a measure of the gap: other cuts of it, in every area and scheme."""
    for scheme, area in product(("pts", "scb", "large"), ("10", "1080", "1081", "1082")):
        query = f"area={area}&measure=maturity&scheme={scheme}&date={of.reference_date}"
        for name in ("gaps", "municipalities"):
            for row in _plain(client, f"/gap/{name}.csv?{query}"):
                code = row.get("code", area)
                for side in ("rural", "urban", "all"):
                    inside = _fine("total" if side == "all" else f"{scheme}_{side}")
                    both(_told(row, side), _all(_within(code), _of_class(*inside)))
    for row in _plain(client, f"/gap/villages.csv?measure=maturity&date={of.reference_date}"):
        if row["reported_on"] == of.reference_date.isoformat():
            both(_told(row, "maturity"), _in(1, {row["name"]}))


def _plain(client: FlaskClient, address: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(io.StringIO(client.get(address).data.decode("utf-8-sig")))


def _told(row: dict[str, str], side: str) -> dict[str, str]:
    return {"Svar": row[f"{side}_denominator"], "Minst grundläggande": row[f"{side}_numerator"]}


def _fine(name: str) -> set[str]:
    first, last = SPANS[Part(name)]
    return {one.value for one in list(FineClass)[first:last]}


def _place(name: str) -> Wanted:
    if name == "Blekinge län":
        return lambda _key: True
    return lambda key: f"Kommun {key[0]}" == name


def _levels(words: str) -> set[Level]:
    return {LEVELS[one] for one in words.split(" och ")}


def targets(found: Attacker) -> Iterator[tuple[str, np.ndarray]]:
    """What must stay unknown where it is small: each kind of thing, alone and with its like."""
    villages = sorted({key[1] for key in found.keys})
    groups: dict[str, list[np.ndarray]] = {
        "village": [found.marks(lambda key, v=v: key[1] == v) for v in villages],
        "age": [found.marks(lambda key, a=a: key[2] is a) for a in AGES.values()],
        "level": [found.marks(lambda key, e=e: key[3] is e) for e in Level],
        "area": [found.marks(lambda key, n=n: n in key[4]) for n in range(5)],
    }
    basic = found.marks(lambda key: key[3] in AT_LEAST)
    everybody = found.marks(lambda _key: True)
    towns = [found.marks(lambda key, c=c: key[0] == c) for c in ("1080", "1081", "1082")]
    for kind, marks in groups.items():
        most = {"village": 4, "area": 1}.get(kind, len(marks))
        for size in range(1, most + 1):
            for chosen in combinations(marks, size):
                together = sum(chosen)
                for part in (everybody, basic, everybody - basic):
                    for town in (everybody, *towns):
                        yield kind, together * part * town


@pytest.mark.parametrize("seed", range(2))
def test_nothing_small_follows_from_all_that_is_published(
    client: FlaskClient, session: Session, seed: int
) -> None:
    VILLAGES.clear()
    rounds = [surveyed(session, day, seed) for day in DAYS]
    hidden = 0
    for made, cells in rounds:
        found = read_everything(client, made, cells)
        for kind, marks in targets(found):
            number = marks @ found.truth
            if 0 < number < K:
                hidden += 1
                assert not found.knows(marks), f"{kind}: {number} persons follow"
    assert hidden > 50
    assert client.get("/maturity").status_code == 200
