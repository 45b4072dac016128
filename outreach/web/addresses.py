"""Ids in addresses, and addresses that readers bring along, believed only within this site."""

from urllib.parse import urlsplit

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

from outreach.rules import LARGEST_KEY


class KeyConverter(IntegerConverter):
    """An id, `<key:…>`."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_KEY)


def init_app(app: Flask) -> None:
    """Let routes name ids; before any route does."""
    app.url_map.converters["key"] = KeyConverter


def safe_next(address: str | None, *, default: str = "/") -> str:
    """The path to go on to, or `default` where the address leads off this site."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return default
    if any(ord(character) < 32 or character == "\\" for character in address):
        return default
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return default
    return address
