"""Reporting and review; importing this registers their addresses on the blueprint."""

from outreach.connections.views import (
    drafting,
    following,
    history,
    link_keeping,
    link_panel,
    links,
    reporting,
    review,
    rounds,
    submitting,
)
from outreach.connections.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "drafting",
    "following",
    "history",
    "link_keeping",
    "link_panel",
    "links",
    "reporting",
    "review",
    "rounds",
    "submitting",
]
