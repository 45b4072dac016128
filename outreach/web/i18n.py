"""The reader's language: Swedish unless they chose English, kept in a cookie."""

from flask import Blueprint, Flask, Response, current_app, has_request_context, request
from flask_babel import get_locale
from werkzeug.exceptions import NotFound

from outreach.web.access import PUBLIC, open_to
from outreach.web.addresses import safe_next
from outreach.web.answers import see_other

LANGUAGES = {"sv": "Svenska", "en": "English"}
DEFAULT_LANGUAGE = "sv"
COOKIE = "language"
COOKIE_SECONDS = 365 * 24 * 3600

blueprint = Blueprint("language", __name__)


def init_app(app: Flask) -> None:
    """Route the switch and tell templates which language they are in."""
    app.register_blueprint(blueprint)
    app.context_processor(lambda: {"language": str(get_locale()), "languages": LANGUAGES})


def select_locale() -> str:
    """The chosen language; the browser's own wish is not asked, Swedish is the default."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE


@blueprint.get("/language/<code>")
@open_to(PUBLIC)
def switch(code: str) -> Response:
    """Remember the language and go back to the page the reader was on."""
    if code not in LANGUAGES:
        raise NotFound
    response = see_other(safe_next(request.args.get("next")))
    return remember(response, code)


def remember(response: Response, code: str) -> Response:
    """Let this answer set the language of the pages to come."""
    response.set_cookie(
        COOKIE,
        code,
        max_age=COOKIE_SECONDS,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response
