"""Answers of several features: on to another page, and pages that few or none may keep."""

from collections.abc import Callable
from datetime import date

from flask import Response, current_app, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from outreach.days import today
from outreach.web import kept

UNKEPT = {
    "Cache-Control": kept.PRIVATE,
    "Referrer-Policy": "same-origin",  # forms on https need to name their page to ourselves
    "X-Robots-Tag": "noindex",
}


def see_other(address: str) -> Response:
    """On to a page after something was done."""
    return current_app.make_response(redirect(address, code=303))


def page_of_today(build: Callable[[date], str]) -> Response:
    """The page of this address as of today; the same bytes for all visitors until data change."""
    day = today()
    return kept.page((request.full_path, str(get_locale()), day), lambda: build(day))


def private(answer: ResponseReturnValue) -> Response:
    """For this person only; the browser's back button still has what was typed."""
    response = current_app.make_response(answer)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def unkept(answer: ResponseReturnValue) -> Response:
    """For the eyes of now: no cache keeps it, nor the back button; no other site learns of it."""
    response = current_app.make_response(answer)
    response.headers.update(UNKEPT)
    return response


def unnamed(answer: ResponseReturnValue) -> Response:
    """To an address with a secret in it: unkept, and not even our own files are told of it.

    No page with a form can be: over https the form has to say which page it is sent from.
    """
    response = unkept(answer)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
