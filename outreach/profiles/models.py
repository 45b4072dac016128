"""Texts that staff write in profiles, frozen editions, and PDFs that the worker makes."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import Base, UtcDateTime, text_enum
from outreach.profiles.rules import PaperKind, PaperState, Part


class ProfileText(Base):
    """What staff wrote in the place of a generated text, in one language.

    `version` rises with each change, so that nobody overwrites what they haven't seen.
    """

    __tablename__ = "profile_text"
    __table_args__ = (UniqueConstraint("area_code", "part", "locale"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    area_code: Mapped[str] = mapped_column(String(4))
    part: Mapped[Part] = mapped_column(text_enum(Part, name="part"))
    locale: Mapped[str] = mapped_column(String(2))
    text: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column()
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ProfileEdition(Base):
    """A profile as it stood when it was frozen, in all languages; nothing changes it.

    `content` is JSON with sorted keys, and `digest` its SHA-256 in hexadecimal.
    """

    __tablename__ = "profile_edition"
    __table_args__ = (UniqueConstraint("area_code", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    area_code: Mapped[str] = mapped_column(String(4))
    area_name: Mapped[str] = mapped_column(String(120))
    number: Mapped[int] = mapped_column()
    reference_date: Mapped[date] = mapped_column()
    content: Mapped[str] = mapped_column(Text, deferred=True)
    digest: Mapped[str] = mapped_column(String(64))
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    frozen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ProfileFile(Base):
    """A file of a frozen profile, made when it was frozen: the workbook, or a picture's slide."""

    __tablename__ = "profile_file"
    __table_args__ = (UniqueConstraint("edition_id", "locale", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("profile_edition.id"))
    locale: Mapped[str] = mapped_column(String(2))
    name: Mapped[str] = mapped_column(String(40))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class ProfilePaper(Base):
    """A PDF that was asked for, and how far the worker has come with it.

    `area_code` is a county's for a pack; `edition_id` is set for the PDF of a frozen edition.
    """

    __tablename__ = "profile_paper"
    __table_args__ = (Index("ix_profile_paper_state", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PaperKind] = mapped_column(text_enum(PaperKind, name="kind"))
    area_code: Mapped[str] = mapped_column(String(4))
    area_name: Mapped[str] = mapped_column(String(120))
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("profile_edition.id"))
    locale: Mapped[str] = mapped_column(String(2))
    state: Mapped[PaperState] = mapped_column(text_enum(PaperState, name="state"))
    parts_all: Mapped[int] = mapped_column()
    parts_done: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
