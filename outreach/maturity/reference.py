"""Eurostat's published figures for Sweden, to compare with: as shipped, or as imported since.

Source: Eurostat, isoc_sk_dskl_i21, percentage of individuals aged 16 to 74.
"""

from collections.abc import Mapping

from outreach.measures.digcomp import DigCompArea
from outreach.measures.maturity import Level

SWEDEN = "Sweden"
SHIPPED: Mapping[int, Mapping[str, int]] = {
    2021: {
        Level.above_basic: 3568,
        Level.basic: 3092,
        Level.low: 1792,
        Level.narrow: 793,
        Level.limited: 278,
        Level.no_skills: 153,
        Level.not_assessed: 324,
    },
    2023: {
        Level.above_basic: 3651,
        Level.basic: 2993,
        Level.low: 1957,
        Level.narrow: 819,
        Level.limited: 237,
        Level.no_skills: 103,
        Level.not_assessed: 241,
        DigCompArea.INFORMATION: 9299,
        DigCompArea.COMMUNICATION: 9576,
        DigCompArea.CONTENT: 7826,
        DigCompArea.SAFETY: 7742,
        DigCompArea.PROBLEM_SOLVING: 9624,
    },
}
"""Hundredths of a percent, by year and indicator."""
TARGET_2030 = 0.80
"""The European Union's target: at least basic, of all, by 2030."""
