"""What an address asks for, brought to the nearest that is published."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias, TypeVar
from urllib.parse import urlencode

from outreach.gap.rules import DWELLINGS, Area, Beside, Choice, Options
from outreach.measures.classes import DwellingType, Scheme
from outreach.measures.rates import Measure
from outreach.measures.reach import KILOMETRES, OFFERED_KILOMETRES

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ENUM = TypeVar("_ENUM", bound=StrEnum)


class Field(StrEnum):
    """The parameters of an address, in the order they always stand in."""

    AREA = "area"
    MEASURE = "measure"
    SCHEME = "scheme"
    DWELLINGS = "dwellings"
    DATE = "date"
    FROM = "from"
    GROUP = "group"
    FOR = "for"
    GOAL = "goal"
    NEAR = "km"
    VILLAGES = "villages"
    VIEW = "view"
    SORT = "sort"
    PAGE = "page"
    MODE = "mode"
    BEFORE = "before"
    LIMITS = "limits"
    MARK = "mark"
    OVERLAYS = "layers"
    AT = "at"
    ADJUSTED = "adjusted"
    KNOWN = "as_known_on"


CHOICE = (Field.AREA, Field.MEASURE, Field.SCHEME, Field.DATE)
ASKED = (*CHOICE, Field.DWELLINGS)


class Matching:
    """The values that a pattern allows."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        """Allow what matches the pattern as a whole."""
        self._pattern = pattern

    def __contains__(self, text: object) -> bool:
        """Whether the text is allowed."""
        return isinstance(text, str) and self._pattern.fullmatch(text) is not None


Allowed: TypeAlias = Sequence[str] | Matching
"""The values that a further parameter of a page may have."""


class NothingPublished(LookupError):
    """There is no date or no area to choose."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An address understood. `query` is its one right spelling; it may differ from what came.

    `adjusted` names the parameters that had to be changed, now or in the address before this.
    """

    choice: Choice
    query: str
    adjusted: tuple[Field, ...]


def default_choice(options: Options) -> Choice:
    """Coverage by PTS's scheme, on the newest date, over the widest area."""
    if not options.days or not options.areas:
        raise NothingPublished
    return Choice(
        Measure.coverage,
        Scheme.pts,
        options.days[0],
        options.areas[0],
        dwellings=options.dwellings,
    )


def understood(
    args: Mapping[str, str],
    options: Options,
    *,
    others: Mapping[Field, Allowed],
    known_on: date | None = None,
    takes_beside: bool = False,
) -> Asked:
    """The choice nearest to what is asked for, and the address that says exactly that.

    `others` gives the values allowed for further parameters of the page; an unknown value or
    parameter is left out silently, as it changes no figure. `known_on` is the day in the past
    that the options are from.
    """
    beside = _beside(args.get(Field.MEASURE)) if takes_beside else None
    choice = _choice(args, options, beside=beside, known_on=known_on)
    right = fields_of(choice)
    kept = {
        name: right[name]
        for name in (*ASKED, Field.NEAR, Field.KNOWN)
        if name in args and name in right
    }
    kept |= {
        name: args[name]
        for name, allowed in others.items()
        if name in args and args[name] in allowed
    }
    told = (args.get(Field.ADJUSTED) or "").split("-") if Field.ADJUSTED in others else []
    adjusted = _adjusted(args, right, told)
    if adjusted and Field.ADJUSTED in others:
        kept[Field.ADJUSTED] = "-".join(adjusted)
    return Asked(choice, spelled(kept), adjusted)


def _choice(
    args: Mapping[str, str], options: Options, *, beside: Beside | None, known_on: date | None
) -> Choice:
    default = default_choice(options)
    return Choice(
        measure=Measure.connection_rate
        if beside
        else _member(Measure, args.get(Field.MEASURE), default.measure),
        scheme=_member(Scheme, args.get(Field.SCHEME), default.scheme),
        day=_nearest_day(args.get(Field.DATE), options.days),
        area=_area(args.get(Field.AREA), options) or default.area,
        known_on=known_on,
        beside=beside,
        dwellings=options.dwellings,
        near=_near(args.get(Field.NEAR)) if beside is Beside.reach else KILOMETRES,
    )


def _adjusted(
    args: Mapping[str, str], right: Mapping[Field, str], told: Sequence[str]
) -> tuple[Field, ...]:
    """The parameters that ask for something else than is right, or were `told` to have."""
    usual = {Field.DWELLINGS: DwellingType.permanent.value}
    wrong = [
        name for name in ASKED if name in args and args[name] != right.get(name, usual.get(name))
    ]
    if Field.KNOWN in args and Field.KNOWN not in right:
        wrong.append(Field.KNOWN)
    return tuple(name for name in (*ASKED, Field.KNOWN) if name in wrong or name in told)


def spelled(fields: Mapping[Field, str]) -> str:
    """Parameters as an address has them: always in the same order."""
    return urlencode([(field, fields[field]) for field in Field if field in fields])


def fields_of(choice: Choice) -> dict[Field, str]:
    """The choice as parameters of an address."""
    more = {} if choice.known_on is None else {Field.KNOWN: choice.known_on.isoformat()}
    if choice.dwellings is not DwellingType.permanent:
        more[Field.DWELLINGS] = choice.dwellings.value
    if choice.near != KILOMETRES:
        more[Field.NEAR] = str(choice.near)
    return dict(zip(CHOICE, _values(choice), strict=True)) | more


def _values(choice: Choice) -> tuple[str, str, str, str]:
    return choice.area.code, choice.shown.value, choice.scheme.value, choice.day.isoformat()


def dwellings_asked(args: Mapping[str, str]) -> DwellingType:
    """The dwellings that an address asks for; those of people's measures are permanent."""
    if _beside(args.get(Field.MEASURE)) is not None:
        return DwellingType.permanent
    asked = args.get(Field.DWELLINGS)
    return next((one for one in DWELLINGS if one.value == asked), DwellingType.permanent)


def _near(text: str | None) -> int:
    return next((one for one in OFFERED_KILOMETRES if str(one) == text), KILOMETRES)


def _member(members: type[_ENUM], text: str | None, default: _ENUM) -> _ENUM:
    return next((member for member in members if member.value == text), default)


def _beside(text: str | None) -> Beside | None:
    return next((member for member in Beside if member.value == text), None)


def _area(code: str | None, options: Options) -> Area | None:
    return None if code is None else options.area(code)


def _nearest_day(text: str | None, days: Sequence[date]) -> date:
    """The newest published date that is not after the one asked for, or else the oldest."""
    asked = day_of(text)
    if asked is None:
        return days[0]
    return next((day for day in days if day <= asked), days[-1])


def day_of(text: str | None) -> date | None:
    """A day written as in ISO 8601, in this one spelling; None for anything else."""
    if text is None or not _ISO_DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
