"""The users' pages; importing them puts their routes on the blueprint."""

from outreach.accounts.views import outbox, own, users, welcome
from outreach.accounts.views.blueprint import blueprint

__all__ = ["blueprint", "outbox", "own", "users", "welcome"]
