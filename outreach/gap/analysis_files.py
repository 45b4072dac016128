"""Tables of the analysis as files, each row with its passport."""

from collections.abc import Iterable, Sequence

from outreach.gap.disclosed import Audience
from outreach.gap.files import PASSPORT, Table
from outreach.gap.rules import Choice
from outreach.measures.classes import DwellingType
from outreach.measures.passport import DEFINITION_VERSION, Source
from outreach.web.delimited import Cell

DECIMALS = 6


def with_passport(
    name: str,
    head: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    choice: Choice,
    audience: Audience,
    source: str | None = None,
) -> Table:
    """The table with what every figure in it has in common at the end of each row.

    With another source than reports, the figures are of people and not of dwellings.
    """
    passport: tuple[Cell, ...] = (
        choice.day,
        None if source else DwellingType.permanent.value,
        source or Source.association_report.value,
        choice.scheme.value,
        DEFINITION_VERSION,
        audience.value,
    )
    return Table(name, (*head, *PASSPORT), [(*row, *passport) for row in rows])


def rounded(number: float | None) -> float | None:
    """A share or points with as many decimals as files have."""
    return None if number is None else round(number, DECIMALS)
