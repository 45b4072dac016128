"""Write in a profile, freeze it, ask for a PDF, and keep how far the worker has come with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from outreach.database import claiming, data_version
from outreach.database.audit import record
from outreach.database.claiming import Work
from outreach.gap.rules import Area
from outreach.profiles.kept import digest_of, to_json
from outreach.profiles.models import ProfileEdition, ProfileFile, ProfilePaper, ProfileText
from outreach.profiles.queries import next_number
from outreach.profiles.rules import Document, PaperKind, PaperState, Part, TakenFile

WORK = Work(
    ProfilePaper.id,
    ProfilePaper.state,
    ProfilePaper.claimed_at,
    {PaperState.WAITING: PaperState.MAKING},
    lost_after=timedelta(minutes=5),
)
TRIES_MOST = 3


class TextOutdated(Exception):
    """Somebody else has written since the editor was opened; carries their text and version."""

    def __init__(self, text: str, version: int) -> None:
        super().__init__(version)
        self.text = text
        self.version = version


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, and when."""

    user_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """A PDF to be made; `parts_all` is how many profiles it holds."""

    kind: PaperKind
    area: Area
    locale: str
    parts_all: int
    edition_id: int | None = None


def write(
    session: Session,
    area: Area,
    part: Part,
    *,
    locale: str,
    text: str,
    version: int,
    by: Author,
) -> None:
    """Put a text in the place of the generated one; an empty one gives the generated one back.

    Raises TextOutdated unless `version` is the one stored, 0 for none.
    """
    kept = session.scalars(
        select(ProfileText)
        .where(
            ProfileText.area_code == area.code,
            ProfileText.part == part,
            ProfileText.locale == locale,
        )
        .with_for_update()
    ).one_or_none()
    stored = kept.version if kept else 0
    if stored != version:
        raise TextOutdated(kept.text if kept else "", stored)
    before = kept.text if kept else ""
    if kept is None:
        kept = ProfileText(area_code=area.code, part=part, locale=locale)
        session.add(kept)
    kept.text, kept.version = text, stored + 1
    kept.written_by_id, kept.written_at = by.user_id, by.at
    session.flush()
    data_version.bump(session, at=by.at)
    record(
        session,
        "profile_written",
        of=("profile_text", kept.id),
        user_id=by.user_id,
        at=by.at,
        before={"text": before},
        after={"text": text, "part": part.value, "area": area.code, "locale": locale},
    )


def freeze(
    session: Session,
    area: Area,
    documents: Mapping[str, Document],
    *,
    files: Sequence[TakenFile],
    day: date,
    by: Author,
) -> int:
    """Keep a profile as it stands, in all languages, with its files; the edition's id."""
    content = to_json(documents)
    edition = ProfileEdition(
        area_code=area.code,
        area_name=area.name,
        number=next_number(session, area.code),
        reference_date=day,
        content=content,
        digest=digest_of(content),
        frozen_by_id=by.user_id,
        frozen_at=by.at,
    )
    session.add(edition)
    session.flush()
    session.add_all(
        ProfileFile(edition_id=edition.id, locale=one.locale, name=one.name, content=one.content)
        for one in files
    )
    data_version.bump(session, at=by.at)
    record(
        session,
        "profile_frozen",
        of=("profile_edition", edition.id),
        user_id=by.user_id,
        at=by.at,
        after={"area": area.code, "number": edition.number, "digest": edition.digest},
    )
    return edition.id


def ask_for(session: Session, wanted: Wanted, *, by: Author) -> int:
    """Have a PDF made; its id."""
    paper = ProfilePaper(
        kind=wanted.kind,
        area_code=wanted.area.code,
        area_name=wanted.area.name,
        edition_id=wanted.edition_id,
        locale=wanted.locale,
        state=PaperState.WAITING,
        parts_all=wanted.parts_all,
        parts_done=0,
        tries=0,
        asked_by_id=by.user_id,
        asked_at=by.at,
    )
    session.add(paper)
    session.flush()
    return paper.id


def claim(session: Session, *, at: datetime) -> int | None:
    """Take a PDF that waits, or whose worker was lost; one of several takers gets it.

    One that was begun too often is given up with that.
    """
    tries = ProfilePaper.tries + 1
    paper_id = claiming.claim(session, WORK, at=at, parts_done=0, tries=tries)
    session.execute(
        update(ProfilePaper)
        .where(ProfilePaper.id == paper_id, ProfilePaper.tries > TRIES_MOST)
        .values(state=PaperState.FAILED),
        execution_options={"synchronize_session": False},
    )
    return paper_id


def tell(session: Session, paper_id: int, *, parts_done: int, at: datetime) -> None:
    """Say how far the worker has come."""
    _set(session, paper_id, parts_done=parts_done, claimed_at=at)


def finish(session: Session, paper_id: int, content: bytes | None) -> None:
    """End with the PDF, or without one."""
    state = PaperState.READY if content else PaperState.FAILED
    _set(session, paper_id, state=state, content=content)
    edition_id = session.scalar(select(ProfilePaper.edition_id).where(ProfilePaper.id == paper_id))
    if content and edition_id is not None:
        at = session.scalars(select(ProfilePaper.asked_at).where(ProfilePaper.id == paper_id)).one()
        data_version.bump(session, at=at)


def _set(session: Session, paper_id: int, **values: object) -> None:
    session.execute(
        update(ProfilePaper)
        .where(ProfilePaper.id == paper_id, ProfilePaper.state == PaperState.MAKING)
        .values(**values),
        execution_options={"synchronize_session": False},
    )
