"""The passport of a figure: all a reader needs to judge it, travelling with it everywhere."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from outreach.measures.classes import DwellingType, Scheme
from outreach.measures.rates import UNKNOWN_SHARE, Share

DEFINITION_VERSION = "1"
"""Raised whenever a rate, a scheme or a rule of summing changes its meaning."""


class Source(StrEnum):
    """Who a figure comes from."""

    association_report = "association_report"
    staff = "staff"
    file_import = "import"
    pts = "pts"
    survey = "survey"
    session_log = "session_log"


@dataclass(frozen=True, slots=True)
class Passport:
    """Where a figure comes from and what it stands on.

    `completeness` is the register's dwellings in villages with a report, of all its dwellings in
    the area. `scheme` is None for a figure that isn't split into urban and rural. `reporting` is
    the villages that have reported for the date itself, of those asked to.
    """

    numerator: int | None
    denominator: int | None
    dwelling_type: DwellingType
    reference_date: date
    sources: tuple[Source, ...]
    completeness: Share
    villages: int
    scheme: Scheme | None = None
    definition_version: str = DEFINITION_VERSION
    reporting: Share = UNKNOWN_SHARE

    @property
    def share(self) -> Share:
        """The figure itself."""
        return Share(self.numerator, self.denominator)
