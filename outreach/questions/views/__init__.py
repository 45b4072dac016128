"""Questions from outside; importing this registers their addresses on the blueprint."""

from outreach.questions.views import asking, following, handling, panels
from outreach.questions.views.blueprint import blueprint

__all__ = ["asking", "blueprint", "following", "handling", "panels"]
