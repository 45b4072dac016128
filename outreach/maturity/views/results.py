"""The public results of a closed round: the page and its tables as files."""

from collections.abc import Iterable

from flask import Response, current_app, render_template, request
from flask_babel import get_locale
from markupsafe import Markup
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from outreach.accounts.rules import RoleName
from outreach.database import data_version
from outreach.database.snapshot import snapshot
from outreach.days import today
from outreach.extensions import db
from outreach.maturity.charts.specs import BarSpec
from outreach.maturity.disclosed import Judged, judge
from outreach.maturity.drawing import draw
from outreach.maturity.latest import measured
from outreach.maturity.picturing import levels_spec, skills_spec
from outreach.maturity.queries.rounds import RoundRow, published_rounds
from outreach.maturity.queries.sums import PlaceSum
from outreach.maturity.reference import TARGET_2030
from outreach.maturity.results import Results
from outreach.maturity.tables import NAMES, table_of
from outreach.maturity.views.blueprint import blueprint
from outreach.maturity.wording import AREAS, ages_words
from outreach.measures.rates import UNKNOWN_SHARE
from outreach.settings import settings_of
from outreach.web import kept
from outreach.web.access import PUBLIC, held_roles, open_to
from outreach.web.charts.inline import as_markup, for_both_widths
from outreach.web.charts.widths import Width
from outreach.web.kept_store import Built
from outreach.web.table_files import TableFile, built, kind_asked

STAFF_ROLES = frozenset({RoleName.ADMINISTRATOR.value, RoleName.REGIONAL_STAFF.value})


@blueprint.get("/maturity")
@open_to(PUBLIC)
def show() -> Response:
    """The newest round that is closed, or the one asked for."""
    return kept.page((request.query_string, str(get_locale()), today()), _page)


@blueprint.get("/maturity/<key:round_id>/<name>.csv")
@open_to(PUBLIC)
def table_csv(round_id: int, name: str) -> Response:
    """One table of a round, in the format that its address ends with."""
    kind = kind_asked()
    if name not in NAMES:
        raise NotFound

    def build() -> Built:
        with snapshot(db.session()) as session:
            chosen = _chosen(published_rounds(session), str(round_id))
            if chosen is None:
                raise NotFound
            header, rows = table_of(_results(session, chosen), name)
        filename = f"outreach-maturity-{name}-{chosen.county_code}-{chosen.reference_date}"
        return built(TableFile(name, header, rows), kind, filename=filename)

    return kept.file((round_id, name, kind, str(get_locale())), build)


def _page() -> str:
    with snapshot(db.session()) as session:
        rounds = published_rounds(session)
        asked = request.args.get("round", "")
        chosen = _chosen(rounds, asked) if asked else next(iter(rounds), None)
        is_staff = not kept.is_visitor() and bool(held_roles() & STAFF_ROLES)
        if chosen is None:
            if asked:
                raise NotFound
            return render_template("maturity/nothing.html", is_staff=is_staff)
        results = _results(session, chosen)
    return render_template(
        "maturity/show.html",
        results=results,
        rounds=rounds,
        is_staff=is_staff,
        target=TARGET_2030,
        areas_heads=_heads(str(AREAS[row.area]) for row in results.skills),
        ages_heads=_heads(ages_words(row.ages) for row in results.ages),
        unknown_share=UNKNOWN_SHARE,
        levels_picture=_inline(levels_spec(results)) if results.levels else None,
        skills_picture=_inline(skills_spec(results)) if results.skills else None,
    )


def _heads(labels: Iterable[str]) -> list[dict[str, str | bool]]:
    return [{"label": label, "is_number": True} for label in labels]


def _chosen(rounds: list[RoundRow], asked: str) -> RoundRow | None:
    return next((one for one in rounds if str(one.id) == asked), None)


def _results(session: Session, chosen: RoundRow) -> Results:
    found = measured(
        session,
        chosen,
        judge=lambda county, sums: _judged(session, county, sums),
        k=_threshold(),
    )
    return found.results


def _judged(session: Session, county: str, sums: list[PlaceSum]) -> Judged:
    """Judged once for each version of the data, in each process."""
    return kept.fact(
        ("maturity", county),
        data_version.current(session),
        build=lambda: judge(county, sums, k=_threshold()),
    )


def _threshold() -> int:
    return settings_of(current_app).disclosure_threshold


def _inline(spec: BarSpec) -> Markup:
    def drawn(width: Width) -> Markup:
        return as_markup(
            kept.part((spec, width), lambda: Built(draw(spec, width), "image/svg+xml"))
        )

    return for_both_widths(drawn)
