"""Imports and spreadsheets; importing this registers their addresses on the blueprint."""

from outreach.exchange.views import answers, deciding, imports, spreadsheets
from outreach.exchange.views.blueprint import blueprint

__all__ = ["answers", "blueprint", "deciding", "imports", "spreadsheets"]
