"""A profile's words: what each part is called, and the sentences that the figures make."""

from collections.abc import Mapping

from flask_babel import gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from outreach.gap.results import Findings, MeasureGap
from outreach.gap.wording import area_name, plain, points_text, share_text, size_text
from outreach.measures.ranking import Place
from outreach.measures.rates import Measure
from outreach.profiles.rules import Part
from outreach.web import filters

HEADINGS: Mapping[Part, LazyString] = {
    Part.POSITION: lazy_gettext("Where things stand"),
    Part.DEVELOPMENT: lazy_gettext("How it has changed"),
    Part.CAUSES: lazy_gettext("Why it has changed"),
    Part.COMPARISON: lazy_gettext("Compared with the others"),
    Part.VILLAGES: lazy_gettext("Village by village"),
    Part.MATURITY: lazy_gettext("Digital maturity"),
    Part.REACH: lazy_gettext("Training reach"),
    Part.ASSOCIATIONS: lazy_gettext("The fibre associations"),
    Part.NEXT: lazy_gettext("What can be done next"),
}


def position(findings: Findings) -> list[str]:
    """Coverage, connection and both gaps in sentences."""
    build, take_up = findings.build, findings.take_up
    found = [_reach(findings), _gap_sentence(build), _gap_sentence(take_up)]
    if build.to_close:
        number = plain(filters.count(build.to_close))
        if build.is_least:
            number = str(gettext("at least %(number)s", number=number))
        found.append(
            ngettext(
                "To lift every village in the countryside to the level of the towns, "
                "%(dwellings)s dwelling more has to be reached.",
                "To lift every village in the countryside to the level of the towns, "
                "%(dwellings)s dwellings more have to be reached.",
                build.to_close,
                dwellings=number,
            )
        )
    return [sentence for sentence in found if sentence]


def _reach(findings: Findings) -> str:
    whole, connected = findings.build.whole, findings.take_up.whole
    if whole.share.value is None:
        return str(gettext("It is not known how many dwellings the network reaches."))
    words = {
        "area": area_name(findings.choice.area),
        "passed": plain(filters.count(whole.numerator)),
        "dwellings": plain(filters.count(whole.denominator)),
        "share": share_text(whole.share.value),
    }
    first = gettext(
        "In %(area)s the network reaches %(passed)s of %(dwellings)s dwellings, %(share)s.", **words
    )
    if connected.share.value is None:
        return str(first)
    then = gettext(
        "Of those, %(connected)s are connected, %(share)s.",
        connected=plain(filters.count(connected.numerator)),
        share=share_text(connected.share.value),
    )
    return f"{first} {then}"


def _gap_sentence(found: MeasureGap) -> str:
    rural, urban, points = found.gap.rural, found.gap.urban, found.gap.points
    if points is None:
        return ""
    words = {
        "rural": share_text(rural.share.value),
        "urban": share_text(urban.share.value),
        "points": size_text(points),
    }
    if found.measure is Measure.coverage:
        return str(
            gettext(
                "The network reaches %(rural)s of the dwellings in the countryside and %(urban)s "
                "in towns: a difference of %(points)s percentage points.",
                **words,
            )
        )
    return str(
        gettext(
            "Where it can be had, %(rural)s have said yes in the countryside and %(urban)s in "
            "towns: a difference of %(points)s percentage points.",
            **words,
        )
    )


def year_change(findings: Findings) -> str:
    """What the last year changed in the chosen measure of the whole area."""
    known = [point for point in findings.series if point.whole.value is not None]
    if len(known) < 2:
        return ""
    last = known[-1]
    year_ago = [point for point in known if (last.day - point.day).days >= 360]
    if not year_ago:
        return ""
    before = year_ago[-1]
    change = 100 * ((last.whole.value or 0.0) - (before.whole.value or 0.0))
    return str(
        gettext(
            "From %(before)s to %(after)s the coverage of the whole area went from %(old)s to "
            "%(new)s, %(points)s percentage points.",
            before=filters.day(before.day),
            after=filters.day(last.day),
            old=share_text(before.whole.value),
            new=share_text(last.whole.value),
            points=points_text(change),
        )
    )


def place_text(place: Place | None) -> str:
    """A rank with its range: 2 (1–3)."""
    if place is None:
        return "–"
    if place.best == place.worst:
        return str(place.now)
    return f"{place.now} ({place.best}–{place.worst})"


def place_sentence(name: str, place: Place, of: int) -> str:
    """A municipality's place in words."""
    words = {"name": name, "now": place.now, "of": of, "best": place.best, "worst": place.worst}
    if place.best == place.worst:
        return str(gettext("%(name)s has place %(now)s of %(of)s in coverage.", **words))
    return str(
        gettext(
            "%(name)s has place %(now)s of %(of)s in coverage. Villages without a report could "
            "make it anything from %(best)s to %(worst)s.",
            **words,
        )
    )
