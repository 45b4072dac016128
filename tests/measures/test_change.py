"""The causes of a change, exact to the sum."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from outreach.measures.change import Cause, Piece, Split, of_gap, redefined, split
from outreach.measures.rates import UNKNOWN_SHARE, Share, points, total
from tests.measures.strategies import quick


def parts_of(found: Split | None) -> dict[str, float]:
    assert found is not None
    return {cause.value: float(part) for cause, part in found.parts.items() if part}


def test_fewer_dwellings_lift_a_rate_by_ten_points_with_no_new_connection() -> None:
    found = split([Piece(Share(60, 120), Share(60, 100))])
    assert parts_of(found) == {"denominator": 10.0}
    assert found is not None
    assert (found.added_numerator, found.added_denominator) == (0, -20)


def test_new_connections_alone_are_all_of_the_change() -> None:
    found = split([Piece(Share(20, 100), Share(50, 100))])
    assert parts_of(found) == {"numerator": 30.0}
    assert found is not None
    assert found.added_numerator == 30


def test_two_causes_share_what_they_do_together_whoever_is_counted_first() -> None:
    # First connections: 50 to 75 %, then dwellings: 75 to 60 %. The other way round: 50 to 40 %,
    # then 40 to 60 %. The means: +22.5 and -12.5.
    found = split([Piece(Share(50, 100), Share(75, 125))])
    assert parts_of(found) == {"numerator": 22.5, "denominator": -12.5}


def test_a_village_that_begins_to_report_is_the_reporting_sets_cause() -> None:
    found = split([Piece(Share(50, 100), Share(50, 100)), Piece(UNKNOWN_SHARE, Share(0, 100))])
    assert parts_of(found) == {"reporting": -25.0}
    assert found is not None
    assert found.added_numerator == 0
    assert found.villages == {Cause.reclassified: 0, Cause.reporting: 1}


def test_a_village_that_becomes_urban_is_reclassification_on_both_sides() -> None:
    stayed = Share(10, 100)
    moved = Share(90, 100)
    rural = split([Piece(stayed, stayed), Piece(moved, moved, is_inside=False)])
    urban = split([Piece(Share(80, 100), Share(80, 100)), Piece(moved, moved, was_inside=False)])
    assert parts_of(rural) == {"reclassified": -40.0}
    assert parts_of(urban) == {"reclassified": 5.0}
    gap = of_gap(rural, urban)
    assert gap is not None
    assert float(gap[Cause.reclassified]) == -45.0


def test_what_a_new_definition_counts_differently_is_its_own_cause() -> None:
    found = split([Piece(Share(50, 100), Share(60, 100))])
    assert found is not None
    later = redefined(found, Share(55, 110))
    assert parts_of(later) == {"numerator": 10.0, "definition": -10.0}
    assert later is not None
    assert later.total == 100 * (Fraction(55, 110) - Fraction(50, 100)) == 0
    assert redefined(found, Share(0, 0)) is None


def test_an_undefined_rate_has_no_causes() -> None:
    assert split([Piece(Share(0, 0), Share(1, 2))]) is None
    assert split([]) is None
    assert of_gap(None, None) is None


def test_orders_through_an_empty_set_are_left_out() -> None:
    # All rural villages of the first date became urban, and one that is new reports: with the
    # old set and the new sides, nothing is left. So the reporting set comes first.
    left = Piece(Share(20, 100), Share(20, 100), is_inside=False)
    came = Piece(UNKNOWN_SHARE, Share(90, 100))
    found = split([left, came])
    # 20 % to 110 of 200, 55 %; then to 90 %.
    assert parts_of(found) == {"reporting": 35.0, "reclassified": 35.0}


def test_a_change_no_order_can_explain_is_not_divided() -> None:
    # Old dwellings fell to none in the one village, and it left for the other side as well as
    # the new one coming needs both: every order passes through nothing.
    moved_and_new = Piece(UNKNOWN_SHARE, Share(5, 10), was_inside=False)
    left_both = Piece(Share(5, 10), UNKNOWN_SHARE, is_inside=False)
    assert split([moved_and_new, left_both]) is None


counts = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: Share(*pair))
shares = st.one_of(st.just(UNKNOWN_SHARE), counts)
pieces = st.lists(
    st.builds(Piece, start=shares, end=shares, was_inside=st.booleans(), is_inside=st.booleans()),
    max_size=8,
)


def rate_on(found: list[Piece], *, is_end: bool) -> Share:
    return total(
        (piece.end if is_end else piece.start)
        for piece in found
        if (piece.is_inside if is_end else piece.was_inside)
    )


@quick
@given(pieces)
def test_the_parts_add_up_to_the_change_exactly(found: list[Piece]) -> None:
    result = split(found)
    before, after = rate_on(found, is_end=False), rate_on(found, is_end=True)
    if result is None:
        return
    assert (result.start.exact, result.end.exact) == (before.exact, after.exact)
    assert before.exact is not None
    assert after.exact is not None
    assert result.total == 100 * (after.exact - before.exact)
    assert float(result.total) == points(before, after)


@quick
@given(pieces)
def test_the_parts_do_not_depend_on_how_villages_are_grouped_or_ordered(
    found: list[Piece],
) -> None:
    grouped: dict[tuple[bool, ...], list[Piece]] = {}
    for piece in reversed(found):
        key = (piece.start.known, piece.end.known, piece.was_inside, piece.is_inside)
        grouped.setdefault(key, []).append(piece)
    summed = [
        Piece(
            total(one.start for one in group),
            total(one.end for one in group),
            was_inside,
            is_inside,
            len(group),
        )
        for (_, _, was_inside, is_inside), group in grouped.items()
    ]
    assert split(summed) == split(found)


@quick
@given(pieces, pieces)
def test_the_gaps_parts_add_up_to_the_change_of_the_gap(
    rural: list[Piece], urban: list[Piece]
) -> None:
    sides = split(rural), split(urban)
    parts = of_gap(*sides)
    if parts is None or sides[0] is None or sides[1] is None:
        return
    assert sum(parts.values(), Fraction(0)) == sides[0].total - sides[1].total
