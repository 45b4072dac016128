"""The gap's pages and files, and the overview."""

from outreach.gap.views import (
    data,
    map_data,
    maps,
    overview,
    packages,
    page,
    panels,
    pictures,
    tables,
)
from outreach.gap.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "data",
    "map_data",
    "maps",
    "overview",
    "packages",
    "page",
    "panels",
    "pictures",
    "tables",
]
