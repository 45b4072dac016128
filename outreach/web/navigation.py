"""Which links the header and the footer hold for this reader, on this page."""

from dataclasses import dataclass

from flask import Flask, current_app, request, url_for
from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from flask_login import current_user

from outreach.days import today
from outreach.settings import settings_of
from outreach.web.access import Audience, audience_of, held_roles

MAIN = (
    ("/", lazy_gettext("Overview")),
    ("/gap", lazy_gettext("The gap")),
    ("/sessions", lazy_gettext("Training")),
    ("/maturity", lazy_gettext("Digital maturity")),
    ("/profiles", lazy_gettext("Profiles")),
    ("/places", lazy_gettext("Places")),
    ("/associations", lazy_gettext("Associations")),
)
"""What everybody reads."""
ALSO_WITHIN = {"/sessions": ("/programmes", "/venues", "/organisations")}
"""Parts of the site whose pages stand at several addresses."""
WORK = (
    ("/reports", lazy_gettext("My reports")),
    ("/review", lazy_gettext("Review")),
    ("/questions", lazy_gettext("Questions")),
    ("/imports", lazy_gettext("Import")),
)
"""What a signed-in person does, each in its role; a row of its own under the header."""
ACCOUNT = (
    ("/account", lazy_gettext("My account")),
    ("/change-password", lazy_gettext("Change password")),
    ("/second-factor", lazy_gettext("Two-step sign-in")),
    ("/accounts", lazy_gettext("Users")),
    ("/changes", lazy_gettext("Changes")),
)
FOOTER = (
    ("/about", lazy_gettext("How the figures are counted")),
    ("/sources", lazy_gettext("Sources and licences")),
    ("/accessibility", lazy_gettext("Accessibility statement")),
    ("/privacy", lazy_gettext("Privacy")),
    ("/contact", lazy_gettext("Contact")),
)


@dataclass(frozen=True, slots=True)
class NavItem:
    """One link: where it goes, what it says, whether the reader is there now."""

    endpoint: str
    label: str
    href: str
    active: bool


def init_app(app: Flask) -> None:
    """Give templates the lists of links and what the header says about the reader."""
    app.add_template_global(href_of)
    app.add_template_global(nav_items)
    app.add_template_global(work_items)
    app.add_template_global(account_items)
    app.add_template_global(footer_items)
    app.add_template_global(signed_in_name)
    app.add_template_global(this_page)
    app.add_template_global(today, "printed_on")
    app.add_template_global(contact_email)


def href_of(endpoint: str, **values: object) -> str | None:
    """The address of an endpoint, or None where this installation doesn't have it."""
    if endpoint not in current_app.view_functions:
        return None
    return current_app.url_for(endpoint, **values)  # type: ignore[arg-type]  # its own underscored options are not ours


def nav_items(*, is_public: bool = False) -> list[NavItem]:
    """The main parts of the site that this reader may open.

    With `is_public` only what everyone may open: the error pages ask for that, as they must not
    look for the reader in a database that may be away.
    """
    return _items(MAIN, is_public=is_public)


def work_items() -> list[NavItem]:
    """The pages where this reader reports, reviews or logs; none for the public."""
    return _items(WORK, is_public=False) if signed_in_name() is not None else []


def account_items() -> list[NavItem]:
    """Pages about the reader's own account, and about everybody's for those who keep them."""
    return _items(ACCOUNT, is_public=False)


def footer_items() -> list[NavItem]:
    """Pages about the site itself."""
    return _items(FOOTER, is_public=True)


def signed_in_name() -> str | None:
    """The name, or else the e-mail address, of the person signed in; None for the public."""
    if not getattr(current_user, "is_authenticated", False):
        return None
    return str(getattr(current_user, "name", None) or current_user.email)


def this_page() -> str:
    """The address to come back to: path and query, with the place the site is mounted at."""
    path = f"{request.script_root}{request.path}"
    query = request.query_string.decode("utf-8", "replace")
    return f"{path}?{query}" if query else path


def contact_email() -> str:
    """Where readers can write, from the settings."""
    return settings_of(current_app).contact_email


def _items(wanted: tuple[tuple[str, LazyString], ...], *, is_public: bool) -> list[NavItem]:
    endpoints = _endpoints_by_path(current_app)
    items = []
    for path, label in wanted:
        endpoint = endpoints.get(path)
        audience = audience_of(current_app, endpoint) if endpoint else None
        if endpoint is None or audience is None:
            continue
        if audience.is_public or (not is_public and _admits(audience)):
            items.append(NavItem(endpoint, str(label), url_for(endpoint), _is_within(path)))
    return items


def _admits(audience: Audience) -> bool:
    return signed_in_name() is not None and audience.admits(held_roles())


def _is_within(path: str) -> bool:
    return any(
        request.path == root or (root != "/" and request.path.startswith(f"{root}/"))
        for root in (path, *ALSO_WITHIN.get(path, ()))
    )


def _endpoints_by_path(app: Flask) -> dict[str, str]:
    """Endpoints of the pages without parameters; built once, as routes don't change later."""
    known = app.extensions.get("outreach_pages")
    if isinstance(known, dict):
        return known
    pages = {
        rule.rule.rstrip("/") or "/": rule.endpoint
        for rule in app.url_map.iter_rules()
        if not rule.arguments and "GET" in (rule.methods or set())
    }
    app.extensions["outreach_pages"] = pages
    return pages
