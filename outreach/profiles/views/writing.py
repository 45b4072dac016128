"""Write in a profile, and freeze it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Response, flash, render_template, request, url_for
from flask_babel import force_locale, get_locale, gettext
from werkzeug.exceptions import NotFound

from outreach.associations.forms.base import several_lines
from outreach.connections.wording import sentence
from outreach.database import transaction
from outreach.extensions import db
from outreach.gap.charts.specs import Format, SlideSpec
from outreach.gap.drawing import draw
from outreach.gap.rules import Area
from outreach.gap.views.reading import Reading, reading
from outreach.mail.queue import wake_worker
from outreach.personal_data import has_personal_number
from outreach.profiles import jobs
from outreach.profiles.commands import TextOutdated, Wanted, ask_for, freeze, write
from outreach.profiles.composing import composed, document_of
from outreach.profiles.gathering import gathered
from outreach.profiles.queries import NOT_WRITTEN, texts_of, written
from outreach.profiles.rules import (
    LANGUAGES,
    TEXT_MAXIMUM,
    WORKBOOK,
    Document,
    PaperKind,
    Part,
    TakenFile,
)
from outreach.profiles.slides import slides
from outreach.profiles.views.blueprint import STAFF, author, blueprint, staffed_area
from outreach.profiles.workbook import workbook
from outreach.rules import RuleBroken
from outreach.web.access import open_to
from outreach.web.answers import private, see_other
from outreach.web.asking import sent_version


@dataclass(frozen=True, slots=True)
class Outdated:
    """What the editor shows when somebody else was faster."""

    theirs: str
    mine: str


@blueprint.get("/profiles/<code>/edit")
@open_to(STAFF)
def edit(code: str) -> Response:
    """The texts of a profile, the generated ones beside those that staff wrote."""
    return _editor(code)


@blueprint.post("/profiles/<code>/edit/<part>")
@open_to(STAFF)
def save(code: str, part: str) -> Response:
    """Put a text in the place of a generated one."""
    if part not in set(Part):
        raise NotFound
    with reading() as look:
        area = staffed_area(look, code)
    text = several_lines(request.form.get("text", ""))
    version = sent_version()
    fault = _fault_of(text)
    if fault is not None:
        return _editor(code, errors={Part(part): fault}, typed={Part(part): text})
    if version is None:
        raise NotFound
    session = db.session()
    try:
        with transaction(session):
            write(
                session,
                area,
                Part(part),
                locale=str(get_locale()),
                text=text,
                version=version,
                by=author(),
            )
    except TextOutdated as theirs:
        return _editor(code, outdated={Part(part): Outdated(theirs.text, text)}, status=409)
    flash(gettext("The text is saved."), "success")
    return see_other(url_for("profiles.edit", code=code, _anchor=part))


@dataclass(frozen=True, slots=True)
class _Frozen:
    """A profile in one language, and what its files are made of."""

    document: Document
    workbook: bytes
    slides: Mapping[Part, SlideSpec]


@blueprint.post("/profiles/<code>/freeze")
@open_to(STAFF)
def freeze_profile(code: str) -> Response:
    """Keep the profile as it stands today, and have its PDF made in every language."""
    session = db.session()
    with reading() as look:
        area, by = staffed_area(look, code), author()
        day = look.options.days[0]
        # What follows takes seconds: no transaction of the request's own may wait for it.
        session.rollback()
        frozen = {locale: _in_language(look, area, locale) for locale in LANGUAGES}
    # Drawn once the look is over, too.
    files = [one for locale, made in frozen.items() for one in _files(locale, made)]
    documents = {locale: made.document for locale, made in frozen.items()}
    with transaction(session):
        edition_id = freeze(session, area, documents, files=files, day=day, by=by)
        for locale in LANGUAGES:
            wanted = Wanted(PaperKind.EDITION, area, locale, 1, edition_id)
            ask_for(session, wanted, by=by)
    wake_worker(jobs.TASK)
    flash(gettext("The profile is frozen. Its PDF is being made."), "success")
    return see_other(url_for("profiles.show_edition", edition_id=edition_id))


def _editor(
    code: str,
    *,
    errors: dict[Part, str] | None = None,
    typed: dict[Part, str] | None = None,
    outdated: dict[Part, Outdated] | None = None,
    status: int = 200,
) -> Response:
    locale = str(get_locale())
    with reading() as look:
        area = staffed_area(look, code)
        texts = written(look.session, code, locale=locale)
        document = composed(look, area)
    page = render_template(
        "profiles/edit.html",
        area=area,
        sections=[(each, texts.get(each.part, NOT_WRITTEN)) for each in document.sections],
        errors=errors or {},
        typed=typed or {},
        outdated=outdated or {},
        page_has_errors=bool(errors or outdated),
        maximum=TEXT_MAXIMUM,
    )
    return private((page, 422 if errors else status))


def _in_language(look: Reading, area: Area, locale: str) -> _Frozen:
    address = url_for("profiles.show", code=area.code, _external=True)
    with force_locale(locale):
        texts = texts_of(look.session, area.code, locale=locale)
        material = gathered(look, area)
        return _Frozen(document_of(material, texts), workbook(material, address), slides(material))


def _files(locale: str, made: _Frozen) -> Iterator[TakenFile]:
    yield TakenFile(locale, WORKBOOK, made.workbook)
    for part, spec in made.slides.items():
        yield TakenFile(locale, f"{part}.png", draw(spec, kind=Format.PNG))


def _fault_of(text: str) -> str | None:
    if len(text) > TEXT_MAXIMUM:
        return str(gettext("Write at most %(most)s characters.", most=TEXT_MAXIMUM))
    return sentence(RuleBroken("text", "personal_number")) if has_personal_number(text) else None
