"""The blueprint that reporting and review hang on, and the filter its templates use."""

from flask import Blueprint

from outreach.connections.wording import DWELLING_TYPES, FIELDS, SOURCES
from outreach.web.filters import put_in_words

blueprint = Blueprint("connections", __name__)
put_in_words(
    blueprint,
    {
        "counted_type": DWELLING_TYPES,
        "count_field": FIELDS,
        "report_source": SOURCES,
    },
)
