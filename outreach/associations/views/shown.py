"""Dated rows as a page shows them: what holds, what is to come, what is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from outreach.associations.rules import CONTACTS_WANTED, is_in_force


class Dated(Protocol):
    """A row that holds from a day and perhaps until another."""

    @property
    def valid_from(self) -> date:
        """The first day."""
        ...

    @property
    def valid_to(self) -> date | None:
        """The day from which it no longer holds."""
        ...


R = TypeVar("R", bound=Dated)


@dataclass(frozen=True, slots=True)
class ByDay(Generic[R]):
    """Rows in force, to come and over, each in the order they came."""

    current: list[R]
    coming: list[R]
    past: list[R]

    @property
    def are_too_few(self) -> bool:
        """Whether fewer contacts than wanted are in force."""
        return len(self.current) < CONTACTS_WANTED


def split_by_day(rows: Sequence[R], day: date) -> ByDay[R]:
    """Part dated rows by whether they hold on the day."""
    return ByDay(
        current=[r for r in rows if is_in_force(r.valid_from, r.valid_to, on=day)],
        coming=[r for r in rows if r.valid_from > day],
        past=[r for r in rows if r.valid_to is not None and r.valid_to <= day],
    )
