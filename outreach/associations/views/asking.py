"""What a request asks for: today's date, filters from the address, the person behind it."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import Response, request, url_for
from flask_babel import get_locale

from outreach.accounts.current import current_reach
from outreach.associations.commands.recording import Author
from outreach.database.times import utc_now
from outreach.web import kept

SWEDEN = ZoneInfo("Europe/Stockholm")
LONGEST_SEARCH = 80
VERSION_DIGITS = 9

E = TypeVar("E", bound=StrEnum)


def today() -> date:
    """The date in Sweden."""
    return utc_now().astimezone(SWEDEN).date()


def author() -> Author:
    """The person who makes a change, and the instant it is made."""
    return Author(current_reach(), utc_now())


def public_page(build: Callable[[date], str]) -> Response:
    """The page of this address as of today; the same bytes for all visitors until data change."""
    day = today()
    return kept.page((request.full_path, str(get_locale()), day), lambda: build(day))


def asked_text(name: str) -> str:
    """A text in the address, short and without control characters."""
    text = "".join(sign if sign.isprintable() else " " for sign in request.args.get(name, ""))
    return " ".join(text.split())[:LONGEST_SEARCH]


def asked_member(name: str, members: type[E]) -> E | None:
    """A member of a closed set named in the address, or None where none of ours is."""
    try:
        return members(request.args.get(name, ""))
    except ValueError:
        return None


def asked_key(name: str) -> int | None:
    """An id in the address, or None where there is no possible one."""
    return _whole(request.args.get(name, ""))


def address(endpoint: str, arguments: Mapping[str, str | int]) -> str:
    """The address of a list with what it asks for; empty arguments are left out."""
    query = urlencode({name: value for name, value in arguments.items() if value})
    return f"{url_for(endpoint)}?{query}" if query else url_for(endpoint)


def sent_version() -> int | None:
    """The version that the form was opened on; None when it says nothing that we wrote."""
    return _whole(request.form.get("version", ""))


def _whole(text: str) -> int | None:
    if not (text.isascii() and text.isdigit()) or len(text) > VERSION_DIGITS:
        return None
    return int(text)
