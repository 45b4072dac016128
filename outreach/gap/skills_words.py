"""Digital maturity beside the connection, in words."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from outreach.gap.skills import Corner, Dot, Sides, Skills
from outreach.gap.wording import area_name, plain, points_text, share_text, size_text
from outreach.web import filters

NAMED = 5
CORNERS: Mapping[Corner, LazyString] = {
    Corner.BOTH: lazy_gettext("Connected and skilled"),
    Corner.CONNECTED_ONLY: lazy_gettext("Connected, not skilled"),
    Corner.SKILLED_ONLY: lazy_gettext("Skilled, not connected"),
    Corner.NEITHER: lazy_gettext("Neither"),
}
MEANINGS: Mapping[Corner, LazyString] = {
    Corner.BOTH: lazy_gettext("the network is there and most get by: nothing is urgent."),
    Corner.CONNECTED_ONLY: lazy_gettext("the network is there, the skills are not: hold training."),
    Corner.SKILLED_ONLY: lazy_gettext("people are ready and lack the network: connect them."),
    Corner.NEITHER: lazy_gettext("both are missing: one without the other helps little."),
}


def source() -> str:
    """Where the figures are from."""
    return str(gettext("A survey that people choose to answer"))


def finding(found: Skills) -> str:
    """The plain sentence: both shares and who is behind."""
    area = area_name(found.choice.area)
    if len(found.choice.area.counties) != 1:
        return str(gettext("Maturity is measured county by county. Choose a county."))
    if found.here is None:
        return str(
            gettext(
                "Digital maturity in %(area)s has not been measured by then.",
                area=area,
            )
        )
    here = found.here
    if here.points is None:
        return str(
            gettext(
                "%(whole)s of those who answered in %(area)s have at least basic digital skills. "
                "Towns and countryside cannot be told apart.",
                area=area,
                whole=share_text(here.whole.share.value),
            )
        )
    told = gettext(
        "In %(area)s %(rural)s of those who answered in the countryside and %(urban)s in towns "
        "have at least basic digital skills.",
        area=area,
        rural=share_text(here.rural.share.value),
        urban=share_text(here.urban.share.value),
    )
    return f"{told} {gap_sentence(here)}"


def gap_sentence(here: Sides) -> str:
    """Whether the countryside is behind, and whether chance alone could do it."""
    points, interval = here.points, here.interval
    if points is None or interval is None:
        return ""
    if interval.low <= 0 <= interval.high:
        return str(
            gettext(
                "The difference, %(points)s percentage points, is no larger than chance can make.",
                points=points_text(points),
            )
        )
    if points < 0:
        return str(
            gettext("The countryside is %(size)s percentage points behind.", size=size_text(points))
        )
    return str(
        gettext("The countryside is %(size)s percentage points ahead.", size=size_text(points))
    )


def interval_text(here: Sides) -> str:
    """The 95 % interval of the gap."""
    if here.interval is None:
        return ""
    return str(
        gettext(
            "%(low)s to %(high)s",
            low=points_text(here.interval.low),
            high=points_text(here.interval.high),
        )
    )


def dot_label(dot: Dot) -> str:
    """What is read of a village in the picture."""
    return str(
        gettext(
            "%(village)s: %(connected)s connected, %(maturity)s at least basic",
            village=dot.name,
            connected=share_text(dot.connected),
            maturity=share_text(dot.maturity),
        )
    )


def corner_sentence(corner: Corner, dots: Sequence[Dot]) -> str:
    """How many villages are in a corner, what that means, and some of their names."""
    number = len(dots)
    count = ngettext(
        "%(villages)s village:",
        "%(villages)s villages:",
        number,
        villages=plain(filters.count(number)),
    )
    return f"{count} {MEANINGS[corner]}"


def corner_names(dots: Sequence[Dot]) -> str:
    """Some of a corner's villages."""
    names = ", ".join(dot.name for dot in dots[:NAMED])
    return f"{names} …" if len(dots) > NAMED else names
