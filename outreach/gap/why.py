"""Why a rate or a gap changed between two dates, as an audience may know it.

What the public is told follows from what is published, so it gives nothing away: villages whose
figures are withheld on either date count together, as one village whose counts are what is left
of the published sums. Where such a village could be meant by one that shows no figure on a date,
that one counts with them, too: whether a village is withheld or has not reported is not told.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from outreach.gap.disclosed import Audience, Disclosure
from outreach.gap.queries.changes import ChangeSum
from outreach.gap.results import Reporting
from outreach.gap.rules import Area, AreaKind, Choice
from outreach.gap.summing import fine_classes, sides
from outreach.measures.change import Cause, Piece, Split, of_gap, split
from outreach.measures.disclosure import Part
from outreach.measures.rates import total


class Of(StrEnum):
    """What the change is of."""

    all = "all"
    rural = "rural"
    urban = "urban"
    gap = "gap"


@dataclass(frozen=True, slots=True)
class Bridge:
    """From a start over the causes to an end, in percent or percentage points.

    What was added is told for a rate, not for a gap between two.
    """

    start: float
    end: float
    parts: Mapping[Cause, float]
    added_numerator: int | None = None
    added_denominator: int | None = None
    villages: Mapping[Cause, int] | None = None

    @property
    def change(self) -> float:
        """The change in percentage points."""
        return self.end - self.start

    @property
    def main(self) -> Cause:
        """The cause that did most, either way."""
        return max(Cause, key=lambda cause: abs(self.parts[cause]))


@dataclass(frozen=True, slots=True)
class MunicipalityBridge:
    """A municipality's own change; None where it can't be told."""

    code: str
    name: str
    bridge: Bridge | None
    before: Reporting
    after: Reporting


@dataclass(frozen=True, slots=True)
class Why:
    """A change of one choice since an earlier date, for the area and each municipality."""

    choice: Choice
    start: date
    of: Of
    audience: Audience
    bridge: Bridge | None
    municipalities: tuple[MunicipalityBridge, ...]
    before: Reporting
    after: Reporting


@dataclass(frozen=True, slots=True)
class Explaining:
    """How sums on two dates become causes, for one audience and choice."""

    choice: Choice
    start: date
    audience: Audience
    disclosure: Disclosure

    def hidden_villages(self) -> tuple[Collection[int], Collection[int]]:
        """The villages whose figures this audience is not told on the one date and the other."""
        if self.audience is Audience.INTERNAL:
            return (), ()
        measure = self.choice.measure
        return (
            self.disclosure.hidden_villages(measure, self.start),
            self.disclosure.hidden_villages(measure, self.choice.day),
        )

    def bridge(self, sums: Sequence[ChangeSum], of: Of, code: str | None) -> Bridge | None:
        """The change of the area, or of the municipality with that code; one day is no change."""
        if self.start == self.choice.day:
            return None
        rural, urban = sides(self.choice.scheme)
        if of is Of.gap:
            return _of_gap(self._split(sums, rural, code), self._split(sums, urban, code))
        part = {Of.all: Part.total, Of.rural: rural, Of.urban: urban}[of]
        found = self._split(sums, part, code)
        return None if found is None else _of_rate(found)

    def _split(self, sums: Sequence[ChangeSum], part: Part, code: str | None) -> Split | None:
        if self.audience is Audience.PUBLIC and self._is_hidden(part, code):
            return None
        inside = [
            one for one in sums if _is_in(one, code, is_end=False) or _is_in(one, code, is_end=True)
        ]
        return split(self._pieces(inside, part, code))

    def _is_hidden(self, part: Part, code: str | None) -> bool:
        measure = self.choice.measure
        if code is None:
            return any(
                self.disclosure.hides_sum(self.choice.area, day, part=part, measure=measure)
                for day in (self.start, self.choice.day)
            )
        return any(
            self.disclosure.hides_sum_of(code, day, part=part, measure=measure)
            for day in (self.start, self.choice.day)
        )

    def _pieces(self, sums: Iterable[ChangeSum], part: Part, code: str | None) -> Iterable[Piece]:
        found = [(one, _piece(one, part, code)) for one in sums]
        if self.audience is Audience.INTERNAL:
            return [piece for _, piece in found]
        hides = tuple(
            any(side.is_hidden and side.share.known for side in days)
            for days in zip(*((one.start, one.end) for one, _ in found), strict=True)
        )
        together = [piece for one, piece in found if _is_with_hidden(one, hides)]
        apart = [piece for one, piece in found if not _is_with_hidden(one, hides)]
        return [*apart, _one_village(together)]


def _is_with_hidden(one: ChangeSum, hides: tuple[bool, ...]) -> bool:
    """Whether villages can't be told apart from those withheld."""
    days = (one.start, one.end)
    if any(side.is_hidden and side.share.known for side in days):
        return True
    return any(
        is_hiding and not side.share.known for side, is_hiding in zip(days, hides, strict=True)
    )


def _one_village(pieces: Sequence[Piece]) -> Piece:
    """What is left of the published sums."""
    return Piece(
        start=total(piece.start for piece in pieces if piece.was_inside),
        end=total(piece.end for piece in pieces if piece.is_inside),
        villages=sum(piece.villages for piece in pieces),
    )


def _piece(one: ChangeSum, part: Part, code: str | None) -> Piece:
    """Villages known on one of the dates only haven't moved from anywhere."""
    was = _is_in(one, code, is_end=False) and one.start.fine_class in fine_classes(part)
    now = _is_in(one, code, is_end=True) and one.end.fine_class in fine_classes(part)
    if one.start.municipality_code is None:
        was = now
    if one.end.municipality_code is None:
        now = was
    return Piece(one.start.share, one.end.share, was, now, one.villages)


def _is_in(one: ChangeSum, code: str | None, *, is_end: bool) -> bool:
    side = one.end if is_end else one.start
    return side.municipality_code is not None and code in (None, side.municipality_code)


def _of_rate(found: Split) -> Bridge:
    return Bridge(
        start=100 * (found.start.value or 0.0),
        end=100 * (found.end.value or 0.0),
        parts={cause: float(part) for cause, part in found.parts.items()},
        added_numerator=found.added_numerator,
        added_denominator=found.added_denominator,
        villages=found.villages,
    )


def _of_gap(rural: Split | None, urban: Split | None) -> Bridge | None:
    parts = of_gap(rural, urban)
    if parts is None or rural is None or urban is None:
        return None
    return Bridge(
        start=100 * ((rural.start.value or 0.0) - (urban.start.value or 0.0)),
        end=100 * ((rural.end.value or 0.0) - (urban.end.value or 0.0)),
        parts={cause: float(part) for cause, part in parts.items()},
    )


def municipality_of(area: Area) -> str | None:
    """The code to keep to, where the area is one municipality."""
    return area.code if area.kind is AreaKind.MUNICIPALITY else None


def default_start(end: date, days: Sequence[date]) -> date:
    """The oldest date within five years before the end, or else the nearest before.

    The end itself where there is none. `days` are newest first.
    """
    earlier = [day for day in days if day < end]
    within = [day for day in earlier if (end - day).days <= 5 * 366]
    return within[-1] if within else (earlier[0] if earlier else end)
