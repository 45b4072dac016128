"""What is withheld where a figure stays, grows or comes anew from one date to the next."""

from outreach.measures.disclosure import (
    Cell,
    Part,
)
from outreach.measures.rates import Measure
from tests.measures.regions import FIRST, SECOND, THIRD, cell
from tests.measures.withholding import OUTSIDE, SMAORT, on, parts, solid, withheld_from


def test_a_figure_carried_forward_is_withheld_on_all_its_dates() -> None:
    # 47 of 50 is too close to all of them; 47 of 60, on the next date, would give it away.
    cells = [
        *(cell(v, 100, 80, 60, 40, day=day) for v in (2, 3, 4) for day in (FIRST, SECOND)),
        cell(1, 50, 47, 20, 10, day=FIRST),
        cell(1, 60, 47, 20, 10, day=SECOND),
    ]
    withheld = withheld_from(cells)
    assert withheld.hides_village(1, FIRST)
    assert withheld.hides_village(1, SECOND)


def test_company_whose_figure_stays_is_the_same_on_both_dates() -> None:
    first = [cell(1, 50, 47, 20, 10), *solid(2, 4)]
    withheld = withheld_from(first + on(first, SECOND))
    assert withheld.villages == {(1, FIRST), (1, SECOND), (2, FIRST), (2, SECOND)}


def test_a_village_is_shown_again_when_its_figures_have_grown() -> None:
    cells = [
        cell(1, 50, 3, 0, 0, day=FIRST),
        cell(1, 50, 30, 20, 10, day=SECOND),
        *(cell(v, 100, 80, 60, 40, day=FIRST) for v in (2, 3)),
        *(cell(v, 100, 90, 70, 50, day=SECOND) for v in (2, 3)),
    ]
    withheld = withheld_from(cells)
    assert withheld.villages == {(1, FIRST), (2, FIRST)}


def stay_and_newcomer() -> list[Cell]:
    """Two are withheld and stay as they are, so the newcomer is the difference of two sums."""
    first = [cell(1, 50, 47, 20, 10), cell(2, 50, 46, 20, 10), *solid(3, 3)]
    return [*first, *on(first, SECOND), cell(9, 50, 47, 20, 10, day=SECOND)]


def test_a_newcomer_is_not_given_away_by_the_sum_of_the_date_before() -> None:
    # Nobody else has new figures to hide it, so the second date's sum is withheld.
    withheld = withheld_from(stay_and_newcomer())
    assert withheld.hides_sum("1080", SECOND, part=Part.total, measure=Measure.coverage)
    assert not withheld.hides_sum("1080", FIRST, part=Part.total, measure=Measure.coverage)


def test_a_newcomer_hides_behind_another_with_new_figures() -> None:
    other = [cell(7, 90, 50, 20, 10, day=FIRST), cell(7, 90, 60, 20, 10, day=SECOND)]
    withheld = withheld_from([*stay_and_newcomer(), *other])
    assert withheld.hides_village(7, SECOND)
    assert not withheld.hides_village(7, FIRST)
    assert not withheld.sums


def test_company_that_reported_again_is_preferred_to_company_that_was_shown_before() -> None:
    first = [*solid(2, 2), cell(1, 50, 30, 20, 10)]
    second = [
        *on(solid(2, 2), SECOND),
        cell(1, 50, 3, 0, 0, day=SECOND),
        cell(7, 300, 200, 100, 50, day=SECOND),
    ]
    assert withheld_from(first + second).villages == {(1, SECOND), (7, SECOND)}


def test_a_figure_that_stays_while_the_village_changes_class_stays_withheld() -> None:
    cells = [
        cell(1, 50, 47, 20, 10, day=FIRST, fine_class=SMAORT),
        cell(1, 50, 47, 20, 10, day=SECOND, fine_class=OUTSIDE),
        *(one for day in (FIRST, SECOND) for one in on(solid(2, 3, fine_class=SMAORT), day)),
        *(one for day in (FIRST, SECOND) for one in on(solid(7, 3), day)),
    ]
    withheld = withheld_from(cells)
    assert {(1, FIRST), (1, SECOND)} <= withheld.villages
    assert Part.total not in parts(withheld, "1080")
    assert Part.scb_rural not in parts(withheld, "1080")


def test_a_figure_with_a_date_missing_in_between_stays_withheld() -> None:
    cells = [
        cell(1, 50, 47, 20, 10, day=FIRST),
        cell(1, 70, 47, 20, 10, day=THIRD),
        *(one for day in (FIRST, SECOND, THIRD) for one in on(solid(2, 3), day)),
    ]
    assert {(1, FIRST), (1, THIRD)} <= withheld_from(cells).villages
