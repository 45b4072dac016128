"""Oversight; importing this registers its addresses on the blueprint."""

from outreach.oversight.views import people, record
from outreach.oversight.views.blueprint import blueprint

__all__ = ["blueprint", "people", "record"]
