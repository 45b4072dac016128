"""The blueprint of the users' pages, who they are for, and the filters that their templates use."""

from flask import Blueprint
from flask_login import current_user

from outreach.accounts import wording
from outreach.accounts.commands import Actor
from outreach.accounts.current import current_reach
from outreach.accounts.models import User
from outreach.accounts.rules import RoleName
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.web.access import only
from outreach.web.filters import put_in_words

ADMINISTRATORS = only(RoleName.ADMINISTRATOR)
CARETAKERS = only(RoleName.ADMINISTRATOR, RoleName.REGIONAL_STAFF)

blueprint = Blueprint("accounts", __name__)
put_in_words(
    blueprint,
    {
        "role_name": wording.ROLES,
        "message_state": wording.MESSAGE_STATES,
    },
)


def actor() -> Actor:
    """The person behind the request, and the instant it is made."""
    return Actor(current_reach(), utc_now())


def me() -> User:
    """The person signed in, as a row of this request's session."""
    return db.session.get_one(User, current_user.id)
