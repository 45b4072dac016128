"""The blueprint of maturity, and what its pages ask of a request."""

import re
import uuid

from flask import Blueprint, request
from flask_babel import get_locale
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.accounts.rules import RoleName
from outreach.extensions import db
from outreach.maturity import wording
from outreach.maturity.queries.rounds import RoundRow, round_within
from outreach.measures.digcomp import DigCompArea
from outreach.web.access import only

STAFF = only(RoleName.ADMINISTRATOR, RoleName.REGIONAL_STAFF)
ROUND = "/maturity/rounds/<key:round_id>"
_SENT_KEY = re.compile(r"[0-9a-f]{32}")

blueprint = Blueprint("maturity", __name__)
blueprint.record(
    lambda state: state.app.jinja_env.globals.update(
        maturity_words=wording, skill_areas=list(DigCompArea)
    )
)


def found_round(round_id: int, *, must_be_open: bool = False) -> RoundRow:
    """The round of the address within the person's reach, or 404."""
    found = round_within(db.session(), round_id, reach=current_reach())
    if found is None or (must_be_open and not found.is_open):
        raise NotFound
    return found


def sent_key() -> str:
    """The key that a form carries so that it is stored once; a new one where it has none."""
    text = request.form.get("submission_key", "")
    return text if _SENT_KEY.fullmatch(text) else uuid.uuid4().hex


def language() -> str:
    """The reader's language."""
    return str(get_locale())
