"""The map as a file for QGIS."""

from datetime import date

from flask import Response
from flask_babel import get_locale

from outreach.gap import files
from outreach.gap.disclosed import Audience
from outreach.gap.forms import Asked
from outreach.gap.marks import Overlay
from outreach.gap.packages import package, packed
from outreach.gap.queries.overlays import marks
from outreach.gap.queries.shapes import municipality_outlines, village_outlines
from outreach.gap.views.blueprint import blueprint
from outreach.gap.views.data import Later, answer
from outreach.gap.views.reading import Reading
from outreach.gap.views.tables import facts, file_name
from outreach.web.access import PUBLIC, open_to
from outreach.web.kept_store import Built

CONTENT_TYPE = "application/geopackage+sqlite3"


@blueprint.get("/gap/map.gpkg")
@open_to(PUBLIC)
def geopackage() -> Response:
    """Villages and municipalities in EPSG:3006, with a style by the class limits."""

    def build(look: Reading, wanted: Asked, audience: Audience) -> Later:
        findings = look.findings(wanted.choice, audience)
        area = wanted.choice.area
        made = package(
            findings,
            files.villages(findings),
            villages=village_outlines(look.session, area),
            municipalities=municipality_outlines(look.session, area),
            marks=marks(
                look.session,
                area,
                (Overlay.SERVICES, Overlay.NODES),
                on=wanted.choice.day,
            ),
            passport={
                name: value.isoformat() if isinstance(value, date) else str(value)
                for name, value in facts(findings)
                if value is not None
            },
        )
        name = f"{file_name('map', wanted.choice)}.gpkg"
        return lambda: Built(packed(made), CONTENT_TYPE, name)

    return answer(build, name=f"geopackage {get_locale()}")
