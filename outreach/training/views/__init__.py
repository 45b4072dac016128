"""The training room's pages; importing them puts their routes on the blueprint."""

from outreach.training.views import (
    calendar,
    contacts,
    device,
    gaps,
    listing,
    logging,
    organisations,
    planning,
    programmes,
    records,
    series,
    sessions,
    venues,
    versions,
    wording_filters,
)
from outreach.training.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "calendar",
    "contacts",
    "device",
    "gaps",
    "listing",
    "logging",
    "organisations",
    "planning",
    "programmes",
    "records",
    "series",
    "sessions",
    "venues",
    "versions",
    "wording_filters",
]
