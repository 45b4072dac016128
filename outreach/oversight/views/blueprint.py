"""The blueprint of oversight, who its pages are for, and the filters its templates use."""

from collections.abc import Callable, Mapping

from flask import Blueprint, url_for

from outreach.accounts.rules import RoleName
from outreach.oversight import wording
from outreach.oversight.queries.events import Event
from outreach.web.access import only
from outreach.web.filters import put_known_in_words

ADMINISTRATORS = only(RoleName.ADMINISTRATOR)
STAFF = only(RoleName.ADMINISTRATOR, RoleName.REGIONAL_STAFF)

blueprint = Blueprint("oversight", __name__)
put_known_in_words(
    blueprint,
    {
        "recorded_action": wording.ACTIONS,
        "recorded_kind": wording.KINDS,
    },
)


@blueprint.app_template_filter("recorded_field")
def recorded_field(value: str) -> str:
    """A changed field, in words."""
    return wording.field_name(value)


def _association(key: str) -> str:
    return url_for("associations.show", association_id=key)


def _version(key: str) -> str:
    return url_for("connections.review_version", version_id=key)


PAGES: Mapping[str, Callable[[str], str]] = {
    "association": _association,
    "association_contact": _association,
    "served_village": _association,
    "succession": _association,
    "report_link": _association,
    "commitment": lambda key: url_for("associations.commitment_page", commitment_id=key),
    "report_version": _version,
    "value_flag": _version,
    "reporting_round": lambda key: url_for("connections.round_page", round_id=key),
    "reminder": lambda key: url_for("connections.reminders", round_id=key),
    "figure_question": lambda key: url_for("questions.show", question_id=key),
    "user": lambda key: url_for("accounts.show", user_id=key),
    "organisation": lambda key: url_for("training.show", organisation_id=key),
    "organisation_contact": lambda key: url_for("training.show", organisation_id=key),
    "training_session": lambda key: url_for("training.session_page", session_id=key),
    "profile_edition": lambda key: url_for("profiles.show_edition", edition_id=key),
    "municipality": lambda key: url_for("places.municipality", code=key),
    "village": lambda key: url_for("places.village", code=key),
}
"""The page that an object of each kind stands on, by what it goes by there."""


@blueprint.app_template_filter("recorded_page")
def recorded_page(event: Event) -> str | None:
    """The address of the page of an event's object; None where it has none, or is gone."""
    if event.named is None or event.named.page is None or event.kind not in PAGES:
        return None
    return PAGES[event.kind](event.named.page)
