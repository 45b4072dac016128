"""Stories of who serves what, who reports when, and what passes to whom; drawn, and played."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import NamedTuple

from flask import current_app
from hypothesis import strategies as st
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from outreach.associations.commands.succession import pass_on, undo
from outreach.associations.listeners import (
    Handed,
    ServedChanged,
    VillagesGivenBack,
    VillagesHanded,
    tell,
)
from outreach.associations.models import ServedVillage, Succession
from outreach.associations.queries.conditions import served_on
from outreach.associations.queries.planning import places_served, planned
from outreach.associations.queries.succession import handed_by
from outreach.associations.rules import SuccessionEntry, SuccessionKind
from outreach.connections.commands.publish import rebuild
from outreach.connections.periods import months_before
from outreach.connections.queries.as_of import Slice
from outreach.connections.queries.status_rows import status_rows
from outreach.connections.rules import VillageState
from outreach.rules import RuleBroken
from tests import factories
from tests.associations.making import BY_STAFF
from tests.connections import making
from tests.factories import NOW, TODAY

DATES = (date(2021, 10, 1), date(2023, 4, 1), date(2024, 10, 1))
LAST = date(2025, 10, 1)
EVER, DAY = date(2015, 1, 1), timedelta(days=1)
VILLAGES, ASSOCIATIONS = 2, 4
KNOWN = (VillageState.REPORTED, VillageState.CARRIED_FORWARD)
# Written once: building these statements takes longer than running them.
PUBLISHED = {
    on: status_rows(Slice(on, months_before(on, 24), making.PERMANENT)) for on in (*DATES, LAST)
}

Service = tuple[tuple[date, date | None], ...]
Connected = tuple[int, ...]
"""How many are connected in each village."""


@dataclass(frozen=True, slots=True)
class Reported:
    """An association reports the villages that it serves on one of DATES."""

    association: int
    round: int
    connected: Connected


@dataclass(frozen=True, slots=True)
class PassedOn:
    """An association's villages pass on; a merger takes all to the first."""

    kind: SuccessionKind
    giver: int
    to: tuple[int, ...]
    on: date


@dataclass(frozen=True, slots=True)
class Undone:
    """One of the successions made so far is undone."""

    which: int


Step = Reported | PassedOn | Undone


@dataclass(frozen=True, slots=True)
class Story:
    """`service` is by association, then village; `last` what all report at the end."""

    service: tuple[tuple[Service, ...], ...]
    reports: tuple[Reported, ...]
    steps: tuple[Step, ...]
    last: tuple[Connected, ...]


class Published(NamedTuple):
    """What is published of a village on a date; of a county, the sums."""

    state: str
    associations: int
    dwellings: int | None
    homes_passed: int | None
    connected: int | None
    active: int | None


# Few days, so that what happens on the same day, the day before or the day after is drawn often.
days = st.sampled_from(
    [date(2020, 1, 1), date(2022, 7, 1), date(2024, 1, 1), date(2025, 6, 30)]
    + [on + near * DAY for on in DATES for near in (-1, 0, 1)]
)
connected = st.tuples(*(st.integers(0, 9) for _ in range(VILLAGES)))
who = st.integers(0, ASSOCIATIONS - 1)
reported = st.builds(Reported, who, st.integers(0, len(DATES) - 1), connected)


@st.composite
def services(draw: st.DrawFn) -> Service:
    """Not at all, ever since, from a day on, until a day, or with a pause."""
    first, second, third = sorted(draw(st.tuples(days, days, days)))
    choices: list[Service] = [
        (),
        ((EVER, None),),
        ((first, None),),
        ((EVER, first),),
        ((first, second + DAY),),
        ((EVER, first), (second, None)) if first < second else ((EVER, None),),
        ((first, second + DAY), (third + DAY, None)),
    ]
    return draw(st.sampled_from(choices))


