"""Tables whose order is chosen in the address: ?sort=name upwards, ?sort=-name downwards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """What a table has to say in one column. `unit` stands under the label."""

    key: str
    label: str
    is_number: bool = False
    unit: str | None = None
    is_sortable: bool = True


@dataclass(frozen=True, slots=True)
class Sorting:
    """The column that rows are ordered by, and which way."""

    key: str
    is_descending: bool = False

    def __str__(self) -> str:
        """As it stands in the address."""
        return f"-{self.key}" if self.is_descending else self.key


@dataclass(frozen=True, slots=True)
class Head:
    """A header cell as macros/table.html prints it."""

    key: str
    label: str
    is_number: bool
    unit: str | None
    href: str | None
    sort: str | None


def sorting_from(text: str | None, columns: Sequence[Column], *, default: Sorting) -> Sorting:
    """The order asked for in an address, or the default where no column of ours is named."""
    wanted = text or ""
    key = wanted.removeprefix("-")
    if any(column.is_sortable and column.key == key for column in columns):
        return Sorting(key, is_descending=wanted.startswith("-"))
    return default


def heads(
    columns: Sequence[Column], sorting: Sorting, *, address: Callable[[str], str]
) -> list[Head]:
    """The header cells; each sortable one links to what a press gives next.

    `address` makes a link from the value of `sort`. A press on the column in use turns it round;
    on another column it begins upwards.
    """
    return [_head(column, sorting, address) for column in columns]


def _head(column: Column, sorting: Sorting, address: Callable[[str], str]) -> Head:
    is_used = column.key == sorting.key
    following = Sorting(column.key, is_descending=is_used and not sorting.is_descending)
    direction = "descending" if sorting.is_descending else "ascending"
    return Head(
        key=column.key,
        label=column.label,
        is_number=column.is_number,
        unit=column.unit,
        href=address(str(following)) if column.is_sortable else None,
        sort=direction if is_used else None,
    )
