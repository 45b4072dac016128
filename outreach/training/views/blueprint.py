"""The blueprint of the training room and who its pages are for."""

from flask import Blueprint

from outreach.accounts.rules import RoleName
from outreach.web.access import only

HOLDERS = only(RoleName.ADMINISTRATOR, RoleName.REGIONAL_STAFF, RoleName.SESSION_LOGGER)
STAFF = only(RoleName.ADMINISTRATOR, RoleName.REGIONAL_STAFF)

blueprint = Blueprint("training", __name__)
