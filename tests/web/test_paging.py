"""Pages of long lists."""

import pytest

from outreach.web.paging import Paging, page_number


def test_the_last_page_holds_what_is_left() -> None:
    paging = Paging(number=3, total=120, size=50)
    assert (paging.pages, paging.offset, paging.first, paging.last) == (3, 100, 101, 120)


def test_an_empty_list_has_one_page_with_nothing_on_it() -> None:
    paging = Paging(number=1, total=0)
    assert (paging.pages, paging.first, paging.last, paging.numbers) == (1, 0, 0, [1])


def test_a_page_past_the_end_is_the_last() -> None:
    assert Paging(number=99, total=120, size=50).here == 3


def test_page_numbers_far_away_are_left_out() -> None:
    assert Paging(number=5, total=500, size=50).numbers == [1, None, 4, 5, 6, None, 10]


@pytest.mark.parametrize("text", [None, "", "abc", "-1", "1.5", "٢", "9999999"])
def test_what_is_no_page_number_means_the_first(text: str | None) -> None:
    assert page_number(text) == 1


def test_a_page_number_is_read() -> None:
    assert page_number("12") == 12
