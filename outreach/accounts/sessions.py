"""Sessions: on the server for those who sign in, a small signed cookie for those who don't.

The cookie of a signed-in person is an opaque identifier; what it stands for is a row that can be
ended. Nothing is read before somebody asks for the session, and a visitor without our cookie
never costs a query (docs/adr/0003-sessions-and-sign-in.md).
"""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, Request, Response, current_app, request
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import ServiceUnavailable

from outreach.accounts import session_rows
from outreach.accounts.devices import device_name
from outreach.accounts.session_rows import NewSession, StoredSession
from outreach.database import transaction
from outreach.database.patience import impatient
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.web.requests import READING_METHODS, RETRY_AFTER_SECONDS

SIGNED_IN_PREFIX = "s_"
VISITOR_PREFIX = "v_"
VISITOR_SECONDS = int(session_rows.IDLE.total_seconds())
# Left behind by Flask-Security for features that are off.
UNUSED_KEYS = ("fs_cc", "identity.id", "identity.auth_type", "_id", "_fresh", "_permanent")
STAY_KEY = "stay"

log = logging.getLogger(__name__)
_format = TaggedJSONSerializer()


class Visit(SessionMixin):
    """One request's session, read from its cookie when first asked for."""

    def __init__(self, request: Request, *, cookie_name: str) -> None:
        self._request = request
        self._cookie_name = cookie_name
        self.stored: StoredSession | None = None
        self.accessed = False
        self.modified = False
        self.is_unreadable = False
        self._values: dict[str, object] | None = None
        self._identity_before: tuple[object, object] = (None, None)

    def __getitem__(self, key: str) -> object:
        return self._read()[key]

    def __setitem__(self, key: str, value: object) -> None:
        self._read()[key] = value
        self.modified = True

    def __delitem__(self, key: str) -> None:
        del self._read()[key]
        self.modified = True

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    @property
    def cookie(self) -> str:
        """What the browser sent of ours; nothing looks through its cookies before this is asked."""
        return self._request.cookies.get(self._cookie_name, "")

    @property
    def identity(self) -> tuple[object, object]:
        """Who is signed in, or half-way there, and when they last proved it."""
        values = self._read()
        return values.get("_user_id") or values.get("tf_user_id"), values.get("fs_paa")

    @property
    def identity_changed(self) -> bool:
        """Whether this request signed somebody in, out or in again."""
        return self.identity != self._identity_before

    def _read(self) -> dict[str, object]:
        if self._values is None:
            # Set first: should the database be away, the error is raised once and the page that
            # reports it finds an empty session.
            self._values, self.is_unreadable = {}, True
            self._values = _values_of(self)
            self.is_unreadable = False
            self._identity_before = self.identity
        return self._values


def _values_of(visit: Visit) -> dict[str, object]:
    if visit.cookie.startswith(SIGNED_IN_PREFIX):
        token = visit.cookie.removeprefix(SIGNED_IN_PREFIX)
        visit.stored = session_rows.find(db.session(), token, now=utc_now())
        return {} if visit.stored is None else dict(_format.loads(visit.stored.data))
    if visit.cookie.startswith(VISITOR_PREFIX):
        try:
            text = _signer().loads(
                visit.cookie.removeprefix(VISITOR_PREFIX), max_age=VISITOR_SECONDS
            )
        except BadSignature:
            return {}
        return dict(_format.loads(text))
    return {}


