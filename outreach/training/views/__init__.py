"""The training room's pages; importing them puts their routes on the blueprint."""

from outreach.training.views import (
    calendar,
    contacts,
    listing,
    logging,
    organisations,
    planning,
    programmes,
    sessions,
    venues,
    wording_filters,
)
from outreach.training.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "calendar",
    "contacts",
    "listing",
    "logging",
    "organisations",
    "planning",
    "programmes",
    "sessions",
    "venues",
    "wording_filters",
]
