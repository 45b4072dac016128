"""What a profile's parts are made of, and the small things they all say alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flask_babel import gettext

from outreach.gap.charts.specs import Spec
from outreach.gap.drawing import draw
from outreach.gap.results import Findings, MeasureGap
from outreach.gap.wording import plain, share_text
from outreach.profiles.queries import AssociationRow
from outreach.profiles.rules import DocumentTable, Fact, Figure
from outreach.web import filters

Made: TypeAlias = tuple[list[str], list[Fact], list[Figure], list[DocumentTable]]
"""Sentences, facts, drawings and tables of one part."""


@dataclass(frozen=True, slots=True)
class Material:
    """What a profile is composed of. `around` are the findings of the area's county.

    `connection` is the area's connection rate, which is coverage times take-up.
    """

    findings: Findings
    around: Findings
    connection: MeasureGap
    associations: Sequence[AssociationRow]


def figure(finding: str, spec: Spec) -> Figure:
    """A drawing of the gap room with its finding."""
    return Figure(finding, draw(spec).decode())


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
