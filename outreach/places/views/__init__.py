"""The pages of places; importing them puts their routes on the blueprint."""

from outreach.places.views import listing, municipality, services, village
from outreach.places.views.blueprint import blueprint

__all__ = ["blueprint", "listing", "municipality", "services", "village"]
