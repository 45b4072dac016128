"""Pages about the site itself: how figures are counted, sources, accessibility, privacy, contact.

They are prose, so each language has its template instead of a catalogue of paragraphs.
"""

from flask import Blueprint, current_app, render_template
from flask_babel import get_locale

from outreach.settings import settings_of
from outreach.web.access import PUBLIC, open_to
from outreach.web.i18n import DEFAULT_LANGUAGE, LANGUAGES

blueprint = Blueprint("about", __name__)


def _page(name: str) -> str:
    chosen = str(get_locale())
    language = chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE
    return render_template(f"about/{name}.{language}.html", settings=settings_of(current_app))


@blueprint.get("/about")
@open_to(PUBLIC)
def counted() -> str:
    """How each figure is counted, and a glossary."""
    return _page("counted")


@blueprint.get("/sources")
@open_to(PUBLIC)
def sources() -> str:
    """Where places and figures come from, and on what terms."""
    return _page("sources")


@blueprint.get("/accessibility")
@open_to(PUBLIC)
def accessibility() -> str:
    """The accessibility statement that the law asks for."""
    return _page("accessibility")


@blueprint.get("/privacy")
@open_to(PUBLIC)
def privacy() -> str:
    """Which personal data is handled, why, how long."""
    return _page("privacy")


@blueprint.get("/contact")
@open_to(PUBLIC)
def contact() -> str:
    """Whom to write to."""
    return _page("contact")
