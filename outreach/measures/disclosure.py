"""Disclosure control: the functions that decide what the public may not see.

**What is too small.** A count above zero and under k, and a rate whose numerator, or what is
left of its denominator, is above zero and under k. Such a village's reported counts of that date
are withheld, all of them. `disclosure_by_count` does the same count by count, and is what the
public pages and files use. A village's dwellings come from a register anyone can read; they
stay, and nothing here relies on their being secret.

**What must not happen.** No withheld count may follow, by adding and subtracting, from all that
is published together: villages, the sums over every side of every scheme, class and total of
each municipality and county, on all dates. A figure that is carried forward or reported
unchanged is one unknown on several dates: withheld once, it is withheld with the same numbers
always. And no sum of withheld counts that follows on one date may itself be too small.

**How it is done.**

1. *Strata.* A stratum is a municipality's fine class, with active counts or without: every
   published sum is a union of strata. If a stratum's withheld villages have, together, none or
   at least k of every amount, their sum can be known to anyone. To get there, more villages are
   withheld with them: those that add most of what is missing, then the smallest. What is not
   too small itself adds none or at least k of anything, so withholding more never harms.
2. *Certificates.* Every withheld figure gets one: a change to it and to other withheld figures
   that leaves every published sum of every date as it is. While there is one, subtraction can't
   tell the figure from the changed one. Within a stratum it is a cycle in time (`cycles`).
3. *Wider.* A stratum can be too small to hide in: one village, or all of it too small. Then
   the figure hides in wider places, and the sums that would tell the strata apart are withheld
   instead (`search`): sibling classes of the municipality, with a second municipality that does
   the same, so that the county still shows everything; then the county; at last the small sums
   alone. A withheld sum is withheld only where something withheld is in it.
4. *Audit.* Wherever sums were withheld, each sum that can be derived on that date is checked to
   be none or at least k, and more is withheld until it is (`audit`).

Villages go before sums, and a municipality's sums before the county's. The result is the same
for the same cells in any order. Nothing is random, and nothing depends on who asks: staff and
the figure's own reporter are simply not shown this result.

**What it does not do.** It guards against subtraction, not against guessing: a count is also
known to lie between zero and its dwellings, and where a whole stratum is passed, so is each of
its villages (withheld company is looked for, but not forced). Between two dates it guards every
count, but not the size of the difference of two sums. And it can't take back what was read
before a correction. Different dwelling types are worked out apart, so their sums must not be
added in public.

Literature: Hundepool et al., Statistical Disclosure Control (Wiley, 2012), ch. 4; Gusfield, A
graph theoretic approach to statistical data security, SIAM J. Comput. 17 (1988) 552-571.
"""

from collections.abc import Iterable

from outreach.measures.disclosure_by_count import WithheldCounts, disclose_counts
from outreach.measures.suppression.outcome import SumKey, Withheld, withhold
from outreach.measures.suppression.table import DEFAULT_K, Cell, Part, part_of, part_of_class

__all__ = [
    "DEFAULT_K",
    "Cell",
    "Part",
    "SumKey",
    "Withheld",
    "WithheldCounts",
    "disclose",
    "disclose_counts",
    "part_of",
    "part_of_class",
]


def disclose(cells: Iterable[Cell], *, k: int = DEFAULT_K) -> Withheld:
    """What to withhold of the counts of one dwelling type on one or more consecutive dates.

    Give all that is published together: every village with a report, of whole counties, on
    every date that can be looked at. Cells without any reported count are passed over; in sums
    a cell counts for the measures both of whose counts it has. County and municipality codes
    must differ. Raises ValueError for two cells of one village and date.
    """
    return withhold(cells, k)
