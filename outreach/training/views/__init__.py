"""The training room's pages; importing them puts their routes on the blueprint."""

from outreach.training.views import logging, organisations, sessions, wording_filters
from outreach.training.views.blueprint import blueprint

__all__ = ["blueprint", "logging", "organisations", "sessions", "wording_filters"]
