"""How unequal, in words, with care about chance."""

from collections.abc import Mapping

from flask_babel import format_decimal, gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from outreach.gap.spread import Spread
from outreach.gap.wording import area_name, numerator_name, plain, share_text
from outreach.measures.classes import SettlementClass
from outreach.measures.spatial import LEAST, NEIGHBOURS, PERMUTATIONS, RATE, Cluster
from outreach.places.words import CLASSES, NO_CLASS
from outreach.web import filters

UNLIKELY = 0.05
CLUSTERS: Mapping[Cluster, LazyString] = {
    Cluster.high: lazy_gettext("High among high"),
    Cluster.low: lazy_gettext("Low among low"),
    Cluster.high_among_low: lazy_gettext("High among low"),
    Cluster.low_among_high: lazy_gettext("Low among high"),
    Cluster.none: lazy_gettext("No sure pattern: may be chance"),
}


def class_name(settlement_class: SettlementClass | None) -> str:
    """A settlement class in words."""
    return str(NO_CLASS if settlement_class is None else CLASSES[settlement_class.value])


def same(name: str) -> str:
    """A name as it is."""
    return name


def number(value: float, decimals: int = 3) -> str:
    """An index without a unit."""
    return str(format_decimal(round(value, decimals), format="0." + "0" * decimals)).replace(
        "-", filters.MINUS
    )


def finding(found: Spread) -> str:
    """The plain sentence: what the half furthest behind has, and where the inequality lies."""
    area = area_name(found.findings.choice.area)
    if found.curve is None:
        return str(
            gettext("How unequal %(area)s is cannot be told: nothing is counted.", area=area)
        )
    told = gettext(
        "The half of the dwellings in %(area)s that lies in the villages furthest behind has "
        "%(part)s of all %(what)s.",
        area=area,
        part=share_text(found.curve.at(0.5)),
        what=numerator_name(found.findings.choice),
    )
    return f"{told} {_between(found)}".strip()


def _between(found: Spread) -> str:
    parts = [
        (one, name)
        for one, name in (
            (found.by_municipality, gettext("lies between municipalities")),
            (found.by_class, gettext("lies between settlement classes")),
        )
        if one is not None and one.between_share is not None and len(one.groups) > 1
    ]
    if not parts:
        return ""
    told = ", ".join(f"{share_text(one.between_share)} {name}" for one, name in parts)
    return str(gettext("Of the inequality, %(told)s.", told=told))


def together(found: Spread) -> str:
    """Whether villages near each other are alike, with how seldom chance makes it so."""
    if found.together is None:
        return str(
            gettext(
                "Whether villages near each other are alike is not told: it takes at least "
                "%(least)s villages with figures that differ.",
                least=LEAST,
            )
        )
    whole = found.together
    words = {"index": number(whole.index, 2), "p": number(whole.p)}
    if whole.p > UNLIKELY:
        return str(
            gettext(
                "No pattern can be made out: that villages near each other are as alike as this "
                "may be chance (Moran's I %(index)s, p %(p)s).",
                **words,
            )
        )
    if whole.index > whole.expected:
        return str(
            gettext(
                "Villages near each other are more alike than chance tends to make them (Moran's I "
                "%(index)s, p %(p)s). Why is not known from this.",
                **words,
            )
        )
    return str(
        gettext(
            "Villages near each other differ more than chance tends to make them (Moran's I "
            "%(index)s, p %(p)s). Why is not known from this.",
            **words,
        )
    )


def clusters(found: Spread) -> str:
    """How many villages are in clusters, and what that is worth."""
    named = len(found.named)
    if not named:
        return str(gettext("No village stands out from its neighbours more than chance may do."))
    return str(
        ngettext(
            "%(num)s village stands out with its neighbours. About %(rate)s of such villages may "
            "be there by chance.",
            "%(num)s villages stand out with their neighbours. About %(rate)s of such villages may "
            "be there by chance.",
            named,
            rate=share_text(RATE).replace(",0", "").replace(".0", ""),
        )
    )


def method() -> str:
    """How clusters were found."""
    return str(
        gettext(
            "Neighbours: the %(neighbours)s nearest villages. Chance: the figures dealt out anew "
            "%(deals)s times, the same way for everybody. A village is only named where the false "
            "discovery rate stays at %(rate)s or less (Benjamini-Hochberg). The villages' own "
            "rates, unsmoothed: small villages swing more.",
            neighbours=NEIGHBOURS,
            deals=PERMUTATIONS,
            rate=share_text(RATE).replace(",0", "").replace(".0", ""),
        )
    )


def rests_on(found: Spread) -> str:
    """How many villages take part."""
    return str(
        gettext(
            "%(counted)s of %(villages)s villages take part: those whose figure may be shown.",
            counted=plain(filters.count(found.counted)),
            villages=plain(filters.count(len(found.findings.villages))),
        )
    )
