"""Security headers on every response, with a fresh nonce for the few pages that need one."""

import secrets

from flask import Flask, Response, current_app, g

from outreach.settings import Settings

CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
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


def init_app(app: Flask) -> None:
    """Set the nonce before a request and the headers after it."""
    app.before_request(_make_nonce)
    app.after_request(_set_headers)


def _make_nonce() -> None:
    g.csp_nonce = secrets.token_urlsafe(16)


def _set_headers(response: Response) -> Response:
    headers = response.headers
    # Looked up once: each look-up among the headers goes through all of them.
    present = {name.lower() for name, _ in headers}
    framed = g.get("may_be_framed", False)
    if "content-security-policy" not in present:
        policy = _POLICY.format(nonce=g.get("csp_nonce", ""))
        headers.add("Content-Security-Policy", _framed(policy) if framed else policy)
    for name, value in FIXED_HEADERS.items():
        if name.lower() not in present and not (framed and name in NOT_FRAMED):
            headers.add(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT)
    return response


def _framed(policy: str) -> str:
    """The policy of the one view that may stand on others' pages, and then does nothing else."""
    settings: Settings = current_app.extensions["outreach_settings"]
    framed = policy.replace("frame-ancestors 'none'", f"frame-ancestors {settings.embed_ancestors}")
    return framed.replace("form-action 'self'", "form-action 'none'")


_POLICY = "; ".join(
    f"{directive} {sources}"
    for directive, sources in (
        CONTENT_SECURITY_POLICY | {"script-src": "'self' 'nonce-{nonce}'"}
    ).items()
)
