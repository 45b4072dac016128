"""A profile to take along: its pictures as slides, and its tables as a workbook."""

from flask import Response, url_for
from flask_babel import get_locale
from werkzeug.exceptions import NotFound

from outreach.gap.charts.specs import Format
from outreach.gap.drawing import draw
from outreach.gap.views.knowing import only_of_now
from outreach.gap.views.measuring import stamp
from outreach.gap.views.pictures import CONTENT_TYPES
from outreach.gap.views.reading import reading
from outreach.profiles.gathering import gathered
from outreach.profiles.rules import WORKBOOK, Part
from outreach.profiles.slides import slides
from outreach.profiles.views.blueprint import blueprint, found_area
from outreach.profiles.workbook import workbook
from outreach.web import kept, workbook_files
from outreach.web.access import PUBLIC, open_to
from outreach.web.kept_store import Built


@blueprint.get("/profiles/<code>/slides/<part>.png")
@open_to(PUBLIC)
def slide(code: str, part: str) -> Response:
    """The picture of a part as a slide; 404 where the part has none."""
    only_of_now()
    if part not in set(Part):
        raise NotFound
    return kept.file((code, part, str(get_locale()), stamp()), lambda: _slide(code, Part(part)))


def _slide(code: str, part: Part) -> Built:
    with reading() as look:
        found = slides(gathered(look, found_area(look, code))).get(part)
        day = look.options.days[0]
    if found is None:
        raise NotFound
    # Drawn once the look is over, as that takes long.
    body = draw(found, kind=Format.PNG)
    return Built(body, CONTENT_TYPES[Format.PNG], f"outreach-{part}-{code}-{day}.png")


@blueprint.get(f"/profiles/<code>/{WORKBOOK}")
@open_to(PUBLIC)
def tables(code: str) -> Response:
    """Every table of a profile in one workbook, with a sheet of definitions."""
    only_of_now()
    return kept.file((code, str(get_locale()), stamp()), lambda: _tables(code))


def _tables(code: str) -> Built:
    with reading() as look:
        address = url_for("profiles.show", code=code, _external=True)
        body = workbook(gathered(look, found_area(look, code)), address)
        day = look.options.days[0]
    return Built(body, workbook_files.CONTENT_TYPE, f"outreach-profile-{code}-{day}.xlsx")