@st.composite
def passed_on(draw: st.DrawFn) -> PassedOn:
    """Some kind of succession on some day; whether the register allows it shows when played."""
    giver, *others = draw(st.permutations(range(ASSOCIATIONS)))
    to = tuple(draw(st.sampled_from(others)) for _ in range(VILLAGES))
    return PassedOn(draw(st.sampled_from(SuccessionKind)), giver, to, draw(days))


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Up to six steps over two villages and four associations."""
    step = st.one_of(passed_on(), passed_on(), st.builds(Undone, st.integers(0, 5)), reported)
    first_reports = [
        Reported(association, number, draw(connected))
        for number in range(len(DATES))
        for association in range(ASSOCIATIONS)
        if draw(st.booleans())
    ]
    return Story(
        tuple(tuple(draw(services()) for _ in range(VILLAGES)) for _ in range(ASSOCIATIONS)),
        tuple(first_reports),
        tuple(draw(st.lists(step, min_size=1, max_size=6))),
        tuple(draw(connected) for _ in range(ASSOCIATIONS)),
    )


class Region:
    """A story's villages and associations, in the database."""

    def __init__(self, session: Session, story: Story) -> None:
        self.session = session
        self.is_published = False
        self.numbers = count(1)
        self.villages = [factories.village(session, f"By {n}") for n in range(VILLAGES)]
        self.associations = [
            factories.association(session, f"Fiber {n}") for n in range(ASSOCIATIONS)
        ]
        self.rounds = [factories.reporting_round(session, on) for on in (*DATES, LAST)]
        for association, of in zip(self.associations, story.service, strict=True):
            for village, service in zip(self.villages, of, strict=True):
                for start, end in service:
                    session.add(
                        ServedVillage(
                            association_id=association.id,
                            village_id=village.id,
                            valid_from=start,
                            valid_to=end,
                        )
                    )
        session.flush()
        for one in story.reports:
            self.report(one)

    def report(self, of: Reported) -> dict[int, int]:
        """Report all villages served on the round's date; how many are connected in each."""
        association, in_round = self.associations[of.association], self.rounds[of.round]
        served = set(
            self.session.scalars(
                select(ServedVillage.village_id).where(
                    ServedVillage.association_id == association.id,
                    served_on(in_round.reference_date),
                )
            )
        )
        counts = [
            (village, making.Counts(100, 10 + number, number, number // 2))
            for village, number in zip(self.villages, of.connected, strict=True)
            if village.id in served
        ]
        made = making.report(self.session, association, in_round)
        making.version(self.session, made, counts=counts, number=next(self.numbers))
        return {village.id: figures.connected or 0 for village, figures in counts}

    def play(self, step: PassedOn | Undone) -> bool:
        """Whether the register allowed it."""
        try:
            with self.session.begin_nested():
                self._undo(step) if isinstance(step, Undone) else self._pass_on(step)
        except RuleBroken:
            self.session.expire_all()
            return False
        return True

    def _pass_on(self, step: PassedOn) -> None:
        giver = self.associations[step.giver]
        served = {one.village_id for one in places_served(self.session, giver.id, on=step.on)}
        goes = {
            village.id: self.associations[to].id
            for village, to in zip(self.villages, step.to, strict=True)
            if village.id in served
        }
        is_merger = step.kind is SuccessionKind.MERGE
        if not is_merger:
            plans = planned(self.session, giver.id, goes, on=step.on)
            goes = {one.village_id: one.to_association_id for one in plans if not one.obstacle}
        entry = SuccessionEntry(
            step.kind,
            step.on,
            "Stämmobeslut",
            into=self.associations[step.to[0]].id if is_merger else None,
            villages=() if is_merger else tuple(goes.items()),
        )
        made = pass_on(self.session, giver.id, entry, today=TODAY, by=BY_STAFF)
        assert made is not None
        handed = handed_by(self.session, made.id)
        change = VillagesHanded(handed, user_id=None, at=NOW)
        tell(current_app, self.session, change=change)
        self._tell_served(handed)

    def _undo(self, step: Undone) -> None:
        made = self.session.scalars(select(Succession).order_by(Succession.id)).all()
        if not made:
            raise RuleBroken("succession", "undone_already")
        one = made[step.which % len(made)]
        handed = handed_by(self.session, one.id)
        change = VillagesGivenBack(handed, user_id=None, at=NOW)
        tell(current_app, self.session, change=change)
        undo(self.session, one.association_id, one.id, by=BY_STAFF)
        self._tell_served(handed)

    def _tell_served(self, handed: tuple[Handed, ...]) -> None:
        """As the pages do it, so that what is published follows; where anything is."""
        ids = tuple(sorted({one.village_id for one in handed}))
        if self.is_published and ids:
            tell(current_app, self.session, change=ServedChanged(ids, at=NOW))

    def publish(self) -> None:
        """Publish all, as after a release, and from then on follow each succession."""
        self.is_published = True
        rebuild(self.session, carry_forward_months=24, at=NOW)

    def totals(self) -> dict[tuple[date, int], Published]:
        """What is published of each village on each date."""
        self.session.flush()
        return {
            (on, self._number(row)): _published(row)
            for on, rows in PUBLISHED.items()
            for row in self.session.execute(rows)
        }

    def _number(self, row: Row[tuple[object, ...]]) -> int:
        return [village.id for village in self.villages].index(row._mapping["village_id"])


def _published(row: Row[tuple[object, ...]]) -> Published:
    state = "known" if row.state in KNOWN else row.state.value
    return Published(
        state, row.associations, row.dwellings, row.homes_passed, row.connected, row.active
    )
