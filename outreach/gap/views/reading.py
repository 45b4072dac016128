"""What every page and file of the gap begins with: the data at one instant, and the choice."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from flask import abort, current_app, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from outreach.connections.queries.known import PRESENT, Published
from outreach.database import data_version
from outreach.database.snapshot import snapshot
from outreach.extensions import db
from outreach.gap.charts.specs import MapSpec
from outreach.gap.disclosed import Audience, Disclosure
from outreach.gap.finding import find, find_gap
from outreach.gap.forms import Allowed, Asked, Field, NothingPublished, understood
from outreach.gap.hiding import Hiding, packed
from outreach.gap.picturing import map_spec
from outreach.gap.queries.options import options
from outreach.gap.queries.shapes import municipality_outlines, village_outlines
from outreach.gap.queries.sources import Source, source_known
from outreach.gap.queries.villages import cells
from outreach.gap.results import Findings
from outreach.gap.rules import Area, Choice, Options
from outreach.gap.views.beside import shown_beside
from outreach.gap.views.knowing import Known, Refused, may_see_internal, refuse, then
from outreach.gap.views.measuring import maturity_of
from outreach.maturity.latest import Measured
from outreach.measures.classes import DwellingType
from outreach.measures.disclosure import Cell, disclose_counts
from outreach.settings import settings_of
from outreach.web import kept

ONLY_INTERNAL: Mapping[Field, Allowed] = {Field.VIEW: (Audience.INTERNAL.value,)}


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at the data: nothing changes under it, and its version is exact."""

    session: Session
    version: int
    options: Options
    known_on: date | None = None
    published: Published = PRESENT
    meanwhile: Callable[[], None] = lambda: None

    @property
    def source(self) -> Source:
        """Villages and the log of training, of now or as they were known on the day."""
        return source_known(self.known_on)

    def maturity(self, county: str, day: date) -> Measured | None:
        """The county's newest survey round up to a day, as far as it is known."""
        return maturity_of(self.session, county, day, version=self.version, known_on=self.known_on)

    def findings(self, choice: Choice, audience: Audience = Audience.PUBLIC) -> Findings:
        """Everything about a choice."""
        found = find(
            self.session,
            choice,
            audience=audience,
            disclosure=self.disclosure(choice.area),
            published=self.published,
        )
        return shown_beside(self.session, found, version=self.version)

    def gap(self, choice: Choice, audience: Audience = Audience.PUBLIC) -> Findings:
        """The sums of a choice, without its villages."""
        return find_gap(
            self.session,
            choice,
            audience=audience,
            disclosure=self.disclosure(choice.area),
            published=self.published,
        )

    def disclosure(self, area: Area) -> Disclosure:
        """What is withheld in the counties of an area; worked out once for each version."""
        return Disclosure({county: self._withheld(county) for county in area.counties})

    def _withheld(self, county: str) -> Hiding:
        if self.known_on is not None:
            return self._judged(county)
        return kept.fact(
            ("withheld", county, self.published.dwellings),
            self.version,
            build=lambda: self._judged(county),
        )

    def _judged(self, county: str) -> Hiding:
        """Judged anew only where the county's own figures have changed: it is costly work.

        Their hash stands in for the version; the threshold is the program's as long as it runs.
        One state of the past is kept beside the present one.
        """
        k = settings_of(current_app).disclosure_threshold
        found = frozenset(cells(self.session, county, self.published))
        return kept.fact(
            ("judged", county, self.known_on is None, self.published.dwellings),
            hash(found),
            build=lambda: self._anew(found, k=k),
        )

    def _anew(self, found: frozenset[Cell], *, k: int) -> Hiding:
        self.meanwhile()
        return packed(disclose_counts(found, k=k))


@contextmanager
def reading(
    known: Known | None = None,
    *,
    dwellings: DwellingType = DwellingType.permanent,
    meanwhile: Callable[[], None] = lambda: None,
) -> Iterator[Reading]:
    """Look at the data: at what is published, or at what was on a day that `known` names.

    Of the dwellings asked for, or of permanent ones where those have no figures. `meanwhile` is
    begun before new figures are judged, which takes a while.
    """
    with snapshot(db.session()) as session:
        version = data_version.current(session)
        published = PRESENT if known is None else then(session, known)
        asked_for = replace(published, dwellings=dwellings)
        found = options(session, asked_for)
        if not found.days and asked_for != published:
            asked_for, found = published, options(session, published)
        day = None if known is None else known.day
        yield Reading(session, version, found, day, asked_for, meanwhile)


def asked(
    look: Reading,
    others: Mapping[Field, Allowed] = ONLY_INTERNAL,
    *,
    takes_beside: bool = False,
) -> Asked:
    """What the address asks for; an address in another spelling is sent on to the right one.

    So each page has one address, and what is kept under it is what it says. `takes_beside` says
    that maturity and reach can be its measure.
    """
    try:
        wanted = understood(
            request.args,
            look.options,
            others=others,
            known_on=look.known_on,
            takes_beside=takes_beside,
        )
    except NothingPublished as error:
        raise NotFound from error
    if wanted.query != request.query_string.decode("utf-8", "replace"):
        here = url_for(str(request.endpoint), **(request.view_args or {}))
        abort(redirect(f"{here}?{wanted.query}" if wanted.query else here, code=302))
    if look.known_on is not None and not may_see_internal(wanted.choice.area):
        refuse(Refused.NOT_STAFF)
    return wanted


def file_audience(area: Area) -> Audience:
    """For whom a file is made: as its address says, which foreigners to the county may not.

    What was known earlier is for staff only, whatever else the address says.
    """
    if not {Field.VIEW, Field.KNOWN} & set(request.args):
        return Audience.PUBLIC
    if not may_see_internal(area):
        raise NotFound
    return Audience.INTERNAL


def map_of(look: Reading, findings: Findings) -> MapSpec:
    """The findings on their map."""
    area = findings.choice.area
    return map_spec(
        findings,
        villages=village_outlines(look.session, area),
        municipalities=municipality_outlines(look.session, area),
    )
