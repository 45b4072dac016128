"""Eurostat's published figures for Sweden, to compare with: as shipped, or as imported since.

Source: Eurostat, isoc_sk_dskl_i21, percentage of individuals aged 16 to 74.
"""

from collections.abc import Mapping
from datetime import date

from outreach.measures.maturity import Level, SkillArea

SWEDEN = "Sweden"
SHIPPED_ON = date(2024, 12, 17)
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
        SkillArea.information: 9299,
        SkillArea.communication: 9576,
        SkillArea.content: 7826,
        SkillArea.safety: 7742,
        SkillArea.problem_solving: 9624,
    },
}
"""Hundredths of a percent, by year and indicator."""
TARGET_2030 = 0.80
"""The European Union's target: at least basic, of all, by 2030."""
