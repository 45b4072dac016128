"""The blueprint of questions, and what its pages ask of a request."""

from flask import Blueprint

from outreach.accounts.rules import RoleName
from outreach.questions import wording
from outreach.web.access import only

HANDLERS = only(RoleName.ASSOCIATION_REPORTER, RoleName.REGIONAL_STAFF, RoleName.ADMINISTRATOR)

blueprint = Blueprint("questions", __name__)
blueprint.record(lambda state: state.app.jinja_env.globals.update(question_words=wording))
