"""Users, what each may reach, their sessions and their sign-in attempts."""

from datetime import datetime

from flask_security.models import sqla
from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from outreach.accounts.rules import RoleName
from outreach.database import Base, UtcDateTime, text_enum

sqla.FsModels.set_db_info(base_model=Base)


class Role(Base, sqla.FsRoleMixin):
    """One of the four roles; its rows are made by a migration."""

    __tablename__ = "role"


class User(Base, sqla.FsUserMixin):
    """A person who signs in. Their participants never have accounts."""

    __tablename__ = "user"

    name: Mapped[str] = mapped_column(String(120))
    locale: Mapped[str] = mapped_column(String(5), default="sv")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    invited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    totp_last_counter: Mapped[int | None] = mapped_column(BigInteger)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    grants: Mapped[list["AccessGrant"]] = relationship(
        back_populates="user", cascade="all, delete-orphan"
    )


class WebAuthn(Base, sqla.FsWebAuthnMixin):
    """A passkey of a user."""

    __tablename__ = "webauthn"


class AccessGrant(Base):
    """What a role reaches for one user: a county, an association or an organisation.

    Administrators reach everything and have no grants.
    """

    __tablename__ = "access_grant"
    __table_args__ = (
        CheckConstraint(
            "(role = 'regional_staff' AND county_code IS NOT NULL"
            " AND association_id IS NULL AND organisation_id IS NULL)"
            " OR (role = 'association_reporter' AND association_id IS NOT NULL"
            " AND county_code IS NULL AND organisation_id IS NULL)"
            " OR (role = 'session_logger' AND organisation_id IS NOT NULL"
            " AND county_code IS NULL AND association_id IS NULL)",
            name="one_scope_of_its_role",
        ),
        Index("uq_access_grant_county", "user_id", "county_code", unique=True),
        Index("uq_access_grant_association", "user_id", "association_id", unique=True),
        Index("uq_access_grant_organisation", "user_id", "organisation_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    role: Mapped[RoleName] = mapped_column(text_enum(RoleName, name="role"))
    county_code: Mapped[str | None] = mapped_column(ForeignKey("county.code"))
    association_id: Mapped[int | None] = mapped_column(ForeignKey("association.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("civil_society_organisation.id"))

    user: Mapped[User] = relationship(back_populates="grants")


class UserSession(Base):
    """A session on one device. The cookie holds the identifier, here is only its hash.

    One that is not signed in yet belongs to a person who has given the first factor of two.
    """

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    data: Mapped[str] = mapped_column(Text)
    device: Mapped[str] = mapped_column(String(200))
    is_signed_in: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_remembered: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class SignInAttempt(Base):
    """A failed or successful sign-in, kept a day to slow down guessing. Keys are keyed hashes."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index("ix_sign_in_attempt_account", "account_key", "at"),
        Index("ix_sign_in_attempt_address", "address_key", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    account_key: Mapped[str] = mapped_column(String(64))
    address_key: Mapped[str] = mapped_column(String(64))
    succeeded: Mapped[bool] = mapped_column()
