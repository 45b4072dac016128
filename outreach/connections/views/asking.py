"""What the pages of reports ask of a request, and the audience they share."""

import re
from datetime import date

from flask import request
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.accounts.rules import RoleName
from outreach.connections.queries.report_head import ReportHead, report_head
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.web.access import only
from outreach.web.asking import sent_number

REPORTERS = only(RoleName.ASSOCIATION_REPORTER)
STAFF = only(RoleName.REGIONAL_STAFF, RoleName.ADMINISTRATOR)
WRITERS = only(RoleName.ASSOCIATION_REPORTER, RoleName.REGIONAL_STAFF, RoleName.ADMINISTRATOR)
"""Staff may enter a report for an association; the version says who did."""

ONE_REPORT = "/reports/<key:association_id>/<day>"

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SUBMISSION_KEY = re.compile(r"[0-9a-f]{32}")


def found_head(association_id: int, day: str) -> ReportHead:
    """The report that the address names, or 404 for all that is not within reach."""
    head = None
    on = _date(day)
    if on is not None:
        head = report_head(
            db.session(), association_id, reference_date=on, reach=current_reach(), at=utc_now()
        )
    if head is None:
        raise NotFound
    return head


def sent_base() -> int | None:
    """The version that the form says it was opened on; None where it says nothing of ours."""
    return sent_number("base_number")


def sent_key() -> str | None:
    """The key that the form was printed with; None where it carries none of ours."""
    text = request.form.get("submission_key", "")
    return text if _SUBMISSION_KEY.fullmatch(text) else None


def _date(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
