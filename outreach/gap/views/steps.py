"""What next: ranked actions, the cheapest half of the gap, and villages to try out."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from flask import Response, abort, redirect, request, url_for

from outreach.gap import steps_words
from outreach.gap.analysis_files import rounded, with_passport
from outreach.gap.disclosed import Audience
from outreach.gap.files import Table
from outreach.gap.forms import Asked, Field, Matching
from outreach.gap.queries.reaching import Period, counties_with_sessions, reached_villages
from outreach.gap.rules import Options
from outreach.gap.steps import (
    BOTH,
    OFFERED,
    NextSteps,
    RankedVillage,
    next_steps,
    training_steps,
)
from outreach.gap.views.blueprint import blueprint
from outreach.gap.views.measuring import stamp
from outreach.gap.views.reading import Reading
from outreach.gap.views.rooms import ROOMS, Parameters, Room
from outreach.measures.actions import ActingFor
from outreach.measures.rates import Measure
from outreach.measures.reach import KILOMETRES, year_before
from outreach.web.access import PUBLIC, open_to

SHOWN = 40
"""So many villages are offered to tick; the file has them all."""
TICKED_MOST = 200
BETWEEN = "~"
"""What stands between villages' codes in an address; no code has it."""
_CODES = re.compile(
    rf"[0-9A-Za-z-]{{1,60}}(?:{BETWEEN}[0-9A-Za-z-]{{1,60}}){{0,{TICKED_MOST - 1}}}"
)


def _others(_options: Options) -> Parameters:
    return {Field.FOR: [one.value for one in OFFERED], Field.VILLAGES: Matching(_CODES)}


def _find(look: Reading, wanted: Asked, audience: Audience) -> NextSteps:
    asked = request.args.get(Field.FOR)
    acting = _default(wanted.choice.measure) if asked is None else ActingFor(asked)
    if acting is ActingFor.civil_society:
        return _training_steps(look, wanted, audience)
    ticked = request.args.get(Field.VILLAGES, "").split(BETWEEN)
    return next_steps(look.findings(wanted.choice, audience), acting, ticked)


def _training_steps(look: Reading, wanted: Asked, audience: Audience) -> NextSteps:
    choice = wanted.choice
    period = Period(year_before(choice.day), choice.day)
    reached = reached_villages(
        look.session,
        choice.area,
        day=choice.day,
        period=period,
        metres=KILOMETRES * 1000,
        of=look.source,
    )
    found = [look.maturity(county, choice.day) for county in choice.area.counties]
    maturity = {
        one.code: one.shrunk
        for county in found
        if county is not None
        for one in county.results.villages
        if one.code is not None and one.shrunk is not None
    }
    logged = counties_with_sessions(look.session, period, of=look.source)
    return training_steps(
        look.findings(choice, audience),
        reached,
        maturity,
        known=set(choice.area.counties) <= logged,
    )


def _default(measure: Measure) -> ActingFor:
    """Who can act on a measure: whoever looks at the coverage is thinking of building."""
    return ActingFor.funders if measure is Measure.coverage else ActingFor.associations


HEAD = (
    "rank",
    "code",
    "name",
    "municipality_code",
    "municipality",
    "group",
    "for",
    "dwellings",
    *(f"{measure}_gap_{when}" for measure in BOTH for when in ("before", "after")),
)


def _rows(found: NextSteps, ranked: Iterable[tuple[int, RankedVillage]]) -> Table:
    rows = [
        (
            rank,
            one.village.code,
            one.village.name,
            one.village.municipality_code,
            one.village.municipality_name,
            None if one.village.group is None else one.village.group.value,
            found.audience.value,
            one.action.dwellings,
            *(
                rounded(sides.points(measure))
                for measure in BOTH
                for sides in (found.before, one.action.after)
            ),
        )
        for rank, one in ranked
    ]
    findings = found.findings
    return with_passport("actions", HEAD, rows, choice=findings.choice, audience=findings.audience)


def _actions(found: NextSteps) -> Table:
    return _rows(found, enumerate(found.ranked, start=1))


def _half(found: NextSteps) -> Table:
    chosen = set(found.half.codes) if found.half else set()
    ranked = enumerate(found.ranked, start=1)
    return _rows(found, [(rank, one) for rank, one in ranked if one.village.code in chosen])


def _training(found: NextSteps) -> Table:
    head = ("rank", "code", "name", "municipality_code", "municipality", "people", "reasons",
            "connection_rate", "maturity", "is_within")  # fmt: skip
    rows = [
        (
            rank,
            one.village.code,
            one.village.name,
            one.village.municipality_code,
            one.village.municipality_name,
            one.action.people,
            " ".join(one.action.reasons),
            rounded(one.place.connected.value),
            rounded(one.place.maturity),
            None if one.place.has_session is None else int(one.place.has_session),
        )
        for rank, one in enumerate(found.training or (), start=1)
    ]
    findings = found.findings
    return with_passport(
        "training",
        head,
        rows,
        choice=findings.choice,
        audience=findings.audience,
        source="association_report survey session_log",
    )


ROOM = Room(
    "next",
    _find,
    _others,
    {"actions": _actions, "half": _half, "training": _training},
    {},
    stamp,
)
ROOMS["next"] = ROOM


@blueprint.get("/gap/next", endpoint="next")
@open_to(PUBLIC)
def next_page() -> Response:
    """What next; ticked villages are brought into one parameter, so that the address says it."""
    ticked = request.args.getlist("village")
    if ticked:
        same = [
            (name, value) for name, value in request.args.items(multi=True) if name in set(Field)
        ]
        kept = {name: value for name, value in same if name != Field.VILLAGES}
        kept[Field.VILLAGES] = BETWEEN.join(dict.fromkeys(ticked[:TICKED_MOST]))
        abort(redirect(f"{url_for('gap.next')}?{urlencode(kept)}", code=302))
    return ROOM.page(_parts)


def _parts(found: NextSteps, _wanted: Asked, _options: Options) -> Mapping[str, object]:
    return {
        "found": found,
        "findings": found.findings,
        "steps_words": steps_words,
        "rows": found.ranked[:SHOWN],
        "half_codes": BETWEEN.join(found.half.codes[:TICKED_MOST]) if found.half else None,
        "both": BOTH,
    }
