"""The gap's pages and files, and the overview."""

from outreach.gap.views import (
    data,
    forecast,
    map_data,
    maps,
    maturity,
    overview,
    packages,
    page,
    panels,
    pictures,
    reach,
    rooms,
    spread,
    steps,
    tables,
    why,
)
from outreach.gap.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "data",
    "forecast",
    "map_data",
    "maps",
    "maturity",
    "overview",
    "packages",
    "page",
    "panels",
    "pictures",
    "reach",
    "rooms",
    "spread",
    "steps",
    "tables",
    "why",
]
