"""The order of a table stands in its address."""

from outreach.web.tables import Column, Sorting, heads, sorting_from

COLUMNS = (
    Column("name", "Village"),
    Column("rate", "Rate", is_number=True, unit="%"),
    Column("note", "Note", is_sortable=False),
)
BY_NAME = Sorting("name")


def links(sorting: Sorting) -> list[str | None]:
    return [head.href for head in heads(COLUMNS, sorting, address=lambda sort: f"?sort={sort}")]


def test_a_minus_means_downwards() -> None:
    assert sorting_from("-rate", COLUMNS, default=BY_NAME) == Sorting("rate", is_descending=True)


def test_a_column_that_does_not_exist_gives_the_usual_order() -> None:
    assert sorting_from("password", COLUMNS, default=BY_NAME) == BY_NAME


def test_a_column_that_is_not_for_sorting_gives_the_usual_order() -> None:
    assert sorting_from("note", COLUMNS, default=BY_NAME) == BY_NAME


def test_no_wish_gives_the_usual_order() -> None:
    assert sorting_from(None, COLUMNS, default=BY_NAME) == BY_NAME


def test_a_press_on_the_column_in_use_turns_it_round() -> None:
    assert links(Sorting("rate")) == ["?sort=name", "?sort=-rate", None]


def test_a_press_on_a_column_sorted_downwards_turns_it_up_again() -> None:
    assert links(Sorting("rate", is_descending=True)) == ["?sort=name", "?sort=rate", None]


def test_only_the_column_in_use_says_its_direction() -> None:
    made = heads(COLUMNS, Sorting("rate", is_descending=True), address=str)
    assert [head.sort for head in made] == [None, "descending", None]
