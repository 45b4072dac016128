"""What a request asks for: today's date, the person behind it, the version a form was opened on."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from flask import Response, request, url_for
from flask_babel import get_locale

from outreach.accounts.current import current_reach
from outreach.associations.commands.recording import Author
from outreach.database.times import utc_now
from outreach.training.commands.sessions import swedish_day
from outreach.training.forms.base import key_of
from outreach.web import kept

E = TypeVar("E", bound=StrEnum)


def today() -> date:
    """The date in Sweden."""
    return swedish_day(utc_now())


def author() -> Author:
    """The person who makes a change, and the instant it is made."""
    return Author(current_reach(), utc_now())


def public_page(build: Callable[[date], str]) -> Response:
    """The page of this address as of today; the same bytes for all visitors until data change."""
    day = today()
    return kept.page((request.full_path, str(get_locale()), day), lambda: build(day))


def asked_member(name: str, members: type[E]) -> E | None:
    """A member of a closed set named in the address, or None where none of ours is."""
    try:
        return members(request.args.get(name, ""))
    except ValueError:
        return None


def asked_key(name: str) -> int | None:
    """An id in the address, or None where there is no possible one."""
    return key_of(request.args.get(name))


def asked_code(name: str) -> str | None:
    """A code of digits in the address, or None."""
    text = request.args.get(name, "")
    return text if text.isascii() and text.isdigit() and len(text) <= 4 else None


def address(endpoint: str, arguments: Mapping[str, str | int | None]) -> str:
    """The address of a list with what it asks for; empty arguments are left out."""
    query = urlencode({name: value for name, value in arguments.items() if value})
    return f"{url_for(endpoint)}?{query}" if query else url_for(endpoint)


def sent_version() -> int | None:
    """The version that the form was opened on; None when it says nothing that we wrote."""
    return key_of(request.form.get("version"))
