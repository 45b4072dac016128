"""What the address and the form of a request ask for; what is not of ours asks for nothing."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from flask import request, url_for

LONGEST_SEARCH = 80
_DIGITS_MOST = 9

E = TypeVar("E", bound=StrEnum)


def whole_number(text: str | None) -> int | None:
    """A whole number of at most nine digits, or None: no id or version has more."""
    if not text or not (text.isascii() and text.isdigit()) or len(text) > _DIGITS_MOST:
        return None
    return int(text)


def asked_number(name: str) -> int | None:
    """A number in the address, such as an id."""
    return whole_number(request.args.get(name))


def asked_text(name: str) -> str:
    """A text in the address, short and without control characters."""
    text = "".join(sign if sign.isprintable() else " " for sign in request.args.get(name, ""))
    return " ".join(text.split())[:LONGEST_SEARCH]


def asked_code(name: str) -> str | None:
    """A code of at most four digits in the address."""
    text = request.args.get(name, "")
    return text if text.isascii() and text.isdigit() and len(text) <= 4 else None


def asked_member(name: str, members: type[E]) -> E | None:
    """A member of a closed set named in the address."""
    try:
        return members(request.args.get(name, ""))
    except ValueError:
        return None


def sent_number(name: str) -> int | None:
    """A number in the form."""
    return whole_number(request.form.get(name))


def sent_json() -> object:
    """What was sent as JSON; None for what is none, or nested deeper than anything of ours."""
    try:
        found: object = request.get_json(silent=True)
    except RecursionError:
        return None
    return found


def sent_version() -> int | None:
    """The version that the form was opened on."""
    return sent_number("version")


def address(endpoint: str, arguments: Mapping[str, str | int | None]) -> str:
    """The address of a list with what it asks for; empty arguments are left out."""
    query = urlencode({name: value for name, value in arguments.items() if value})
    return f"{url_for(endpoint)}?{query}" if query else url_for(endpoint)
