"""What the public may see of a programme's participants; staff and its organisers see all.

How many came to one session is never published. Learners are summed by half-year, and only once it
is over, so that no session can be told by looking before and after it; which half-years are shown
is judged by `measures.breakdown`. Self-checks are shown when the programme has ended, area by area,
where all four groups (manage or don't, before and after) are none or at least k.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from outreach.measures.breakdown import is_safe, shown_rows
from outreach.training.queries.programme_results import CheckTotal, HalfYear


@dataclass(frozen=True, slots=True)
class Figures:
    """A programme's figures as one reader sees them; None of a number is not shown or unknown.

    `learners` and `sessions` are over the half-years that the reader sees; the learners together
    only where each half-year's are seen.
    """

    half_years: list[HalfYear]
    sessions: int
    learners: int | None
    checks: list[CheckTotal]
    is_public: bool


def all_figures(half_years: Sequence[HalfYear], checks: Sequence[CheckTotal]) -> Figures:
    """Everything, for those whose figures they are."""
    return _figures(list(half_years), list(checks), is_public=False)


def public_figures(
    half_years: Sequence[HalfYear],
    checks: Sequence[CheckTotal],
    *,
    today: date,
    ended_on: date | None,
    k: int,
) -> Figures:
    """What anybody may see."""
    over = [row for row in half_years if row.is_over(today)]
    counts = {_name(row): (row.learners,) for row in over if row.learners is not None}
    shown = shown_rows(counts, k=k)
    seen = [row if _name(row) in shown else replace(row, learners=None) for row in over]
    has_ended = ended_on is not None and ended_on < today
    safe = [check for check in checks if has_ended and is_safe(_groups(check), k=k)]
    figures = _figures(seen, safe, is_public=True)
    # A total that holds what is not shown would give the next small half-year away: by how much it
    # has grown since it was last read.
    return figures if len(shown) == len(counts) else replace(figures, learners=None)


def _figures(rows: list[HalfYear], checks: list[CheckTotal], *, is_public: bool) -> Figures:
    known = [row.learners for row in rows if row.learners is not None]
    return Figures(
        half_years=rows,
        sessions=sum(row.sessions for row in rows),
        learners=sum(known) if known else None,
        checks=checks,
        is_public=is_public,
    )


def _groups(check: CheckTotal) -> tuple[int, int, int, int]:
    return (
        check.before,
        check.before_answered - check.before,
        check.after,
        check.after_answered - check.after,
    )


def _name(row: HalfYear) -> str:
    return f"{row.year}-{row.half}"
