"""Every kind of page that a role can reach by links, one address of each."""

from collections import deque
from collections.abc import Callable
from typing import TypeAlias
from urllib.parse import urljoin, urlsplit

from flask import Flask
from playwright.sync_api import Error, Page, Response
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

DOWNLOADS = (".csv", ".svg", ".png", ".geojson", ".json", ".ics", ".txt", ".xlsx", ".gpkg", ".pdf")
STARTS = ("/", "/gap", "/sign-in")
Look: TypeAlias = Callable[[str], None]


def endpoint_of(app: Flask, path: str) -> str | None:
    """The endpoint that answers GET on a path, or None for a file or nothing of ours."""
    if path.startswith("/static/") or path.endswith(DOWNLOADS) or "/language/" in path:
        return None
    try:
        endpoint, _ = app.url_map.bind("localhost").match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return None
    return str(endpoint)


def pages_from(
    app: Flask, page: Page, look: Look, *, starts: tuple[str, ...] = STARTS
) -> list[str]:
    """Walk the links from there, breadth first; one address for each endpoint met.

    `look` is called with each address while the page is open, and may change how it is shown.
    """
    waiting = deque(starts)
    found: dict[str, str] = {}
    while waiting:
        address = waiting.popleft()
        endpoint = endpoint_of(app, urlsplit(address).path)
        if endpoint is None or endpoint in found:
            continue
        answer = _opened(page, address)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        assert answer.status == 200, f"{address} answered {answer.status}"
        found[endpoint] = address
        waiting.extend(_links(page))
        look(address)
    return sorted(found.values())


def _opened(page: Page, address: str) -> Response | None:
    """The answer, or None where it is a file to save."""
    try:
        return page.goto(address)
    except Error as error:
        if "Download is starting" not in error.message:
            raise
        return None


def _links(page: Page) -> list[str]:
    base = page.url
    hrefs = page.eval_on_selector_all("a[href]", "links => links.map(a => a.getAttribute('href'))")
    here = urlsplit(base)
    addresses = []
    for href in hrefs:
        parts = urlsplit(urljoin(base, href))
        if parts.netloc == here.netloc and parts.scheme in {"http", "https"}:
            addresses.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return addresses
