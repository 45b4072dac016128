"""What the person behind this request may reach."""

from flask import g, has_request_context
from flask_login import current_user
from werkzeug.exceptions import NotFound

from outreach.accounts import second_factor
from outreach.accounts.queries import reach_of
from outreach.accounts.rules import NOBODY, Reach
from outreach.extensions import db


def current_reach() -> Reach:
    """The reach of the person signed in, asked for once a request; the public's for all others.

    Who must have a second factor and has none yet reaches nothing.
    """
    if not has_request_context():
        return NOBODY
    if not current_user.is_authenticated or second_factor.is_missing():
        return NOBODY
    known = g.get("outreach_reach")
    if isinstance(known, Reach) and known.user_id == current_user.id:
        return known
    reach = reach_of(db.session(), current_user.id)
    g.outreach_reach = reach
    return reach


def user_id() -> int:
    """The person behind the request; where the audience lets nobody else in, there is one."""
    known = current_reach().user_id
    if known is None:
        raise NotFound
    return known
