"""Pages of profiles; importing this registers them all."""

from outreach.profiles.views import papers, published, taking, writing
from outreach.profiles.views.blueprint import blueprint

__all__ = ["blueprint", "papers", "published", "taking", "writing"]
