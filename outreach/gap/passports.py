"""The passports of figures that stand together on a page, each with the name it has there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from outreach.gap.results import Findings, MunicipalityFigures, SeriesPoint
from outreach.gap.rules import Choice
from outreach.gap.skills import Skills
from outreach.gap.why import MunicipalityBridge, Why
from outreach.gap.wording import area_name, plain
from outreach.measures.alike import Unlike, unlike
from outreach.measures.classes import DwellingType
from outreach.measures.passport import Passport, Source
from outreach.measures.rates import UNKNOWN_SHARE, Share
from outreach.web import filters

UNKNOWN_VERSION = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A passport, and what its figure is called beside the others."""

    name: str
    passport: Passport


@dataclass(frozen=True, slots=True)
class Together:
    """Figures in one chart or table, and the one that the others are judged against."""

    own: Named
    others: Sequence[Named]
    over_time: bool = False

    def differences(self, one: Named) -> tuple[Unlike, ...]:
        """What one of them does not have in common with the own."""
        return unlike(one.passport, self.own.passport, over_time=self.over_time)


def codes(together: Together | None) -> dict[str, str]:
    """By the names of figures, what each does not have in common with the own; for files."""
    if together is None:
        return {}
    return {one.name: " ".join(together.differences(one)) for one in together.others}


def series_together(findings: Findings) -> Together | None:
    """The dates of a series that have a figure, against the chosen one or else the newest."""
    points = [point for point in findings.series if point.whole.value is not None]
    if len(points) < 2:
        return None
    day = findings.choice.day
    own = next((point for point in points if point.day == day), points[-1])
    others = [_of_point(findings.choice, point) for point in points if point is not own]
    return Together(_of_point(findings.choice, own), others, over_time=True)


def ranking_together(findings: Findings) -> Together | None:
    """Municipalities beside each other, against the whole area."""
    rows = [one for one in findings.municipalities if one.whole.share.value is not None]
    if len(rows) < 2:
        return None
    others = [Named(one.name, _of_municipality(findings.choice, one)) for one in rows]
    return Together(_of_area(findings), others)


def dates_together(before: Findings | None, after: Findings) -> Together | None:
    """Two dates of one area, side by side or as a difference."""
    if before is None or after.choice.beside is not None:
        return None
    return Together(_of_date(after), [_of_date(before)], over_time=True)


def change_together(found: Why, within: MunicipalityBridge | None = None) -> Together:
    """The two dates that a change lies between, of the area or of a municipality in it."""
    of = within or found
    one, other = (
        Named(
            day_name(day),
            _passport(found.choice, day, made.share, made.completeness),
        )
        for day, made in ((found.start, of.before), (found.choice.day, of.after))
    )
    return Together(other, [one], over_time=True)


def scatter_together(found: Skills) -> Together | None:
    """Maturity from a survey beside connections from reports."""
    if found.here is None or not found.dots:
        return None
    choice = found.choice
    measured = Passport(
        None,
        None,
        DwellingType.permanent,
        found.here.day,
        (Source.survey,),
        UNKNOWN_SHARE,
        0,
    )
    return Together(
        Named(
            str(gettext("connected dwellings, from reports")),
            _passport(choice, choice.day, UNKNOWN_SHARE, UNKNOWN_SHARE),
        ),
        [Named(str(gettext("digital maturity, from a survey")), measured)],
    )


def rounds_together(found: Skills) -> Together | None:
    """The survey rounds that have a figure, against the newest."""
    rounds = [one for one in found.rounds if one.whole.share.known]
    if len(rounds) < 2:
        return None
    own, *others = [Named(day_name(one.day), one.passport) for one in rounds]
    return Together(own, others, over_time=True)


def official_together(ours: Choice, theirs: Sequence[tuple[date, str]]) -> Together | None:
    """Our figures beside official ones, of which the day and what is counted are known."""
    if not theirs:
        return None
    others = [
        Named(
            counted,
            Passport(
                None,
                None,
                DwellingType.permanent,
                day,
                (Source.pts,),
                UNKNOWN_SHARE,
                0,
                definition_version=UNKNOWN_VERSION,
            ),
        )
        for day, counted in theirs
    ]
    own = _passport(ours, ours.day, UNKNOWN_SHARE, UNKNOWN_SHARE)
    return Together(Named(str(gettext("ours, share of the dwellings")), own), others)


def day_name(day: date) -> str:
    """What a figure is called by its day."""
    return plain(filters.day(day))


def _of_point(choice: Choice, point: SeriesPoint) -> Named:
    name = day_name(point.day)
    made = point.passport or _passport(choice, point.day, point.reporting, point.completeness)
    return Named(name, made)


def _of_municipality(choice: Choice, one: MunicipalityFigures) -> Passport:
    if one.passport is not None:
        return one.passport
    covered = Share(one.whole.covered_dwellings, one.whole.register_dwellings)
    return _passport(choice, choice.day, one.reported_share, covered)


def _of_area(findings: Findings) -> Named:
    made, own = findings.reporting, findings.basis.passport if findings.basis else None
    passport = own or _passport(findings.choice, findings.choice.day, made.share, made.completeness)
    return Named(area_name(findings.choice.area), passport)


def _of_date(findings: Findings) -> Named:
    return Named(day_name(findings.choice.day), _of_area(findings).passport)


def _passport(choice: Choice, day: date, reporting: Share, completeness: Share) -> Passport:
    return Passport(
        numerator=None,
        denominator=None,
        dwelling_type=choice.dwellings,
        reference_date=day,
        sources=(Source.association_report,),
        completeness=completeness,
        villages=0,
        scheme=choice.scheme,
        reporting=reporting,
    )
