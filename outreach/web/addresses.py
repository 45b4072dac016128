"""Addresses that readers bring along, believed only within this site."""

from urllib.parse import urlsplit


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
