"""The blueprint that reporting and review hang on, and the filter its templates use."""

from flask import Blueprint

from outreach.connections.rules import CountField, ReportSource
from outreach.connections.wording import DWELLING_TYPES, FIELDS, SOURCES
from outreach.measures.classes import DwellingType

blueprint = Blueprint("connections", __name__)


@blueprint.app_template_filter("counted_type")
def counted_type(value: DwellingType) -> str:
    """A dwelling type in words."""
    return str(DWELLING_TYPES[value])


@blueprint.app_template_filter("count_field")
def count_field(value: CountField) -> str:
    """The name of one of the four counts in the reader's language."""
    return str(FIELDS[value])


@blueprint.app_template_filter("report_source")
def report_source(value: ReportSource) -> str:
    """How a version came in, in words."""
    return str(SOURCES[value])
