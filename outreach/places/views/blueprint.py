"""The blueprint of places, and the words its templates use for closed sets."""

from flask import Blueprint

from outreach.places import words
from outreach.web.filters import put_in_words

blueprint = Blueprint("places", __name__)
put_in_words(
    blueprint, {"dwelling_type": words.DWELLING_TYPES, "service_kind": words.SERVICE_KINDS}
)


@blueprint.app_template_filter("settlement_class")
def settlement_class(value: str | None) -> str:
    """A settlement class in words."""
    return str(words.CLASSES[value] if value else words.NO_CLASS)
