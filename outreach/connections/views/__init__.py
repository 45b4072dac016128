"""Reporting and review; importing this registers their addresses on the blueprint."""

from outreach.connections.views import (
    completeness,
    drafting,
    flags,
    following,
    history,
    link_keeping,
    link_panel,
    links,
    reminding,
    reporting,
    review,
    risks,
    round_association,
    round_associations,
    round_changes,
    rounds,
    submitting,
)
from outreach.connections.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "completeness",
    "drafting",
    "flags",
    "following",
    "history",
    "link_keeping",
    "link_panel",
    "links",
    "reminding",
    "reporting",
    "review",
    "risks",
    "round_association",
    "round_associations",
    "round_changes",
    "rounds",
    "submitting",
]
