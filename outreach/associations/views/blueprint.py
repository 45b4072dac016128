"""The blueprint of the register, the filters its templates use, and who its pages are for."""

from flask import Blueprint

from outreach.accounts.rules import RoleName
from outreach.associations import wording
from outreach.web.access import only
from outreach.web.filters import put_in_words, put_known_in_words

STAFF = only(RoleName.ADMINISTRATOR, RoleName.REGIONAL_STAFF)
STAFF_AND_REPORTERS = only(
    RoleName.ADMINISTRATOR, RoleName.REGIONAL_STAFF, RoleName.ASSOCIATION_REPORTER
)

blueprint = Blueprint("associations", __name__)
put_in_words(
    blueprint,
    {
        "legal_form": wording.LEGAL_FORMS,
        "association_status": wording.STATUSES,
        "commitment_kind": wording.COMMITMENT_KINDS,
        "commitment_status": wording.COMMITMENT_STATUSES,
        "succession_kind": wording.SUCCESSION_KINDS,
    },
)
put_known_in_words(
    blueprint,
    {
        "changed_object": wording.OBJECT_TYPES,
        "changed_action": wording.ACTIONS,
        "changed_field": wording.FIELDS,
    },
)


@blueprint.app_template_filter("organisation_number")
def organisation_number(value: str) -> str:
    """An organisation number with its hyphen."""
    return wording.organisation_number_shown(value)
