"""What a profile's parts are made of, and the small things they all say alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flask_babel import gettext

from outreach.gap.charts.analysis_specs import WaterfallSpec
from outreach.gap.charts.specs import RankSpec, SeriesSpec
from outreach.gap.drawing import draw
from outreach.gap.results import Findings, MeasureGap
from outreach.gap.views.maturity import Look as MaturityLook
from outreach.gap.views.reach import Look as ReachLook
from outreach.gap.why import Why
from outreach.gap.wording import plain, share_text
from outreach.profiles.queries import AssociationRow
from outreach.profiles.rules import DocumentTable, Fact, Figure
from outreach.web import filters
from outreach.web.charts.widths import Width


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture of the gap room with its finding; `passport` is what its figures stand on.

    Where the page says more in its text, `sentence` is what a picture that stands alone says.
    """

    finding: str
    spec: SeriesSpec | RankSpec | WaterfallSpec
    passport: str = ""
    sentence: str = ""
    warning: str = ""

    def figure(self, *, is_for_screens: bool) -> Figure:
        """The picture as it stands in a document; on paper there are no narrow screens."""
        narrow = draw(self.spec, Width.NARROW).decode() if is_for_screens else ""
        return Figure(self.finding, draw(self.spec).decode(), self.warning, narrow)


Made: TypeAlias = tuple[list[str], list[Fact], list[Drawn], list[DocumentTable]]
"""Sentences, facts, drawings and tables of one part."""


@dataclass(frozen=True, slots=True)
class Material:
    """What a profile is composed of. `around` are the findings of the area's county.

    `connection` is the area's connection rate, which is coverage times take-up. `why` is what
    changed the coverage, of all dwellings and of the gap.
    """

    findings: Findings
    around: Findings
    connection: MeasureGap
    associations: Sequence[AssociationRow]
    why: tuple[Why, Why]
    maturity: MaturityLook
    reach: ReachLook
    is_demonstration: bool


def basis(numerator: int | None, denominator: int | None) -> str:
    """What a share is made of, in words."""
    return str(
        gettext(
            "%(part)s of %(whole)s dwellings",
            part=plain(filters.count(numerator)),
            whole=plain(filters.count(denominator)),
        )
    )


def with_basis(numerator: int | None, denominator: int | None, share: float | None) -> str:
    """A share with what it is made of."""
    part, whole = plain(filters.count(numerator)), plain(filters.count(denominator))
    return f"{share_text(share)} ({part}/{whole})"


def texts(words: Iterable[object]) -> tuple[str, ...]:
    """Translated words as plain texts."""
    return tuple(map(str, words))
