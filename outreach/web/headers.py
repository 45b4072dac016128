"""Security headers on every response, with a fresh nonce for the few pages that need one."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from flask import Flask, g, request

from outreach.settings import Settings

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_PLACE = "{nonce}"
CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "script-src": f"'self' 'nonce-{_PLACE}'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}
FIXED_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
NOT_FRAMED = ("X-Frame-Options", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy")
"""What would keep a view off another's page; `frame-ancestors` says there who may show it."""
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"
_POLICY = "Content-Security-Policy"
_NONCE = "outreach.csp_nonce"
_FRAMED = "outreach.may_be_framed"


def init_app(app: Flask, settings: Settings) -> None:
    """Stand around all that answers, and tell pages their nonce."""
    app.wsgi_app = _Guarded(app.wsgi_app, settings)  # type: ignore[method-assign]  # Flask documents this assignment
    app.before_request(_tell_nonce)


def let_be_framed() -> None:
    """Let the answer to this request stand on others' pages, and then do nothing else."""
    request.environ[_FRAMED] = True


def _tell_nonce() -> None:
    g.csp_nonce = request.environ[_NONCE]


class _Guarded:
    """The application with these headers on each answer, unless it has set them itself.

    Around Flask rather than in it, where each header is checked and copied several times over.
    """

    def __init__(self, inner: "WSGIApplication", settings: Settings) -> None:
        self._inner = inner
        usual = {_POLICY: _policy(CONTENT_SECURITY_POLICY), **FIXED_HEADERS}
        if settings.secure_cookies:
            usual["Strict-Transport-Security"] = STRICT_TRANSPORT
        self._usual = _by_any_spelling(usual)
        self._framed = _by_any_spelling(_framed(usual, ancestors=settings.embed_ancestors))

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer as the application does, and say which nonce is this request's."""
        nonce = environ[_NONCE] = secrets.token_urlsafe(16)

        def start(
            status: str, headers: list[tuple[str, str]], exc_info: "OptExcInfo | None" = None, /
        ) -> Callable[[bytes], object]:
            missing = dict(self._framed if _FRAMED in environ else self._usual)
            for name, _ in headers:
                missing.pop(name.lower(), None)
            ours = ((name, value.replace(_PLACE, nonce)) for name, value in missing.values())
            return start_response(status, [*headers, *ours], exc_info)

        return self._inner(environ, start)


def _framed(usual: Mapping[str, str], *, ancestors: str) -> dict[str, str]:
    """The headers of the one view that may stand on others' pages."""
    policy = {
        **CONTENT_SECURITY_POLICY,
        "frame-ancestors": ancestors,
        "form-action": "'none'",
    }
    kept = {name: value for name, value in usual.items() if name not in NOT_FRAMED}
    return {**kept, _POLICY: _policy(policy)}


def _by_any_spelling(headers: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Each header under its name in small letters."""
    return {name.lower(): (name, value) for name, value in headers.items()}


def _policy(directives: Mapping[str, str]) -> str:
    return "; ".join(f"{directive} {sources}" for directive, sources in directives.items())
