"""The blueprint of places, and the words its templates use for closed sets."""

from flask import Blueprint

from outreach.places import words
from outreach.web.filters import put_in_words, spoken

blueprint = Blueprint("places", __name__)
put_in_words(
    blueprint, {"dwelling_type": words.DWELLING_TYPES, "service_kind": words.SERVICE_KINDS}
)


def settlement_class(value: str | None) -> str:
    """A settlement class in words."""
    return str(words.CLASSES[value] if value else words.NO_CLASS)


blueprint.add_app_template_filter(spoken(settlement_class), "settlement_class")
