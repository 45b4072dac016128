"""Two regions that must look alike from outside, though what is withheld differs between them.

Whatever is withheld is moved about in the second: between villages, half-years, ages and levels,
so that each sum that may be shown stays as it was. Who reads all that is public can't tell which
of the two it is, so nothing that differs can be derived, by whatever method.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from outreach.associations.models import Association
from outreach.connections.models import ConnectionCount, ReportingRound, VillageStatus
from outreach.maturity.commands.answers import answer_row
from outreach.maturity.models import SurveyAnswer
from outreach.maturity.queries.rounds import RoundRow
from outreach.maturity.rules import AnswerEntry, Person, StoredPlace
from outreach.measures.digcomp import DigCompArea
from outreach.measures.maturity import AgeGroup, Level, Sex
from outreach.measures.rates import Counts
from outreach.places.models import Village
from outreach.training import rules
from outreach.training.models import Programme
from outreach.training.register_rules import ProgrammeKind
from outreach.training.session_models import (
    SessionCheck,
    SessionCount,
    SessionTopic,
    TrainingSession,
)
from tests import factories
from tests.associations.test_register_pages import commitment
from tests.connections import making
from tests.factories import At
from tests.gap.rows import TATORT, place, publish, sum_up
from tests.gap.test_reach import held
from tests.maturity.making import QUESTIONNAIRE, closed, survey_round
from tests.official.test_pages import stored as official

DAYS = (date(2024, 10, 1), date(2025, 10, 1))
SURVEYS = (date(2024, 3, 15), date(2025, 3, 15))
TOWNS = {"1080": "Karlskrona", "1081": "Ronneby", "1082": "Karlshamn"}
FEW, FEWER, MANY, MORE = "Ett", "Två", "Tre", "Fyra"
"""The villages of each municipality. The first two are small, the others not."""

REPORTED = {
    FEW: Counts(60, 40, 3, 2),
    FEWER: Counts(64, 44, 2, 1),
    MANY: Counts(120, 90, 50, 40),
    MORE: Counts(400, 300, 200, 150),
}
MOVED = {
    FEW: Counts(60, 41, 2, 1),
    FEWER: Counts(64, 43, 3, 2),
}
"""The same sums, otherwise divided between the two that are not shown."""


@dataclass
class Region:
    """What the tests need to find again."""

    villages: dict[tuple[str, str], Village] = field(default_factory=dict)
    organisation: int = 0
    associations: list[int] = field(default_factory=list)
    commitment: int = 0
    rounds: list[RoundRow] = field(default_factory=list)
    programmes: list[int] = field(default_factory=list)
    held: dict[tuple[str, str, int, int], int] = field(default_factory=dict)
    """Sessions by municipality, village, year and half."""


def first_world(session: Session) -> Region:
    """Three municipalities of four villages: reports, sessions and surveys at two times each.

    What others publish of the municipalities is the same in both worlds.
    """
    found = Region()
    for step, (code, name) in enumerate(TOWNS.items()):
        for number, short in enumerate(REPORTED):
            found.villages[code, short] = place(
                session,
                f"{name} {short}",
                municipality_code=code,
                municipality=name,
                settlement_class=TATORT if short == MORE else factories.OUTSIDE,
                at=At(500_000 + 9_000 * step, 6_240_000 + 4_000 * number),
            )
    _associate(session, found)
    for day in DAYS:
        _report(session, found, day)
        told = [f"{code};{day.year};{50 + day.year % 10}" for code in TOWNS]
        for series in ("PTS-CONNECTED", "PTS-PASSED"):
            official(session, *told, series=series)
    _hold(session, found)
    for day in SURVEYS:
        found.rounds.append(survey_round(session, day))
        _answer(session, found.rounds[-1], found, _answers())
        closed(session, found.rounds[-1])
    session.flush()
    return found


def second_world(session: Session, found: Region) -> None:
    """Make it the other one, in its place."""
    by_id = {village.id: key for key, village in found.villages.items()}
    for table in (VillageStatus, ConnectionCount):
        for row in session.scalars(select(table).where(table.village_id.in_(by_id))):
            moved = MOVED.get(by_id[row.village_id][1])
            if moved is not None:
                row.homes_passed, row.connected = moved.homes_passed, moved.connected
                row.active = moved.active
    session.flush()
    sum_up(session)
    _hold_otherwise(session, found)
    for each in found.rounds:
        session.execute(delete(SurveyAnswer).where(SurveyAnswer.round_id == each.id))
        _answer(session, each, found, _otherwise(_answers()))
    session.flush()


def _associate(session: Session, found: Region) -> None:
    for code, name in TOWNS.items():
        theirs = [one for (of, _), one in found.villages.items() if of == code]
        made = factories.association(session, f"{name} fiber", serving=theirs)
        found.associations.append(made.id)
    by = session.get_one(Association, found.associations[0])
    found.commitment = commitment(session, by).id


def _report(session: Session, found: Region, day: date) -> None:
    for (_, short), village in found.villages.items():
        publish(
            session,
            village,
            REPORTED[short],
            on=day,
            settlement_class=TATORT if short == MORE else factories.OUTSIDE,
            inhabitants=3500 if short == MORE else 90,
        )
    in_round = session.scalars(
        select(ReportingRound).where(ReportingRound.reference_date == day)
    ).one()
    for number, code in zip(found.associations, TOWNS, strict=True):
        counts = [
            (one, making.Counts(c.dwellings, c.homes_passed, c.connected, c.active))
            for (of, short), one in found.villages.items()
            if of == code
            for c in (REPORTED[short],)
        ]
        making.approved(session, session.get_one(Association, number), in_round, counts=counts)


# What was held: in each half-year and village a session, small in the small villages.

LEARNERS = {FEW: (3, 2), FEWER: (2, 4), MANY: (12, 25), MORE: (30, 41)}
"""In spring and in autumn."""
AGED = (
    (rules.Who.LEARNERS, rules.AgeGroup.FROM_65),
    (rules.Who.HELPERS, rules.AgeGroup.TO_24),
)
OF_KNOWN_AGE = {
    *((code, FEW, half) for code in ("1080", "1081") for half in (0, 1)),
    ("1080", FEWER, 0), ("1081", FEWER, 0),
}  # fmt: skip
"""Where somebody counted by age: three of each in one municipality, four in another."""
TWO_OF_AN_AGE = ("1081", FEW, 0)
OF_ANOTHER_AGE = {("1080", FEW, 0): 2, TWO_OF_AN_AGE: 1}
HALVES = (timedelta(days=40), timedelta(days=300))


def _hold(session: Session, found: Region) -> None:
    by = factories.organisation(session)
    found.organisation = by.id
    found.programmes = [_programme(session, name) for name in ("Pilot", "Stor")]
    for (code, short), village in found.villages.items():
        for year in (2023, 2024):
            for half, learners in enumerate(LEARNERS[short]):
                number = held(session, by, village, learners, on=date(year, 1, 1) + HALVES[half])
                found.held[code, short, year, half] = number
                row = session.get_one(TrainingSession, number)
                row.programme_id = _of_programme(found, code, short)
                row.before_answered = row.after_answered = learners
                session.add(SessionTopic(session_id=number, area=DigCompArea.SAFETY))
                session.add(
                    SessionCheck(
                        session_id=number,
                        area=DigCompArea.SAFETY,
                        before_managed=1,
                        after_managed=learners - 1,
                    )
                )
                if code == "1082" or (code, short, half) in OF_KNOWN_AGE:
                    few = 2 if (code, short, half) == TWO_OF_AN_AGE else 1
                    people = learners if code == "1082" else few
                    session.add_all(_count(number, who, age, people) for who, age in AGED)
    session.flush()


def _of_programme(found: Region, code: str, short: str) -> int | None:
    """The first is of one small village alone, so that each half-year is small."""
    if code != "1080" or short == FEWER:
        return None
    return found.programmes[0 if short == FEW else 1]


def _programme(session: Session, name: str) -> int:
    made = Programme(
        name=name,
        kind=ProgrammeKind.OTHER,
        county_code="10",
        ends_on=date(2024, 12, 31),
        created_at=factories.NOW,
        updated_at=factories.NOW,
    )
    session.add(made)
    session.flush()
    return made.id


def _count(number: int, who: rules.Who, age: rules.AgeGroup, people: int) -> SessionCount:
    return SessionCount(session_id=number, who=who, age_group=age, sex=rules.Sex.ALL, people=people)


def _hold_otherwise(session: Session, found: Region) -> None:
    """One learner of each small session into the other small village's, and into the other half.

    What no page ever tells of single sessions is changed as it comes.
    """
    for (code, short, _, half), number in found.held.items():
        row = session.get_one(TrainingSession, number)
        row.waiting_list, row.leaders, row.volunteers, row.volunteer_minutes = 3, 2, 1, 90
        row.first_timers, row.notes = 1, "Trångt"
        if short in {FEW, FEWER}:
            more = (short == FEW) == (half == 0)
            learners = LEARNERS[short][half] + (1 if more else -1)
            row.learners = row.head_count = learners
            check = session.get_one(SessionCheck, (number, DigCompArea.SAFETY))
            check.before_managed, check.after_managed = 0, 1
        if (code, short, half) in OF_ANOTHER_AGE:
            for who, age in AGED:
                counted = session.get_one(SessionCount, (number, who, age, rules.Sex.ALL))
                counted.people = OF_ANOTHER_AGE[code, short, half]
    session.flush()


# What was answered.


@dataclass(frozen=True, slots=True)
class Answer:
    """One person in a survey."""

    code: str
    short: str
    age: AgeGroup
    sex: Sex
    level: Level
    areas: frozenset[int] = frozenset()


ALL = frozenset(range(5))


def _answers() -> list[Answer]:
    """Two municipalities with few of some ages, levels and areas, and one with many of each."""
    young, old = AgeGroup.from_25, AgeGroup.from_65
    rows = []
    for code, unassessed, none, elders in (("1080", 2, 0, 2), ("1081", 1, 1, 4)):
        at = Answer(code, MANY, young, Sex.woman, Level.basic, ALL)
        rows += [at] * 12
        rows += [replace(at, short=MORE)] * 20
        rows += [replace(at, age=old)] * elders
        rows += [replace(at, level=Level.low, areas=frozenset(range(4)))] * 6
        rows += [replace(at, level=Level.not_assessed, areas=frozenset())] * unassessed
        rows += [replace(at, level=Level.no_skills, areas=frozenset())] * none
        rows += [replace(at, level=Level.narrow, areas=frozenset({0, 1, 2}))]
        rows += [replace(at, level=Level.narrow, areas=frozenset({0, 1, 3}))]
        rows += [replace(at, short=FEW)] * 3 + [replace(at, short=FEWER)] * 2
    many = Answer("1082", MANY, young, Sex.woman, Level.basic, ALL)
    for level, areas in (
        (Level.basic, ALL), (Level.not_assessed, frozenset()), (Level.no_skills, frozenset()),
        (Level.narrow, frozenset({0, 1, 2})), (Level.narrow, frozenset({0, 1, 3})),
    ):  # fmt: skip
        rows += [replace(many, level=level, areas=areas, sex=Sex.man)] * 14
        rows += [replace(many, level=level, areas=areas, age=old, short=MORE)] * 14
    return rows


def _otherwise(rows: list[Answer]) -> list[Answer]:
    """The same answers, changed in pairs so that whatever may be shown stays."""
    found = list(rows)
    old = AgeGroup.from_65
    for here, there in (("1080", "1081"),):
        # An age, a level and an area of competence change places between two municipalities.
        _swap(found, _at(here, Level.basic, age=old), _at(there, Level.basic), "age")
        _swap(found, _at(here, Level.not_assessed), _at(there, Level.no_skills), "level")
        one, other = (
            replace(_at(code, Level.narrow), areas=frozenset({0, 1, last}))
            for code, last in ((here, 2), (there, 3))
        )
        _swap(found, one, other, "areas")
    for code in ("1080", "1081"):
        # A person of each kind moves between the two small villages.
        one = next(i for i, a in enumerate(found) if (a.code, a.short) == (code, FEW))
        found[one] = replace(found[one], short=FEWER)
    return found


def _at(code: str, level: Level, age: AgeGroup = AgeGroup.from_25) -> Answer:
    areas = ALL if level is Level.basic else frozenset[int]()
    return Answer(code, MANY, age, Sex.woman, level, areas)


def _swap(rows: list[Answer], one: Answer, other: Answer, name: str) -> None:
    first, second = rows.index(one), rows.index(other)
    rows[first] = replace(one, **{name: getattr(other, name)})
    rows[second] = replace(other, **{name: getattr(one, name)})


def _answer(session: Session, of: RoundRow, found: Region, rows: list[Answer]) -> None:
    values = []
    for row in rows:
        village = found.villages[row.code, row.short]
        kept = StoredPlace(row.code, village.id, "tatort_large" if row.short == MORE else "outside")
        entry = AnswerEntry(Person(village.id, row.code, row.age, row.sex), _done(row))
        values.append(answer_row(of.id, entry, place=kept, questionnaire=QUESTIONNAIRE))
    session.execute(insert(SurveyAnswer), values)


def _done(row: Answer) -> frozenset[str] | None:
    if row.level is Level.not_assessed:
        return None
    firsts = [next(iter(QUESTIONNAIRE.of(area))).code for area in DigCompArea]
    return frozenset(firsts[area] for area in row.areas)


def files_of_staff(found: Region) -> Iterator[str]:
    """Where those who may see them find counts that differ."""
    for day in DAYS:
        yield f"/gap/villages.csv?area=10&date={day}&view=internal"
    yield "/gap/reach/ages.csv?area=1080&view=internal"
    yield f"/programmes/{found.programmes[0]}"
    yield "/sessions.csv"
