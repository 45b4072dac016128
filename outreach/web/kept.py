"""Published pages and files answered from kept bytes: ETag, 304 and gzip (docs/adr/0004)."""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from flask import Flask, Response, current_app, request, session
from flask_login import current_user
from sqlalchemy import Engine, event

from outreach.database.engine import normalised_url
from outreach.database.version_reader import VersionReader
from outreach.settings import Settings
from outreach.web.kept_store import Built, FactStore, Kept, KeptStore
from outreach.web.shared_files import open_shared_files

MOST_BYTES = 48_000_000
MOST_BYTES_OF_PARTS = 16_000_000
MOST_BYTES_SHARED = 128_000_000
REVALIDATE = "public, max-age=0, must-revalidate"
PRIVATE = "private, no-store"
_KEY = "outreach_kept"
_PARTS = "outreach_parts"
_FACTS = "outreach_facts"

T = TypeVar("T")


def init_app(app: Flask, settings: Settings, engine: Engine) -> None:
    """Give this process an empty store that asks the database for the version.

    The reader's own connections are closed with those of the program's engine.
    """
    reader = VersionReader(
        normalised_url(settings.database_url), statement_timeout_ms=settings.statement_timeout_ms
    )
    event.listen(engine, "engine_disposed", lambda _: reader.close())
    use(app, reader.current)


def use(app: Flask, version: Callable[[], int]) -> None:
    """Begin an empty store that learns the version from this function."""
    app.extensions[_KEY] = KeptStore(version, most_bytes=MOST_BYTES)
    app.extensions[_PARTS] = KeptStore(lambda: 0, most_bytes=MOST_BYTES_OF_PARTS)
    app.extensions[_FACTS] = FactStore()


def share(app: Flask) -> None:
    """Let all that is forked from now on build what is kept once for all of them.

    Each of the three stores has names of its own.
    """
    for key in (_KEY, _PARTS, _FACTS):
        store = cast("KeptStore | FactStore", app.extensions[key])
        store.sharing = open_shared_files(most_bytes=MOST_BYTES_SHARED)


def file(name: Hashable, build: Callable[[], Built]) -> Response:
    """A published file: the same bytes for everybody who asks under this name."""
    return _answer(_store().get((request.endpoint, name), build), vary="Accept-Encoding")


def page(name: Hashable, build: Callable[[], str]) -> Response:
    """A published page: kept for visitors, made anew for whoever is signed in.

    `name` holds everything the page depends on but the data: address, language, day. A page
    says the address it was printed from, so what one host name asks for is not kept for another.
    """
    if not is_visitor():
        response = current_app.make_response(build())
        response.headers["Cache-Control"] = PRIVATE
        return response
    kept = _store().get(
        (request.endpoint, request.host, name),
        lambda: Built(build().encode(), "text/html; charset=utf-8"),
    )
    return _answer(kept, vary="Accept-Encoding, Cookie")


def part(name: Hashable, build: Callable[[], Built]) -> bytes:
    """Bytes that several pages and files contain, such as a chart.

    `name` holds all that they are made of, so they are good for every version of the data: an
    approval in one place has no chart drawn again that shows others.
    """
    parts = cast("KeptStore", current_app.extensions[_PARTS])
    return parts.get(name, build).body


def fact(name: Hashable, version: int, *, build: Callable[[], T]) -> T:
    """A costly result of the data at this version, worked out once in this process."""
    return cast("FactStore", current_app.extensions[_FACTS]).get(name, version, build=build)


def is_visitor() -> bool:
    """Whether the page is the same for this reader as for everybody: no sign-in, no message.

    Without our cookie nothing has to be asked, so a visitor costs no query.
    """
    if current_app.config["SESSION_COOKIE_NAME"] not in request.cookies:
        return True
    return not current_user.is_authenticated and "_flashes" not in session


def _store() -> KeptStore:
    return cast("KeptStore", current_app.extensions[_KEY])


def _answer(kept: Kept, *, vary: str) -> Response:
    gzipped = kept.gzipped if kept.gzipped is not None and takes_gzip() else None
    tag = f"{kept.digest}-gzip" if gzipped is not None else kept.digest
    response = Response(status=304) if _has(tag) else _full(kept, gzipped)
    response.headers["ETag"] = f'"{tag}"'
    response.headers["Vary"] = vary
    response.headers["Cache-Control"] = REVALIDATE
    return response


def _full(kept: Kept, gzipped: bytes | None) -> Response:
    if gzipped is not None:
        response = Response(gzipped, content_type=kept.content_type)
        response.headers["Content-Encoding"] = "gzip"
    else:
        plain = kept.portions() if kept.plain is None else kept.plain
        response = Response(plain, content_type=kept.content_type)
        response.content_length = kept.length
    if kept.filename:
        response.headers["Content-Disposition"] = f'attachment; filename="{kept.filename}"'
    return response


def _has(tag: str) -> bool:
    known = request.headers.get("If-None-Match")
    return known is not None and request.if_none_match.contains_weak(tag)


def takes_gzip() -> bool:
    """Whether the reader's program unpacks gzip; asked cheaply, as nearly all of them do."""
    offered = request.headers.get("Accept-Encoding", "")
    if "gzip" not in offered:
        return False
    return (
        offered == "gzip"
        or offered.startswith("gzip,")
        or request.accept_encodings.quality("gzip") > 0
    )
