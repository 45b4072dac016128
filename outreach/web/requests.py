"""What happens around every request: the proxy, the database's write intent, a database gone."""

import logging
from collections.abc import Callable
from typing import TypeVar

from flask import Flask, Response, current_app, request
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.middleware.proxy_fix import ProxyFix

from outreach.database.engine import writing
from outreach.settings import Settings

View = TypeVar("View", bound=Callable[..., object])

READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
RETRY_AFTER_SECONDS = 10

log = logging.getLogger(__name__)


def init_app(app: Flask, settings: Settings) -> None:
    """Attach the request hooks; behind a proxy, believe exactly one hop."""
    if settings.trust_proxy:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask documents this assignment
            app.wsgi_app, x_for=1, x_proto=1, x_host=1
        )
    app.before_request(_declare_write_intent)
    app.before_request(_allow_larger_body)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(PoolTimeout, _database_away)
    app.register_error_handler(DBAPIError, _database_error)


def _declare_write_intent() -> None:
    writing.set(request.method not in READING_METHODS)


def larger_body(largest_bytes: int) -> Callable[[View], View]:
    """Declare that a view takes a larger body than others; nobody else's is read that far.

    The limit must stand before anything looks into the form.
    """

    def declare(view: View) -> View:
        vars(view)["largest_bytes"] = largest_bytes
        return view

    return declare


def _allow_larger_body() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    largest_bytes = getattr(view, "largest_bytes", None)
    if largest_bytes is not None:
        request.max_content_length = largest_bytes


def _database_away(error: Exception) -> Response:
    """Answer 503. To raise it here would end as a 500, since this is an error handler already.

    A database that is away is said in a line for each request; where it was missed adds nothing.
    """
    cause = " ".join(str(getattr(error, "orig", error)).split())
    log.error("the database does not answer to %s: %s", request.endpoint, cause)
    log.debug("the database does not answer", exc_info=error)
    page = current_app.handle_http_exception(ServiceUnavailable(retry_after=RETRY_AFTER_SECONDS))
    return current_app.make_response(page)


def _database_error(error: DBAPIError) -> Response:
    if error.connection_invalidated:
        return _database_away(error)
    raise error
