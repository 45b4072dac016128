"""Whatever passes to whom, and in what order: no total of a county moves, on any date."""

from datetime import date

from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from sqlalchemy.orm import Session

from outreach.associations.rules import SuccessionKind
from tests.connections import plain_sums
from tests.connections.succession_stories import (
    EVER,
    LAST,
    PassedOn,
    Region,
    Reported,
    Service,
    Story,
    stories,
)

START, END = date(2020, 1, 1), date(2024, 1, 1)
OPEN: Service = ((EVER, None),)
NOT: Service = ()
NOBODY = (NOT, NOT)


def moved(giver: Service, taker: Service, *, to_third: bool = False) -> Story:
    """The first association reports in 2023, the second, that takes its village over, in 2024."""
    steps = [PassedOn(SuccessionKind.MOVE, 0, (1, 1), START)]
    if to_third:
        steps.append(PassedOn(SuccessionKind.MERGE, 1, (2, 2), date(2022, 7, 1)))
    return Story(
        service=((giver, NOT), (taker, NOT), (OPEN, NOT), NOBODY),
        reports=(Reported(0, 1, (3, 0)), Reported(1, 2, (4, 0))),
        steps=tuple(steps),
        last=((1, 0), (2, 0), (3, 0), (4, 0)),
    )


def played(session: Session, story: Story) -> None:
    """Play a story; what is published must not move but by reports."""
    region = Region(session, story)
    known = region.totals()
    for step in story.steps:
        if isinstance(step, Reported):
            region.report(step)
            known = region.totals()
        elif region.play(step):
            assert region.totals() == known, step
    # Once everybody has reported anew, only these reports count, each of them once.
    sums: dict[int, int] = {}
    for number, connected in enumerate(story.last):
        made = region.report(Reported(number, len(region.rounds) - 1, connected))
        for village_id, homes in made.items():
            sums[village_id] = sums.get(village_id, 0) + homes
    totals = region.totals()
    ids = {village.id: number for number, village in enumerate(region.villages)}
    assert sums == {key: totals[LAST, ids[key]].connected for key in sums}


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(story=stories())
# A service that was to end is taken over by one that goes on: its count ends all the same.
@example(story=moved(((EVER, END),), OPEN))
# … also where it goes from hand to hand, and where the giver itself goes on after the end.
@example(story=moved(((EVER, END),), OPEN, to_third=True))
@example(story=moved(((EVER, END), (END, None)), OPEN))
@example(story=moved(((EVER, END), (END, None)), ((EVER, date(2025, 6, 30)),)))
def test_no_succession_changes_a_total_on_any_date(
    app: Flask, session: Session, story: Story
) -> None:
    with session.begin_nested() as savepoint:
        played(session, story)
        savepoint.rollback()
    session.expunge_all()


@settings(
    derandomize=True,
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(story=stories())
@example(story=moved(((EVER, END), (END, None)), ((EVER, date(2025, 6, 30)),)))
def test_the_kept_sums_follow_every_succession(app: Flask, session: Session, story: Story) -> None:
    with session.begin_nested() as savepoint:
        region = Region(session, story)
        region.publish()
        for step in story.steps:
            if not isinstance(step, Reported) and region.play(step):
                assert plain_sums.stored(session) == plain_sums.plain(session), step
        followed = plain_sums.stored(session)
        region.publish()
        assert followed == plain_sums.stored(session)
        savepoint.rollback()
    session.expunge_all()
