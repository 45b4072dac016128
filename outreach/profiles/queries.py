"""Texts, editions and PDFs as pages show them, and the associations of an area."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from outreach.accounts.models import User
from outreach.associations.models import Association, ServedVillage
from outreach.associations.queries.conditions import served_on
from outreach.connections.models import ConnectionReport, ReportingRound, ReportVersion
from outreach.connections.rules import ReportState
from outreach.database.ordering import swedish_order
from outreach.gap.rules import Area, AreaKind
from outreach.places.models import Municipality, Village
from outreach.profiles.models import ProfileEdition, ProfileFile, ProfilePaper, ProfileText
from outreach.profiles.rules import AreaTexts, PaperKind, PaperState, Part


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text in the editor; version 0 where nothing has been written."""

    text: str
    version: int
    written_by: str | None
    written_at: datetime | None


NOT_WRITTEN = WrittenText("", 0, None, None)


@dataclass(frozen=True, slots=True)
class EditionRow:
    """A frozen profile in a list."""

    id: int
    area_code: str
    area_name: str
    number: int
    reference_date: date
    digest: str
    frozen_at: datetime


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A PDF that was asked for."""

    id: int
    kind: PaperKind
    area_code: str
    area_name: str
    edition_id: int | None
    locale: str
    state: PaperState
    parts_all: int
    parts_done: int
    asked_by_id: int | None
    asked_at: datetime

    @property
    def is_at_work(self) -> bool:
        """Whether the worker has something to do with it."""
        return self.state in {PaperState.WAITING, PaperState.MAKING}


@dataclass(frozen=True, slots=True)
class AssociationRow:
    """An association in an area; `reported_for` is the newest date with an approved report."""

    id: int
    name: str
    villages: int
    reported_for: date | None


def texts_of(session: Session, area_code: str, *, locale: str) -> AreaTexts:
    """What staff have written about an area in one language."""
    rows = session.execute(
        select(ProfileText.part, ProfileText.text).where(
            ProfileText.area_code == area_code,
            ProfileText.locale == locale,
            ProfileText.text != "",
        )
    )
    return AreaTexts({row.part: row.text for row in rows})


def written(session: Session, area_code: str, *, locale: str) -> Mapping[Part, WrittenText]:
    """The same with who wrote it and its version, for the editor."""
    rows = session.execute(
        select(
            ProfileText.part,
            ProfileText.text,
            ProfileText.version,
            User.name,
            ProfileText.written_at,
        )
        .outerjoin(User, User.id == ProfileText.written_by_id)
        .where(ProfileText.area_code == area_code, ProfileText.locale == locale)
    )
    return {row.part: WrittenText(row.text, row.version, row.name, row.written_at) for row in rows}


def editions(
    session: Session, *, area_code: str | None = None, most: int | None = None
) -> list[EditionRow]:
    """Frozen profiles, the newest first."""
    query = select(
        ProfileEdition.id,
        ProfileEdition.area_code,
        ProfileEdition.area_name,
        ProfileEdition.number,
        ProfileEdition.reference_date,
        ProfileEdition.digest,
        ProfileEdition.frozen_at,
    ).order_by(ProfileEdition.frozen_at.desc(), ProfileEdition.id.desc())
    if area_code is not None:
        query = query.where(ProfileEdition.area_code == area_code)
    return [EditionRow(*row) for row in session.execute(query.limit(most))]


def edition(session: Session, edition_id: int) -> tuple[EditionRow, str] | None:
    """A frozen profile with its content as JSON."""
    row = session.execute(
        select(
            ProfileEdition.id,
            ProfileEdition.area_code,
            ProfileEdition.area_name,
            ProfileEdition.number,
            ProfileEdition.reference_date,
            ProfileEdition.digest,
            ProfileEdition.frozen_at,
            ProfileEdition.content,
        ).where(ProfileEdition.id == edition_id)
    ).one_or_none()
    return None if row is None else (EditionRow(*row[:-1]), row.content)


def file_names(session: Session, edition_id: int, *, locale: str) -> frozenset[str]:
    """The files that a frozen profile has in a language."""
    query = select(ProfileFile.name).where(
        ProfileFile.edition_id == edition_id, ProfileFile.locale == locale
    )
    return frozenset(session.scalars(query))


def file_content(session: Session, edition_id: int, *, locale: str, name: str) -> bytes | None:
    """A file of a frozen profile."""
    return session.scalar(
        select(ProfileFile.content).where(
            ProfileFile.edition_id == edition_id,
            ProfileFile.locale == locale,
            ProfileFile.name == name,
        )
    )


def next_number(session: Session, area_code: str) -> int:
    """The number of an area's next edition."""
    query = select(func.max(ProfileEdition.number)).where(ProfileEdition.area_code == area_code)
    return (session.scalar(query) or 0) + 1


def papers_of(session: Session, *, user_id: int, most: int = 20) -> list[PaperRow]:
    """The PDFs that a person has asked for, the newest first."""
    return _papers(session, ProfilePaper.asked_by_id == user_id, most=most)


def papers_of_editions(session: Session, edition_ids: Collection[int]) -> list[PaperRow]:
    """The PDFs of frozen profiles that are ready."""
    is_ready = ProfilePaper.state == PaperState.READY
    return _papers(session, ProfilePaper.edition_id.in_(edition_ids), is_ready, most=None)


def paper(session: Session, paper_id: int) -> PaperRow | None:
    """One PDF without its content."""
    return next(iter(_papers(session, ProfilePaper.id == paper_id, most=1)), None)


def paper_content(session: Session, paper_id: int) -> bytes | None:
    """A PDF's bytes; None until it is ready."""
    return session.scalar(select(ProfilePaper.content).where(ProfilePaper.id == paper_id))


def associations_in(session: Session, area: Area, *, on: date) -> list[AssociationRow]:
    """The associations that serve villages of an area on a day, by name."""
    reported = (
        select(func.max(ReportingRound.reference_date))
        .join(ConnectionReport, ConnectionReport.round_id == ReportingRound.id)
        .join(ReportVersion, ReportVersion.report_id == ConnectionReport.id)
        .where(
            ConnectionReport.association_id == Association.id,
            ReportVersion.state == ReportState.APPROVED,
            ReportingRound.reference_date <= on,
        )
        .scalar_subquery()
    )
    query = (
        select(Association.id, Association.name, func.count(Village.id.distinct()), reported)
        .join(ServedVillage, ServedVillage.association_id == Association.id)
        .join(Village, Village.id == ServedVillage.village_id)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .where(served_on(on), _within(area))
        .group_by(Association.id, Association.name)
        .order_by(swedish_order(Association.name), Association.id)
    )
    return [AssociationRow(*row) for row in session.execute(query)]


def _within(area: Area) -> ColumnElement[bool]:
    if area.kind is AreaKind.MUNICIPALITY:
        return Municipality.code == area.code
    return Municipality.county_code.in_(area.counties)


def _papers(session: Session, *conditions: ColumnElement[bool], most: int | None) -> list[PaperRow]:
    rows = session.execute(
        select(ProfilePaper)
        .where(*conditions)
        .order_by(ProfilePaper.id.desc())
        .limit(most)
        .execution_options(populate_existing=True)
    ).scalars()
    return [
        PaperRow(
            id=row.id,
            kind=row.kind,
            area_code=row.area_code,
            area_name=row.area_name,
            edition_id=row.edition_id,
            locale=row.locale,
            state=row.state,
            parts_all=row.parts_all,
            parts_done=row.parts_done,
            asked_by_id=row.asked_by_id,
            asked_at=row.asked_at,
        )
        for row in rows
    ]
