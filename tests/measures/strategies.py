"""Hypothesis strategies for counts that could have been reported."""

from collections.abc import Iterable

from hypothesis import settings
from hypothesis import strategies as st

from outreach.measures.classes import FineClass
from outreach.measures.disclosure import Cell
from outreach.measures.rates import Counts, Measure, Share, rate, total
from tests.measures.regions import FIRST, SECOND, THIRD, cell

quick = settings(max_examples=60, deadline=None)
"""Enough examples to trust, and no time limit for one of them on a busy machine."""


@st.composite
def known_counts(draw: st.DrawFn, *, most: int = 500) -> Counts:
    """Counts that are all known and in order: active, connected, passed, dwellings."""
    dwellings = draw(st.integers(0, most))
    passed = draw(st.integers(0, dwellings))
    connected = draw(st.integers(0, passed))
    return Counts(dwellings, passed, connected, draw(st.integers(0, connected)))


@st.composite
def any_counts(draw: st.DrawFn) -> Counts:
    """Counts of which any may be unknown."""
    whole = draw(known_counts())
    hidden = draw(st.sets(st.sampled_from(("dwellings", "passed", "connected", "active"))))
    return Counts(
        None if "dwellings" in hidden else whole.dwellings,
        None if "passed" in hidden else whole.homes_passed,
        None if "connected" in hidden else whole.connected,
        None if "active" in hidden else whole.active,
    )


@st.composite
def regions(draw: st.DrawFn) -> list[Cell]:
    """A few villages of two classes in up to three municipalities, on up to three dates."""
    cells = []
    for village in range(draw(st.integers(1, 9))):
        municipality = draw(st.sampled_from(("1080", "1081", "1082")))
        fine_class = draw(st.sampled_from((FineClass.smaort, FineClass.outside)))
        counts = draw(known_counts(most=20))
        for day in (FIRST, SECOND, THIRD)[: draw(st.integers(1, 3))]:
            if draw(st.booleans()):
                counts = draw(known_counts(most=20))
            cells.append(
                cell(
                    village,
                    counts.dwellings,
                    counts.homes_passed,
                    counts.connected,
                    counts.active,
                    municipality=municipality,
                    fine_class=fine_class,
                    day=day,
                )
            )
    return cells


def area_rate(places: Iterable[Counts], measure: Measure) -> Share:
    """An area's rate: sum the counts, then divide."""
    return total(rate(counts, measure) for counts in places)
