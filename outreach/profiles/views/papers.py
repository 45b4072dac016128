"""Have a PDF made, and see how far it has come."""

from flask import Response, jsonify, render_template, request, url_for
from flask_babel import get_locale
from werkzeug.exceptions import NotFound

from outreach.accounts.current import user_id
from outreach.database import transaction
from outreach.extensions import db
from outreach.gap.views.reading import reading
from outreach.mail.queue import wake_worker
from outreach.profiles import jobs
from outreach.profiles.commands import Wanted, ask_for
from outreach.profiles.queries import PaperRow, paper, papers_of
from outreach.profiles.rules import PaperKind
from outreach.profiles.views.blueprint import STAFF, author, blueprint, staffed_area
from outreach.profiles.working import areas_of
from outreach.web.access import open_to
from outreach.web.answers import private, see_other


@blueprint.post("/profiles/<code>/pdf")
@open_to(STAFF)
def ask(code: str) -> Response:
    """Have a PDF made of an area, or of a county with all its municipalities."""
    kind = PaperKind.PACK if request.form.get("kind") == PaperKind.PACK else PaperKind.AREA
    with reading() as look:
        area = staffed_area(look, code)
        parts = len(areas_of(look.options, code, kind=kind))
    session = db.session()
    with transaction(session):
        wanted = Wanted(kind, area, str(get_locale()), parts)
        paper_id = ask_for(session, wanted, by=author())
    wake_worker(jobs.TASK)
    return see_other(url_for("profiles.show_paper", paper_id=paper_id))


@blueprint.get("/profiles/papers/<key:paper_id>")
@open_to(STAFF)
def show_paper(paper_id: int) -> Response:
    """How far the making of a PDF has come."""
    found = _own_paper(paper_id)
    mine = papers_of(db.session(), user_id=user_id())
    page = render_template(
        "profiles/paper_progress.html",
        paper=found,
        others=[each for each in mine if each.id != paper_id],
    )
    return private(page)


@blueprint.get("/profiles/papers/<key:paper_id>/progress")
@open_to(STAFF)
def paper_progress(paper_id: int) -> Response:
    """The same for the script on the page."""
    found = _own_paper(paper_id)
    state = jsonify(at_work=found.is_at_work, done=found.parts_done, all=found.parts_all)
    return private(state)


def _own_paper(paper_id: int) -> PaperRow:
    found = paper(db.session(), paper_id)
    if found is None or found.asked_by_id != user_id():
        raise NotFound
    return found
