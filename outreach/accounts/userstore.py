"""Flask-Security's view of our users, committing in the one place that commits."""

from flask import has_request_context, request
from flask_security import SQLAlchemySessionUserDatastore
from sqlalchemy import select

from outreach.accounts.models import Role, User, WebAuthn
from outreach.database import transaction
from outreach.extensions import db

USING_UP = frozenset(
    f"security.{name}" for name in ("reset_password", "two_factor_token_validation", "mf_recovery")
)


class UserStore(SQLAlchemySessionUserDatastore):
    """Users, roles and passkeys on the request's database session."""

    def __init__(self) -> None:
        super().__init__(db.session, User, Role, WebAuthn)

    def find_user(self, case_insensitive: bool = False, **kwargs: object) -> User | None:  # noqa: FBT001, FBT002  # the library's signature
        """A user by one attribute; where a token or code is being used, with its row locked.

        So that of two requests with the same reset link or recovery code, sent at the same
        moment, the second finds it used.
        """
        if has_request_context() and request.method == "POST" and request.endpoint in USING_UP:
            statement = select(User.id).filter_by(**kwargs).with_for_update()
            db.session.execute(statement)
        found = super().find_user(case_insensitive, **kwargs)
        return found if isinstance(found, User) else None

    def commit(self) -> None:
        """Store what a Flask-Security view has changed."""
        with transaction(db.session()):
            db.session.flush()
