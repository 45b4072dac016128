"""The reporting form: what it makes of what is typed, village by village."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.connections.forms.report import ReportForm
from outreach.connections.forms.typed import Typed, all_unchanged, typed_from, typed_in
from outreach.connections.queries.grid import GridRow
from outreach.connections.rules import CountEntry, CountFigures, DwellingsSource, ReportEntry
from outreach.measures.classes import DwellingType

PERMANENT = DwellingType("permanent")
LAST = CountFigures(100, 80, 60, 40)


def row(
    village_id: int = 1,
    *,
    last: CountFigures | None = LAST,
    register: int | None = 100,
    source: DwellingsSource = DwellingsSource.REPORTER,
) -> GridRow:
    return GridRow(
        village_id,
        f"1080-by-{village_id}",
        f"By {village_id}",
        "Karlskrona",
        PERMANENT,
        register,
        last,
        date(2025, 10, 1) if last else None,
        source,
    )


def typed(village_id: int = 1, **texts: str) -> dict[str, str]:
    return {f"v{village_id}-permanent-{name}": text for name, text in texts.items()}


def form_of(texts: dict[str, str], *rows: GridRow) -> ReportForm:
    return ReportForm(rows or (row(),), typed_in(texts))


def entry_of(texts: dict[str, str], *rows: GridRow) -> ReportEntry:
    entry = form_of(texts, *rows).check()
    assert entry is not None
    return entry


@pytest.fixture(autouse=True)
def _words(app: object) -> None:
    """Sentences are looked up in the catalogue of a running application."""


def test_numbers_become_an_entry() -> None:
    texts = typed(dwellings="105", homes_passed="1 00", connected="62", active="")
    form = form_of(texts | typed(homes_passed="85"))
    assert form.check() == ReportEntry((CountEntry(1, PERMANENT, CountFigures(105, 85, 62, None)),))


def test_blank_dwellings_mean_the_registers() -> None:
    [count] = entry_of(typed(homes_passed="85", connected="62", active="40")).counts
    assert (count.figures.dwellings, count.dwellings_source) == (100, DwellingsSource.REGISTER)


def test_blank_dwellings_without_a_register_stay_unknown() -> None:
    [count] = entry_of(typed(homes_passed="80", connected="62"), row(register=None)).counts
    assert count.figures == CountFigures(homes_passed=80, connected=62)


def test_a_village_left_blank_is_not_reported() -> None:
    entry = entry_of(typed(1, homes_passed="80", connected="60"), row(1), row(2))
    assert [count.village_id for count in entry.counts] == [1]


def test_a_figure_left_out_that_was_known_asks_for_a_reason() -> None:
    form = form_of(typed(connected="62"))
    assert form.check() is None
    (said,) = (message for element, message in form.errors if element == "v1-permanent-reason")
    assert "Kan anslutas. 80 senast, tomt nu." in said
    [count] = entry_of(typed(connected="62", reason="Nätägaren svarar inte")).counts
    assert count.figures == CountFigures(100, None, 62, None)


def test_a_form_with_nothing_in_it_is_refused() -> None:
    form = form_of({"comment": "Hej"})
    assert form.check() is None
    assert [element for element, _ in form.errors] == ["report"]


def test_zero_is_kept_as_zero() -> None:
    texts = typed(homes_passed="0", connected="0", active="0")
    [count] = entry_of(texts, row(last=None)).counts
    assert count.figures == CountFigures(100, 0, 0, 0)


def test_unchanged_takes_the_last_approved_figures() -> None:
    [count] = entry_of(typed(unchanged="1"), row(source=DwellingsSource.REGISTER)).counts
    assert count == CountEntry(
        1, PERMANENT, LAST, DwellingsSource.REGISTER, is_unchanged=True, reason=None
    )


def test_unchanged_with_the_same_figures_beside_it_is_fine() -> None:
    texts = typed(unchanged="1", dwellings="100", connected="60", active="")
    assert entry_of(texts).counts[0].is_unchanged


def test_unchanged_with_another_figure_is_a_contradiction() -> None:
    form = form_of(typed(unchanged="1", connected="61"))
    assert form.check() is None
    assert [element for element, _ in form.errors] == ["v1-permanent-unchanged"]


def test_unchanged_needs_something_to_be_unchanged_from() -> None:
    form = form_of(typed(unchanged="1"), row(last=None))
    assert form.check() is None


@pytest.mark.parametrize(
    "texts",
    [
        typed(connected="61", homes_passed="60"),
        typed(homes_passed="101"),
        typed(connected="12,5"),
        typed(active="-1"),
        typed(dwellings="10^12"),
        typed(dwellings="1000001"),
        typed(active="61", connected="60"),
    ],
)
def test_what_cannot_be_right_is_refused_and_kept_as_typed(texts: dict[str, str]) -> None:
    form = form_of(texts)
    assert form.check() is None
    shown = {cell.id: cell.text for cell in form.rows[0].cells if cell.text}
    assert shown == texts
    assert sum(cell.error is not None for cell in form.rows[0].cells) == 1


def test_homes_passed_beyond_the_register_ask_for_the_dwellings() -> None:
    form = form_of(typed(homes_passed="101"))
    form.check()
    [(_, message)] = form.errors
    assert "100" in message
    assert entry_of(typed(homes_passed="101", dwellings="101", reason="x")).counts


def test_a_decrease_without_a_reason_is_sent_back_and_counted_with_one() -> None:
    form = form_of(typed(homes_passed="80", connected="59"))
    assert form.check() is None
    assert form.rows[0].asks_reason
    entry = entry_of(typed(homes_passed="80", connected="59", reason="Ett hus är rivet"))
    assert (entry.doubts, entry.counts[0].reason) == (1, "Ett hus är rivet")


@pytest.mark.parametrize("text", ["Ring 19811218-9876", "811218 9876"])
@pytest.mark.parametrize("place", ["comment", "v1-permanent-reason"])
def test_a_personal_identity_number_is_not_taken(place: str, text: str) -> None:
    form = form_of(typed(homes_passed="80", connected="60") | {place: text})
    assert form.check() is None
    assert [element for element, _ in form.errors] == [place]


def test_a_village_that_is_not_the_forms_is_noticed() -> None:
    stray = typed_in(typed(1, connected="60") | typed(99, connected="1"))
    assert stray.unknown_keys([row(1)]) == {(99, PERMANENT)}


def test_only_the_forms_own_fields_are_taken() -> None:
    sent = {"csrf_token": "x", "v1-permanent-connected": "5", "v1-permanent-x": "y", "next": "/"}
    assert typed_in(sent).texts == {"v1-permanent-connected": "5"}


def test_all_unchanged_ticks_only_what_is_blank_and_known() -> None:
    ticked = all_unchanged(typed_in(typed(1, connected="61")), [row(1), row(2), row(3, last=None)])
    assert [key for key in (1, 2, 3) if ticked.is_unchanged((key, PERMANENT))] == [2]


def test_all_unchanged_fills_the_rest_of_a_village_that_something_is_said_of() -> None:
    filled = all_unchanged(typed_in(typed(connected="61")), [row()])
    [count] = entry_of(dict(filled.texts)).counts
    assert (count.figures, count.is_unchanged) == (CountFigures(100, 80, 61, 40), False)


@st.composite
def ordered_figures(draw: st.DrawFn) -> CountFigures:
    numbers = sorted((draw(st.integers(0, 200)) for _ in range(4)), reverse=True)
    return CountFigures(numbers[0], *(draw(st.sampled_from([n, None])) for n in numbers[1:]))


@given(figures=ordered_figures(), unchanged=st.booleans())
def test_a_stored_version_typed_again_says_the_same(
    *, figures: CountFigures, unchanged: bool
) -> None:
    entry = CountEntry(1, PERMANENT, figures, is_unchanged=unchanged, reason="Rivet")
    again = ReportForm([row(last=figures)], typed_from({(1, PERMANENT): entry}, None)).check()
    assert again is not None
    assert again.counts == (entry,)


@given(st.dictionaries(st.text(max_size=30), st.text(max_size=30)))
def test_whatever_is_sent_is_read_or_refused(sent: dict[str, str]) -> None:
    assert isinstance(typed_in(sent), Typed)
