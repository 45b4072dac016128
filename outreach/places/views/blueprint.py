"""The blueprint of places, and the words its templates use for closed sets."""

from flask import Blueprint

from outreach.places import words

blueprint = Blueprint("places", __name__)


@blueprint.app_template_filter("settlement_class")
def settlement_class(value: str | None) -> str:
    """A settlement class in words."""
    return str(words.CLASSES[value] if value else words.NO_CLASS)


@blueprint.app_template_filter("dwelling_type")
def dwelling_type(value: str) -> str:
    """A type of dwelling in words."""
    return str(words.DWELLING_TYPES[value])


@blueprint.app_template_filter("service_kind")
def service_kind(value: str) -> str:
    """What a service point offers, in words."""
    return str(words.SERVICE_KINDS[value])
