"""Who may open which address: nothing opens that no audience was declared for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import Flask, Response, current_app, request, url_for
from flask_login import current_user
from werkzeug.exceptions import Forbidden, Unauthorized

from outreach.web.answers import see_other

View = TypeVar("View", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Audience:
    """Everyone, everyone signed in, or those with one of some roles."""

    is_public: bool = False
    roles: frozenset[str] | None = None

    def admits(self, held: frozenset[str]) -> bool:
        """Whether a signed-in person with these roles may enter."""
        return self.is_public or self.roles is None or bool(self.roles & held)


PUBLIC = Audience(is_public=True)
SIGNED_IN = Audience()


def only(*roles: str) -> Audience:
    """Those who hold at least one of the roles."""
    return Audience(roles=frozenset(roles))


def open_to(audience: Audience) -> Callable[[View], View]:
    """Declare the audience of a view, under its route decorator."""

    def declare(view: View) -> View:
        vars(view)["audience"] = audience
        return view

    return declare


def audience_of(app: Flask, endpoint: str) -> Audience | None:
    """The audience declared for an endpoint, or None, which opens it to nobody."""
    declared = app.extensions["outreach_audiences"].get(endpoint)
    if isinstance(declared, Audience):
        return declared
    found = getattr(app.view_functions.get(endpoint), "audience", None)
    return found if isinstance(found, Audience) else None


def init_app(app: Flask) -> None:
    """Check every request against its endpoint's audience."""
    app.extensions["outreach_audiences"] = {"static": PUBLIC}
    app.before_request(_enforce)


def declare_endpoint(app: Flask, endpoint: str, audience: Audience) -> None:
    """State the audience of an endpoint whose view is not ours to decorate."""
    app.extensions["outreach_audiences"][endpoint] = audience


def held_roles() -> frozenset[str]:
    """The roles of the person signed in; none for the public."""
    if not current_user.is_authenticated:
        return frozenset()
    return frozenset(role.name for role in current_user.roles)


def _enforce() -> Response | None:
    if request.endpoint is None:
        return None
    audience = audience_of(current_app, request.endpoint)
    if audience is None:
        raise Forbidden
    if audience.is_public:
        return None
    if not current_user.is_authenticated:
        return _sign_in_first()
    if not audience.admits(held_roles()):
        raise Forbidden
    return None


def _sign_in_first() -> Response:
    if request.method not in {"GET", "HEAD"}:
        raise Unauthorized
    target = request.full_path if request.query_string else request.path
    return see_other(url_for("security.login", next=target))
