"""Lines over time: what stands at their beginnings can be read."""

import re
from datetime import date

import pytest

from outreach.gap.charts import series
from outreach.gap.charts.specs import Line, NotedSpec, SeriesSpec
from outreach.web.charts.widths import Width

DAYS = (date(2024, 10, 1), date(2025, 10, 1), date(2026, 10, 1))


def first_heights(*shares: float) -> list[float]:
    """How far down the first value of each level line stands."""
    lines = tuple(
        Line(
            name=f"line {at}",
            colour="#123456",
            has_rings=False,
            shares=(share,) * 3,
            first=f"first {at}",
            last=f"last {at}",
        )
        for at, share in enumerate(shares)
    )
    spec = SeriesSpec("", DAYS, (), (), lines, None, "")
    svg = series.draw(spec, Width.WIDE).svg("lines").decode()
    return [
        float(found)
        for at in range(len(shares))
        for found in re.findall(rf'y="([\d.]+)"[^>]*>first {at}<', svg)
    ]


@pytest.mark.parametrize("shares", [(0.843, 0.802), (0.802, 0.843), (0.5, 0.49)])
def test_the_first_values_of_two_close_lines_stand_apart(shares: tuple[float, float]) -> None:
    one, other = first_heights(*shares)
    assert abs(one - other) > 20
    assert (one < other) == (shares[0] > shares[1])


def test_of_lines_far_apart_both_first_values_stand_above() -> None:
    one, other = first_heights(0.9, 0.3)
    alone = first_heights(0.3)
    assert [other] == alone
    assert one < other


def test_flags_of_close_breaks_stand_above_each_other_and_on_the_sheet() -> None:
    line = Line("line", "#123456", has_rings=False, shares=(0.1, 0.2, 0.3), first="", last="")
    flags = ((date(2025, 6, 1), "a series break 1"), (date(2025, 12, 1), "a series break 2"))
    spec = SeriesSpec("", DAYS, (), (), (line,), None, "", breaks=flags)
    svg = series.draw(spec, Width.NARROW).svg("lines").decode()
    places = [
        tuple(map(float, re.search(rf'x="([\d.]+)" y="([\d.]+)"[^>]*>{text}<', svg).groups()))
        for _, text in flags
    ]
    (first, higher), (second, lower) = places
    assert first < second < 360 - 90
    assert lower - higher == series.FLAG_LEADING


@pytest.mark.parametrize("label", ["The gap has shrunk", "The gap has shrunk."])
def test_what_is_read_out_ends_each_sentence_once(label: str) -> None:
    picture = SeriesSpec(label, DAYS, (), (), (), None, "")
    assert NotedSpec(picture, "Compare with care.").label == (
        "The gap has shrunk. Compare with care."
    )
