"""The gap's tables as files."""

from flask import Response
from werkzeug.exceptions import NotFound

from outreach.gap import files
from outreach.gap.disclosed import Audience
from outreach.gap.forms import Asked
from outreach.gap.views.blueprint import blueprint
from outreach.gap.views.data import answer
from outreach.gap.views.reading import Reading
from outreach.web.access import PUBLIC, open_to
from outreach.web.kept_store import Built

CONTENT_TYPE = "text/csv; charset=utf-8"


@blueprint.get("/gap/<name>.csv")
@open_to(PUBLIC)
def plain_csv(name: str) -> Response:
    """A table for programs."""
    return _file(name, is_excel=False)


@blueprint.get("/gap/<name>-excel.csv")
@open_to(PUBLIC)
def excel_csv(name: str) -> Response:
    """The same for Excel in Sweden."""
    return _file(name, is_excel=True)


def _file(name: str, *, is_excel: bool) -> Response:
    if name not in files.TABLES:
        raise NotFound

    def build(look: Reading, wanted: Asked, audience: Audience) -> Built:
        table = files.TABLES[name](look.findings(wanted.choice, audience))
        choice = wanted.choice
        return Built(
            files.excel_csv(table) if is_excel else files.plain_csv(table),
            CONTENT_TYPE,
            f"outreach-{name}-{choice.measure}-{choice.area.code}-{choice.day}.csv",
        )

    return answer(build, name=name)
