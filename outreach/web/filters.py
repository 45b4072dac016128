"""How numbers and dates are printed: with the reader's separators, and never 0 for unknown."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Concatenate, ParamSpec

from flask import Blueprint, Flask
from flask_babel import format_date, format_datetime, format_decimal, gettext
from flask_babel.speaklater import LazyString
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

P = ParamSpec("P")
MINUS = "\N{MINUS SIGN}"


def init_app(app: Flask) -> None:
    """Give templates the filters count, share, points, kilometres, day, moment and closing."""
    app.add_template_filter(spoken(count), "count")
    app.add_template_filter(spoken(share), "share")
    app.add_template_filter(spoken(points), "points")
    app.add_template_filter(spoken(kilometres), "kilometres")
    app.add_template_filter(spoken(day), "day")
    app.add_template_filter(spoken(moment), "moment")
    app.add_template_filter(closing)


def spoken(say: Callable[P, str | Markup]) -> Callable[Concatenate[Context, P], str | Markup]:
    """A filter that answers each reader in the reader's language.

    What a template says of a constant, as `none|count`, Jinja would else work out when it compiles
    the template, in whatever language is spoken then, and for good.
    """

    @pass_context
    def said(_context: Context, /, *args: P.args, **kwargs: P.kwargs) -> str | Markup:
        return say(*args, **kwargs)

    return said


def put_in_words(blueprint: Blueprint, words: Mapping[str, Mapping[str, LazyString]]) -> None:
    """Give templates filters that say each member of a closed set in words."""
    for name, of in words.items():
        blueprint.add_app_template_filter(spoken(partial(_in_words, of)), name)


def put_known_in_words(blueprint: Blueprint, words: Mapping[str, Mapping[str, LazyString]]) -> None:
    """The same for names of which some are another room's; those are shown as they are."""
    for name, of in words.items():
        blueprint.add_app_template_filter(spoken(partial(_in_words_if_known, of)), name)


def _in_words(words: Mapping[str, LazyString], value: str) -> str:
    return str(words[value])


def _in_words_if_known(words: Mapping[str, LazyString], value: str) -> str:
    return str(words.get(value, value))


def closing(name: str) -> str:
    """A name that ends a sentence: the point of "ek. för." is the sentence's as well."""
    return name.removesuffix(".")


def unknown() -> Markup:
    """A dash for the eye and a word for the ear."""
    return Markup('<span class="unknown"><span aria-hidden="true">–</span>{}</span>').format(
        Markup('<span class="visually-hidden">{}</span>').format(gettext("unknown"))
    )


def count(value: int | None) -> str | Markup:
    """A whole number with the language's group separator: 1 234."""
    if value is None:
        return unknown()
    return _signed(format_decimal(value, format="#,##0"))


def share(value: float | None, decimals: int = 1) -> str | Markup:
    """A share from 0 to 1 as a percentage: 72,6 %."""
    if value is None:
        return unknown()
    number = format_decimal(_rounded(value, 100, decimals), format=_pattern(decimals))
    return f"{_signed(number)}\N{NO-BREAK SPACE}%"


def points(value: float | None, decimals: int = 1) -> str | Markup:
    """A difference between shares in percentage points, always with its sign: −12,5."""
    if value is None:
        return unknown()
    rounded = _rounded(value, 1, decimals)
    number = _signed(format_decimal(rounded, format=_pattern(decimals)))
    return f"+{number}" if rounded > 0 else number


def kilometres(metres: float) -> str:
    """A distance in kilometres with one decimal: 3,4."""
    return str(format_decimal(_rounded(metres / 1000, 1, 1), format=_pattern(1)))


def day(value: date | None) -> str | Markup:
    """A date written out: 1 oktober 2025."""
    if value is None:
        return unknown()
    return escape(format_date(value, format="long"))


def moment(value: datetime | None) -> str | Markup:
    """A date with its time of day in Sweden."""
    if value is None:
        return unknown()
    return escape(format_datetime(value, format="d MMMM yyyy HH:mm"))


def _rounded(value: float, factor: int, decimals: int) -> Decimal:
    """Half away from zero, as people round by hand; floats alone make 72.5 of 72.55."""
    exact = Decimal(repr(float(value))) * factor
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return rounded or Decimal(0)


def _pattern(decimals: int) -> str:
    return "#,##0." + "0" * decimals if decimals else "#,##0"


def _signed(number: str) -> str:
    return number.replace("-", MINUS)
