"""Imports and spreadsheets; importing this registers their addresses on the blueprint."""

from outreach.exchange.views import deciding, imports, spreadsheets
from outreach.exchange.views.blueprint import blueprint

__all__ = ["blueprint", "deciding", "imports", "spreadsheets"]