class ServerSessions(SessionInterface):
    """Opens a visit for every request and writes back what changed."""

    def open_session(self, app: Flask, request: Request) -> Visit:
        """A visit that has read nothing yet."""
        return Visit(request, cookie_name=self.get_cookie_name(app))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep, begin or end the session, and tell the browser only what it has to know."""
        if not isinstance(session, Visit) or not session.accessed:
            return
        response.vary.add("Cookie")
        if session.is_unreadable:
            return
        if session.identity[0] is not None:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        for key in UNUSED_KEYS:
            session.pop(key, None)
        try:
            self._save(app, session, response)
        except (DBAPIError, PoolTimeout):
            if not session.identity_changed:
                log.warning("a session could not be kept", exc_info=True)
                return
            _refuse(response)

    def _save(self, app: Flask, visit: Visit, response: Response) -> None:
        if visit.identity[0] is None:
            self._save_visitor(app, visit, response)
        elif visit.stored is None or visit.identity_changed:
            self._begin(app, visit, response)
        elif visit.modified or _is_stale(visit.stored):
            self._keep(app, visit, visit.stored, response)

    def _save_visitor(self, app: Flask, visit: Visit, response: Response) -> None:
        if visit.stored is not None:
            with _own_transaction():
                session_rows.end(db.session(), visit.stored.id)
        if not visit:
            if visit.cookie:
                self._drop_cookie(app, response)
        elif visit.modified:
            text = _signer().dumps(_format.dumps(dict(visit)))
            self._set_cookie(app, response, VISITOR_PREFIX + text, max_age=None)

    def _begin(self, app: Flask, visit: Visit, response: Response) -> None:
        # A form from before signing in must not be good afterwards. Made here rather than by the
        # first form, so that the pages read next need not write.
        visit["csrf_token"] = secrets.token_hex(20)
        is_signed_in = "_user_id" in visit
        with _own_transaction():
            session = db.session()
            user_id = session_rows.owner(session, str(visit.identity[0]))
            if user_id is None:
                self._drop_cookie(app, response)
                return
            new = NewSession(
                user_id=user_id,
                data=_format.dumps(dict(visit)),
                device=device_name(request.user_agent.string),
                is_signed_in=is_signed_in,
                is_remembered=is_signed_in and bool(visit.get(STAY_KEY)),
            )
            token = session_rows.begin(
                session,
                new,
                now=utc_now(),
                instead_of=visit.stored.id if visit.stored else None,
            )
        seconds = int(session_rows.ABSOLUTE.total_seconds()) if new.is_remembered else None
        self._set_cookie(app, response, SIGNED_IN_PREFIX + token, max_age=seconds)

    def _keep(self, app: Flask, visit: Visit, stored: StoredSession, response: Response) -> None:
        data = _format.dumps(dict(visit))
        with _own_transaction():
            alive = session_rows.keep(db.session(), stored, data=data, now=utc_now())
        if not alive:
            self._drop_cookie(app, response)

    def _set_cookie(
        self, app: Flask, response: Response, value: str, *, max_age: int | None
    ) -> None:
        response.set_cookie(
            self.get_cookie_name(app),
            value,
            max_age=max_age,
            path="/",
            secure=self.get_cookie_secure(app),
            httponly=True,
            samesite=self.get_cookie_samesite(app),
        )

    def _drop_cookie(self, app: Flask, response: Response) -> None:
        response.delete_cookie(
            self.get_cookie_name(app),
            path="/",
            secure=self.get_cookie_secure(app),
            httponly=True,
            samesite=self.get_cookie_samesite(app),
        )


def _is_stale(stored: StoredSession) -> bool:
    return stored.is_signed_in and utc_now() - stored.last_seen_at > session_rows.SEEN_EVERY


@contextmanager
def _own_transaction() -> Iterator[None]:
    """A transaction of the session's own: what the view left uncommitted is not stored with it.

    While a page is read it gives up quickly rather than let the reader wait for another's write.
    """
    session = db.session()
    session.rollback()
    with transaction(session):
        if request.method in READING_METHODS:
            with impatient(session):
                yield
        else:
            yield


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="visitor-session")


def _refuse(response: Response) -> None:
    """Answer "try again": a sign-in or sign-out that was not stored did not happen."""
    error = ServiceUnavailable(retry_after=RETRY_AFTER_SECONDS)
    page = current_app.make_response(current_app.handle_http_exception(error))
    response.status = page.status
    response.set_data(page.get_data())
    for name in ("Content-Type", "Retry-After", "Cache-Control"):
        if name in page.headers:
            response.headers[name] = page.headers[name]
    response.headers.pop("Location", None)
