"""Whether villages near each other are alike, against cases worked out by hand."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from outreach.measures.spatial import Cluster, false_discovery, local, moran, nearest
from tests.measures.strategies import quick

LINE = [(float(east), 0.0) for east in range(4)]


def test_the_nearest_on_a_line_are_the_ones_beside() -> None:
    # The first of two equally near is taken.
    assert nearest(LINE, count=1).tolist() == [[1], [0], [1], [2]]
    assert sorted(nearest(LINE, count=2)[1].tolist()) == [0, 2]


def test_nobody_has_more_neighbours_than_there_are_others() -> None:
    with pytest.raises(ValueError, match="not enough"):
        nearest(LINE, count=4)


def test_many_points_have_the_same_neighbours_as_one_by_one() -> None:
    points = [tuple(point) for point in np.random.default_rng(1).random((1_100, 2)).tolist()]
    found = nearest(points, count=3)
    for index in (0, 511, 512, 1_099):
        apart = [(points[index][0] - x) ** 2 + (points[index][1] - y) ** 2 for x, y in points]
        apart[index] = float("inf")
        assert found[index].tolist() == sorted(range(len(points)), key=apart.__getitem__)[:3]


def test_morans_i_of_four_villages_in_pairs_by_hand() -> None:
    # 1, 1, 0, 0 in two pairs: every neighbour is equal, so I is 1. Alternating: -1.
    pairs = np.array([[1], [0], [3], [2]])
    assert _index([1, 1, 0, 0], pairs) == pytest.approx(1)
    assert _index([1, 0, 1, 0], pairs) == pytest.approx(-1)


def test_morans_i_of_a_line_by_hand() -> None:
    # Deviations -1.5, -0.5, 0.5, 1.5; neighbours' means -0.5, -0.5, 0.5, 0.5 with two of them
    # (1, 2), (0, 2), (1, 3), (1, 2): 0, -0.5, 0.5, 0. Sum of products 0.25 + 0.25, of squares 5.
    two = np.array([[1, 2], [0, 2], [1, 3], [1, 2]])
    assert _index([0, 1, 2, 3], two) == pytest.approx(0.5 / 5)


def _index(values: Sequence[float], neighbours: np.ndarray) -> float:
    found = moran(values, neighbours, permutations=9)
    assert found is not None
    assert found.expected == pytest.approx(-1 / 3)
    return found.index


def test_the_local_figures_mean_is_the_global_one() -> None:
    chance = np.random.default_rng(5)
    points = [tuple(point) for point in chance.random((60, 2)).tolist()]
    values = chance.random(60).tolist()
    neighbours = nearest(points)
    whole, parts = moran(values, neighbours), local(values, neighbours)
    assert whole is not None
    assert parts is not None
    assert np.mean([part.index for part in parts]) == pytest.approx(whole.index)


def test_equal_values_have_no_pattern() -> None:
    neighbours = nearest(LINE, count=1)
    assert moran([3, 3, 3, 3], neighbours) is None
    assert local([3, 3, 3, 3], neighbours) is None


def _grid(side: int) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x in range(side) for y in range(side)]


def test_a_region_of_two_halves_has_a_high_and_a_low_cluster() -> None:
    points = _grid(10)
    values = [0.9 if x < 5 else 0.3 for x, _ in points]
    values[points.index((0.0, 0.0))] = 0.1
    neighbours = nearest(points)
    whole = moran(values, neighbours)
    assert whole is not None
    assert whole.index > 0.7
    assert whole.p == 0.001
    found = local(values, neighbours)
    assert found is not None
    clusters = {point: one.cluster for point, one in zip(points, found, strict=True)}
    assert clusters[2.0, 5.0] is Cluster.high
    assert clusters[8.0, 5.0] is Cluster.low
    assert clusters[0.0, 0.0] is Cluster.low_among_high


def test_a_high_village_among_low_ones_is_told_apart() -> None:
    points = _grid(10)
    values = [0.9 if x < 5 else 0.3 for x, _ in points]
    values[points.index((9.0, 9.0))] = 1.0
    found = local(values, nearest(points))
    assert found is not None
    assert found[-1].cluster is Cluster.high_among_low


def test_chance_alone_seldom_makes_a_cluster() -> None:
    points = _grid(8)
    neighbours = nearest(points)
    named = 0
    for seed in range(20):
        values = np.random.default_rng(seed).random(64).tolist()
        found = local(values, neighbours)
        assert found is not None
        named += any(one.cluster is not Cluster.none for one in found)
    # A false discovery rate of 10 % with nothing to discover: about two of twenty regions.
    assert named <= 4


def test_everybody_gets_the_same_answer() -> None:
    points = _grid(6)
    values = np.random.default_rng(3).random(36).tolist()
    assert local(values, nearest(points)) == local(values, nearest(points))
    assert moran(values, nearest(points)) == moran(values, nearest(points))


def test_false_discovery_by_hand() -> None:
    # 4 values: 0.01*4/1, 0.02*4/2, 0.03*4/3 all 0.04; 0.5*4/4.
    assert false_discovery([0.03, 0.01, 0.5, 0.02]).tolist() == pytest.approx(
        [0.04, 0.04, 0.5, 0.04]
    )


@quick
@given(st.lists(st.floats(0.001, 1.0), min_size=1, max_size=30))
def test_false_discovery_is_what_scipy_makes_of_it(ps: list[float]) -> None:
    assert false_discovery(ps).tolist() == pytest.approx(false_discovery_control(ps).tolist())
