"""What is said beside figures whose passports are unlike, and in their files."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from flask_babel import gettext, ngettext

from outreach.gap.passports import Named, Together, day_name
from outreach.gap.wording import share_text
from outreach.measures.alike import Unlike
from outreach.measures.passport import Source
from outreach.measures.rates import Share

NAMED = 3
"""So many are named; of the others only how many there are is told."""


def warning(together: Together | None) -> str:
    """Why the figures are to be compared with care; empty where they are alike."""
    if together is None:
        return ""
    found = {
        what: [one for one in together.others if what in together.differences(one)]
        for what in Unlike
    }
    return " ".join(TELL[what](together.own, unlike) for what, unlike in found.items() if unlike)


def _reporting(own: Named, unlike: Sequence[Named]) -> str:
    return str(
        gettext(
            "Not equally large a part of the villages has reported: %(others)s, against %(own)s "
            "for %(name)s. The rest count with older figures, so differences may be larger than "
            "they look.",
            others=_shares(unlike, own, lambda one: one.passport.reporting),
            own=share_text(own.passport.reporting.value),
            name=own.name,
        )
    )


def _completeness(own: Named, unlike: Sequence[Named]) -> str:
    if Source.session_log in own.passport.sources:
        return str(
            gettext(
                "Place and inhabitants are not known of equally large a part of the villages: "
                "%(others)s, against %(own)s for %(name)s.",
                others=_shares(unlike, own, lambda one: one.passport.completeness),
                own=share_text(own.passport.completeness.value),
                name=own.name,
            )
        )
    return str(
        gettext(
            "Reports do not cover equally large a part of the dwellings: %(others)s, against "
            "%(own)s for %(name)s.",
            others=_shares(unlike, own, lambda one: one.passport.completeness),
            own=share_text(own.passport.completeness.value),
            name=own.name,
        )
    )


def _date(own: Named, unlike: Sequence[Named]) -> str:
    return str(
        gettext(
            "The figures are not of the same day: %(names)s.",
            names=_named([_with_day(one) for one in (own, *unlike)]),
        )
    )


def _source(own: Named, unlike: Sequence[Named]) -> str:
    return str(gettext("They come from different sources: %(names)s.", names=_names(own, unlike)))


def _definition(own: Named, unlike: Sequence[Named]) -> str:
    return str(gettext("They are counted in different ways: %(names)s.", names=_names(own, unlike)))


def _scheme(own: Named, unlike: Sequence[Named]) -> str:
    return str(
        gettext(
            "Town and countryside are told apart in different ways: %(names)s.",
            names=_names(own, unlike),
        )
    )


def _dwellings(own: Named, unlike: Sequence[Named]) -> str:
    return str(
        gettext("Different kinds of dwellings are counted: %(names)s.", names=_names(own, unlike))
    )


TELL: Mapping[Unlike, Callable[[Named, Sequence[Named]], str]] = {
    Unlike.DWELLINGS: _dwellings,
    Unlike.SCHEME: _scheme,
    Unlike.DEFINITION: _definition,
    Unlike.SOURCE: _source,
    Unlike.DATE: _date,
    Unlike.REPORTING: _reporting,
    Unlike.COMPLETENESS: _completeness,
}


def _with_day(one: Named) -> str:
    return f"{one.name} ({day_name(one.passport.reference_date)})"


def _names(own: Named, unlike: Sequence[Named]) -> str:
    return _named(dict.fromkeys([own.name, *(one.name for one in unlike)]))


def _shares(unlike: Sequence[Named], own: Named, share: Callable[[Named], Share]) -> str:
    """Those that differ most first, each with its share."""
    level = share(own).value or 0.0
    ranked = sorted(unlike, key=lambda one: -abs((share(one).value or 0.0) - level))
    return _listed([f"{one.name} {share_text(share(one).value)}" for one in ranked])


def _named(names: Iterable[str]) -> str:
    """Parted so that a name with a comma of its own is not taken for two."""
    told = list(names)
    return _listed(told, "; " if any("," in name for name in told) else ", ")


def _listed(names: Sequence[str], separator: str = ", ") -> str:
    text = separator.join(names[:NAMED])
    rest = len(names) - NAMED
    if rest <= 0:
        return text
    more = ngettext("%(number)s more", "%(number)s more", rest, number=rest)
    return str(gettext("%(names)s and %(more)s", names=text, more=more))
