"""The blueprint of the training room and who its pages are for."""

from flask import Blueprint

from outreach.accounts.rules import RoleName
from outreach.web.access import only

HOLDERS = only(RoleName.ADMINISTRATOR, RoleName.REGIONAL_STAFF, RoleName.SESSION_LOGGER)
STAFF = only(RoleName.ADMINISTRATOR, RoleName.REGIONAL_STAFF)
KEY = "int(max=2147483647)"
"""Ids of objects in addresses; a larger number fits in no column and names nothing."""

blueprint = Blueprint("training", __name__)
