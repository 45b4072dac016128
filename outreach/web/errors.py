"""Every error as a page that says what happened and what to do next, or as JSON to programs."""

from flask import Flask, Response, current_app, g, jsonify, render_template, request
from flask_security.core import AnonymousUser
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError

PAGES = frozenset({400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503})


def init_app(app: Flask) -> None:
    """Answer all HTTP errors, and any other failure as a bare 500 without detail."""
    app.register_error_handler(CSRFError, _csrf_page)
    app.register_error_handler(HTTPException, _page)


def _csrf_page(_error: CSRFError) -> Response:
    return _answer(BadRequest(), reason="csrf")


def _page(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return current_app.make_response(error.get_response())
    if isinstance(error, InternalServerError):
        return _answer(error, reason="internal")
    return _answer(error, reason="")


def _answer(error: HTTPException, *, reason: str) -> Response:
    status = error.code or 500
    if status >= 500:
        _forget_reader()
    if _wants_json():
        response = jsonify(error={"status": status, "reason": reason or error.name})
    else:
        page = status if status in PAGES else 400
        html = render_template(f"errors/{page}.html", status=status, reason=reason)
        response = current_app.make_response(html)
    response.status_code = status
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after", "location"}:
            response.headers[name] = value
    response.headers["Cache-Control"] = "no-store"
    return response


def _forget_reader() -> None:
    """Every page looks for its reader; after a fault of ours their database may be away."""
    g._login_user = AnonymousUser()  # noqa: SLF001  # Flask-Login keeps the reader here and offers no setter


def _wants_json() -> bool:
    """Whoever sends JSON and takes anything is a program."""
    kinds = (
        ["application/json", "text/html"] if request.is_json else ["text/html", "application/json"]
    )
    return request.accept_mimetypes.best_match(kinds, default=kinds[0]) == "application/json"
