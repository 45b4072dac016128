"""The blueprint of the register, the filters its templates use, and who its pages are for."""

from flask import Blueprint

from outreach.accounts.rules import RoleName
from outreach.associations import wording
from outreach.web.access import only

STAFF = only(RoleName.ADMINISTRATOR, RoleName.REGIONAL_STAFF)
STAFF_AND_REPORTERS = only(
    RoleName.ADMINISTRATOR, RoleName.REGIONAL_STAFF, RoleName.ASSOCIATION_REPORTER
)

blueprint = Blueprint("associations", __name__)


@blueprint.app_template_filter("legal_form")
def legal_form(value: str) -> str:
    """A legal form in words."""
    return str(wording.LEGAL_FORMS[value])


@blueprint.app_template_filter("association_status")
def association_status(value: str) -> str:
    """An association's status in words."""
    return str(wording.STATUSES[value])


@blueprint.app_template_filter("commitment_kind")
def commitment_kind(value: str) -> str:
    """A kind of commitment in words."""
    return str(wording.COMMITMENT_KINDS[value])


@blueprint.app_template_filter("commitment_status")
def commitment_status(value: str) -> str:
    """A commitment's status in words."""
    return str(wording.COMMITMENT_STATUSES[value])


@blueprint.app_template_filter("succession_kind")
def succession_kind(value: str) -> str:
    """A kind of succession in words."""
    return str(wording.SUCCESSION_KINDS[value])


@blueprint.app_template_filter("changed_object")
def changed_object(value: str) -> str:
    """What a change was of, in words; another feature's object is shown as it is recorded."""
    return str(wording.OBJECT_TYPES.get(value, value))


@blueprint.app_template_filter("changed_action")
def changed_action(value: str) -> str:
    """What a change did, in words."""
    return str(wording.ACTIONS.get(value, value))


@blueprint.app_template_filter("changed_field")
def changed_field(value: str) -> str:
    """The name of a changed field, in words."""
    return str(wording.FIELDS.get(value, value))


@blueprint.app_template_filter("organisation_number")
def organisation_number(value: str) -> str:
    """An organisation number with its hyphen."""
    return wording.organisation_number_shown(value)
