"""Profiles as everyone reads them: as the figures are now, and as they were frozen."""

from flask import Response, render_template
from flask_babel import get_locale
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.days import today
from outreach.extensions import db
from outreach.gap.charts.specs import Format
from outreach.gap.rules import AreaKind
from outreach.gap.views.knowing import Known, Refused, known_asked, refuse
from outreach.gap.views.measuring import stamp
from outreach.gap.views.pictures import CONTENT_TYPES
from outreach.gap.views.reading import reading
from outreach.profiles.composing import composed, has_figures
from outreach.profiles.kept import from_json
from outreach.profiles.queries import (
    edition,
    editions,
    file_content,
    file_names,
    paper,
    paper_content,
    papers_of_editions,
    texts_of,
)
from outreach.profiles.rules import NO_TEXTS, WORKBOOK
from outreach.profiles.views.blueprint import all_areas, blueprint, found_area, staffs
from outreach.web import kept
from outreach.web.access import PUBLIC, open_to
from outreach.web.answers import private
from outreach.web.workbook_files import CONTENT_TYPE as EXCEL

PDF = "application/pdf"
PNG = CONTENT_TYPES[Format.PNG]


@blueprint.get("/profiles")
@open_to(PUBLIC)
def index() -> Response:
    """All areas with a profile, and what has been frozen."""
    return kept.page((str(get_locale()),), _index)


def _index() -> str:
    with reading() as look:
        frozen = editions(look.session)
        return render_template(
            "profiles/index.html",
            areas=all_areas(look),
            has_figures=has_figures(look),
            editions=frozen,
            papers=papers_of_editions(look.session, [each.id for each in frozen]),
        )


@blueprint.get("/profiles/<code>")
@open_to(PUBLIC)
def show(code: str) -> Response:
    """An area's profile as the figures are now."""
    known = known_asked()
    return kept.page((code, str(get_locale()), today(), stamp()), lambda: _show(code, known))


def _show(code: str, known: Known | None) -> str:
    with reading(known) as look:
        area = found_area(look, code)
        if known is not None and not staffs(area):
            refuse(Refused.NOT_STAFF)
        # What staff wrote is about the figures as they are now.
        texts = NO_TEXTS if known else texts_of(look.session, code, locale=str(get_locale()))
        return render_template(
            "profiles/show.html",
            document=composed(look, area, texts=texts),
            area=area,
            editions=editions(look.session, area_code=code),
            edits=not kept.is_visitor() and staffs(area),
            is_county=area.kind is AreaKind.COUNTY,
            known_on=look.known_on,
            today=today(),
        )


@blueprint.get("/profiles/editions/<key:edition_id>")
@open_to(PUBLIC)
def show_edition(edition_id: int) -> Response:
    """A profile as it stood when it was frozen."""
    return kept.page((edition_id, str(get_locale())), lambda: _edition(edition_id))


def _edition(edition_id: int) -> str:
    with reading() as look:
        found = edition(look.session, edition_id)
        if found is None:
            raise NotFound
        row, content = found
        return render_template(
            "profiles/edition.html",
            edition=row,
            document=from_json(content)[str(get_locale())],
            papers=papers_of_editions(look.session, [edition_id]),
            files=file_names(look.session, edition_id, locale=str(get_locale())),
            locale=str(get_locale()),
        )


@blueprint.get("/profiles/editions/<key:edition_id>/<locale>/<name>")
@open_to(PUBLIC)
def edition_file(edition_id: int, locale: str, name: str) -> Response:
    """The workbook or a slide of a frozen profile, as it was made when it was frozen."""
    content = file_content(db.session(), edition_id, locale=locale, name=name)
    if content is None:
        raise NotFound
    response = Response(content, content_type=EXCEL if name == WORKBOOK else PNG)
    saved_as = f"outreach-profile-{edition_id}-{locale}-{name}"
    response.headers["Content-Disposition"] = f'attachment; filename="{saved_as}"'
    return response


@blueprint.get("/profiles/editions/<key:edition_id>.json")
@open_to(PUBLIC)
def edition_json(edition_id: int) -> Response:
    """The frozen bytes themselves."""
    found = edition(db.session(), edition_id)
    if found is None:
        raise NotFound
    response = Response(found[1], content_type="application/json")
    response.headers["ETag"] = f'"{found[0].digest}"'
    return response


@blueprint.get("/profiles/papers/<key:paper_id>.pdf")
@open_to(PUBLIC)
def download(paper_id: int) -> Response:
    """A PDF that is ready: an edition's for everyone, any other for whoever asked for it."""
    found = paper(db.session(), paper_id)
    if found is None or (found.edition_id is None and found.asked_by_id != current_reach().user_id):
        raise NotFound
    content = paper_content(db.session(), paper_id)
    if content is None:
        raise NotFound
    response = Response(content, content_type=PDF)
    name = f"outreach-{found.kind}-{found.area_code}-{found.locale}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response if found.edition_id else private(response)
