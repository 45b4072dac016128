"""Outreach: a digital inclusion and broadband outreach tracker for regions with villages."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask

from outreach import cli, models
from outreach.accounts import security
from outreach.accounts import views as accounts
from outreach.addresses import views as addresses
from outreach.associations import views as associations
from outreach.connections import views as connections
from outreach.database.engine import engine_options, listen, normalised_url
from outreach.exchange import views as exchange
from outreach.extensions import babel, csrf, db
from outreach.gap import views as gap
from outreach.maturity import views as maturity
from outreach.official import views as official
from outreach.oversight import views as oversight
from outreach.places import views as places
from outreach.profiles import views as profiles
from outreach.questions import views as questions
from outreach.services import views as services
from outreach.settings import EXTENSION, ROOT, Settings
from outreach.training import views as training
from outreach.web import (
    about,
    access,
    errors,
    filters,
    headers,
    health,
    i18n,
    kept,
    navigation,
    requests,
    static_files,
    table_files,
    warming,
)
from outreach.web import (
    addresses as own_addresses,
)
from outreach.web.log_masking import WithoutSecrets

__all__ = ["create_app", "models"]

Function = TypeVar("Function", bound=Callable[..., object])


class _App(Flask):
    """Flask without asking at each of a dozen calls in a request whether it is asynchronous."""

    def ensure_sync(self, func: Function) -> Function:
        """The function itself, as all of ours are synchronous."""
        return func


def create_app(settings: Settings | None = None) -> Flask:
    """Wire the application together. Opens no database connection."""
    settings = settings or Settings.from_env()
    app = _App("outreach", root_path=str(ROOT), template_folder="templates", static_folder="static")
    app.config.update(_flask_config(settings))
    app.extensions[EXTENSION] = settings
    app.logger.addFilter(WithoutSecrets())
    own_addresses.init_app(app)
    requests.init_app(app, settings)
    headers.init_app(app, settings)
    access.init_app(app)
    db.init_app(app)
    with app.app_context():
        listen(db.engine)
        kept.init_app(app, settings, db.engine)
    babel.init_app(app, locale_selector=i18n.select_locale)
    csrf.init_app(app)
    security.init_app(app, settings)
    errors.init_app(app)
    filters.init_app(app)
    i18n.init_app(app)
    static_files.init_app(app)
    warming.init_app(app)
    navigation.init_app(app)
    cli.init_app(app)
    _register_features(app)
    table_files.init_app(app)
    return app


def _register_features(app: Flask) -> None:
    """Every feature's pages, lowest layer first; one line each."""
    app.register_blueprint(health.blueprint)
    app.register_blueprint(about.blueprint)
    app.register_blueprint(places.blueprint)
    app.register_blueprint(accounts.blueprint)
    app.register_blueprint(associations.blueprint)
    app.register_blueprint(connections.blueprint)
    app.register_blueprint(training.blueprint)
    app.register_blueprint(maturity.blueprint)
    app.register_blueprint(questions.blueprint)
    app.register_blueprint(exchange.blueprint)
    app.register_blueprint(services.blueprint)
    app.register_blueprint(addresses.blueprint)
    app.register_blueprint(gap.blueprint)
    app.register_blueprint(official.blueprint)
    app.register_blueprint(profiles.blueprint)
    app.register_blueprint(oversight.blueprint)


def _flask_config(settings: Settings) -> dict[str, object]:
    url = normalised_url(settings.database_url)
    return {
        "SECRET_KEY": settings.secret_key,
        "TESTING": settings.is_testing,
        "SQLALCHEMY_DATABASE_URI": url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(
            url, statement_timeout_ms=settings.statement_timeout_ms
        ),
        "MAX_CONTENT_LENGTH": settings.max_body_bytes,
        "MAX_FORM_MEMORY_SIZE": settings.max_body_bytes,
        "MAX_FORM_PARTS": 20_000,
        "SESSION_COOKIE_NAME": "__Host-outreach" if settings.secure_cookies else "outreach",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "sv",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Stockholm",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "outreach" / "translations"),
    }
