"""The register's pages; importing them puts their routes on the blueprint."""

from outreach.associations.views import (
    commitment_forms,
    commitments,
    contacts,
    forms,
    hand_over,
    panels,
    register,
    served,
    still_you,
    succession,
)
from outreach.associations.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "commitment_forms",
    "commitments",
    "contacts",
    "forms",
    "hand_over",
    "panels",
    "register",
    "served",
    "still_you",
    "succession",
]
