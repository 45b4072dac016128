"""Two dates of the same villages, each as its reader may see it, and what lies between them.

Nothing new is disclosed: a difference is shown only where both of its figures are, and anybody
could have taken it from the two published dates.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from outreach.gap.disclosed import VillageFigures
from outreach.gap.rules import VillageState
from outreach.measures.classes import DIFFERENCE_LIMITS, class_index
from outreach.measures.rates import Share, points


@dataclass(frozen=True, slots=True)
class VillageChange:
    """One village on two dates. `state` says how much the difference is worth on the map."""

    code: str
    name: str
    municipality_name: str
    dwellings: int | None
    before: Share
    after: Share
    state: VillageState
    reported_before: date | None
    reported_on: date | None

    @property
    def points(self) -> float | None:
        """The later share minus the earlier, in percentage points."""
        return points(self.before, self.after)

    @property
    def class_index(self) -> int | None:
        """The class of the difference."""
        known = self.points
        return class_index(None if known is None else known / 100, DIFFERENCE_LIMITS)


def changes(
    before: Iterable[VillageFigures], after: Sequence[VillageFigures]
) -> list[VillageChange]:
    """Every village of the later date beside itself on the earlier one, in the later's order."""
    earlier = {village.code: village for village in before}
    return [_change(earlier.get(village.code), village) for village in after]


def _change(before: VillageFigures | None, after: VillageFigures) -> VillageChange:
    return VillageChange(
        code=after.code,
        name=after.name,
        municipality_name=after.municipality_name,
        dwellings=after.dwellings,
        before=Share(None, None) if before is None else before.share,
        after=after.share,
        state=_state(before, after),
        reported_before=None if before is None else before.reported_on,
        reported_on=after.reported_on,
    )


def _state(before: VillageFigures | None, after: VillageFigures) -> VillageState:
    """The state of the one that says less: a difference needs both."""
    if before is None:
        return VillageState.NOT_SHOWN
    both = {before.state, after.state}
    for state in (VillageState.NOT_EXPECTED, VillageState.NOT_SHOWN, VillageState.UNDEFINED):
        if state in both:
            return state
    return VillageState.OVERDUE if VillageState.OVERDUE in both else VillageState.REPORTED
