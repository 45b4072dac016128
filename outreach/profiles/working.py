"""Make the PDFs that were asked for, in the worker."""

from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module
from typing import Protocol, TypeAlias, cast

from flask_babel import force_locale, gettext
from sqlalchemy.orm import Session

from outreach.database import transaction
from outreach.database.transaction import reading as reading_only
from outreach.gap.rules import Area, AreaKind, Options
from outreach.gap.views.reading import reading
from outreach.profiles.commands import claim, finish, tell
from outreach.profiles.composing import composed
from outreach.profiles.kept import from_json
from outreach.profiles.queries import PaperRow, edition, paper, texts_of
from outreach.profiles.rules import Document, PaperKind, PaperState

Clock: TypeAlias = Callable[[], datetime]
PRINTING = "outreach.profiles.printing"


class _Printing(Protocol):
    """What `printing` offers; it is imported by name, as only the worker needs it."""

    def page(self, documents: list[Document], *, locale: str, title: str) -> str: ...

    def pdf(self, page: str) -> bytes: ...


def make_all(session: Session, *, clock: Clock) -> int:
    """Make all PDFs that wait; how many."""
    made = 0
    while make_next(session, clock=clock):
        made += 1
    return made


def make_next(session: Session, *, clock: Clock) -> bool:
    """Make the PDF that waits longest; whether there was one."""
    with transaction(session):
        claimed = claim(session, at=clock())
    if claimed is None:
        return False
    with reading_only(session):
        wanted = paper(session, claimed)
    if wanted is None or wanted.state is not PaperState.MAKING:
        return True
    with force_locale(wanted.locale):
        content = _made(session, wanted, clock)
    with transaction(session):
        finish(session, wanted.id, content)
    return True


def _made(session: Session, wanted: PaperRow, clock: Clock) -> bytes | None:
    documents = []
    for document in _documents(session, wanted):
        documents.append(document)
        with transaction(session):
            tell(session, wanted.id, parts_done=len(documents), at=clock())
    if not documents:
        return None
    printing = cast("_Printing", import_module(PRINTING))
    with reading_only(session):
        page = printing.page(documents, locale=wanted.locale, title=_title(wanted))
    return printing.pdf(page)


def _documents(session: Session, wanted: PaperRow) -> Iterator[Document]:
    if wanted.kind is PaperKind.EDITION and wanted.edition_id is not None:
        with reading_only(session):
            found = edition(session, wanted.edition_id)
        if found is not None:
            yield from_json(found[1])[wanted.locale]
        return
    with reading() as look:
        areas = areas_of(look.options, wanted.area_code, kind=wanted.kind)
    for area in areas:
        with reading() as look:
            texts = texts_of(look.session, area.code, locale=wanted.locale)
            document = composed(look, area, texts=texts, is_for_screens=False)
        yield document


def areas_of(options: Options, code: str, *, kind: PaperKind) -> list[Area]:
    """The areas that a PDF is about: one, or a county and its municipalities."""
    area = options.area(code)
    if area is None:
        return []
    if kind is not PaperKind.PACK:
        return [area]
    within = [
        each
        for each in options.areas
        if each.kind is AreaKind.MUNICIPALITY and each.counties == area.counties
    ]
    return [area, *within]


def _title(wanted: PaperRow) -> str:
    if wanted.kind is PaperKind.PACK:
        return str(gettext("Meeting pack: %(area)s", area=wanted.area_name))
    return str(gettext("Profile: %(area)s", area=wanted.area_name))
