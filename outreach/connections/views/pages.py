"""The reporting form as a page: empty, restored, refused, or beside somebody else's version."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, render_template

from outreach.connections.forms.clash import clash
from outreach.connections.forms.report import ReportForm
from outreach.connections.forms.typed import Typed, as_last, typed_from
from outreach.connections.queries.drafts import Draft, draft_of_link, drafts_of
from outreach.connections.queries.grid import GridRow, counts_stated, grid_rows
from outreach.connections.queries.report_head import ReportHead, version_numbered
from outreach.connections.rules import JUMP_HOMES, JUMP_SHARE, LARGEST_COUNT, REGISTER_SHARE
from outreach.connections.views.desk import Desk
from outreach.connections.wording import SENTENCES
from outreach.days import today
from outreach.extensions import db
from outreach.measures.outliers import UNUSUAL
from outreach.web.answers import private
from outreach.web.compressing import compressed

BROWSER_SENTENCES = (
    "negative",
    "too_large",
    "not_whole",
    "not_a_number",
    "other_digits",
    "power",
    "ambiguous_thousands",
    "more_than_dwellings",
    "more_than_register",
    "more_than_homes_passed",
    "more_than_connected",
    "left_out",
    "decrease",
    "jump",
    "jump_own",
    "jump_similar",
    "jump_own_similar",
    "outpaced",
    "unlike_register",
)


@dataclass(frozen=True, slots=True)
class Opened:
    """What the form was opened with: its texts, the version they build on, the submission's key."""

    typed: Typed
    base_number: int
    key: str
    draft: Draft | None = None


def new_key() -> str:
    """The key of a submission that has not been made yet."""
    return uuid.uuid4().hex


def opened_now(head: ReportHead, desk: Desk, rows: Sequence[GridRow]) -> Opened:
    """The person's draft if there is one, else the newest version, else an empty form.

    Whoever comes by a link finds last time's figures filled in instead of an empty form.
    """
    own = _own_draft(head, desk)
    if own is not None:
        return Opened(Typed(own.texts), own.base_number, new_key(), own)
    if desk.is_link and head.latest is None:
        return Opened(as_last(rows), head.base_number, new_key())
    return Opened(typed_of_version(head), head.base_number, new_key())


def _own_draft(head: ReportHead, desk: Desk) -> Draft | None:
    if desk.link_id is not None:
        return draft_of_link(db.session(), desk.link_id)
    drafts = drafts_of(db.session(), head)
    return next((draft for draft in drafts if draft.user_id == desk.user_id), None)


def _others_drafts(head: ReportHead, desk: Desk) -> list[Draft]:
    """What colleagues have typed; a link shows nobody else's."""
    if desk.is_link:
        return []
    return [draft for draft in drafts_of(db.session(), head) if draft.user_id != desk.user_id]


def typed_of_version(head: ReportHead, number: int | None = None) -> Typed:
    """A version of the report as it would be typed: the newest, or the one numbered."""
    version = head.latest
    if number is not None and head.report_id is not None:
        version = version_numbered(db.session(), head.report_id, number=number)
    if version is None:
        return Typed()
    return typed_from(counts_stated(db.session(), version.id), version.comment)


def form_page(
    desk: Desk,
    head: ReportHead,
    form: ReportForm,
    *,
    opened: Opened,
    status: int = 200,
    notice: str = "",
) -> Response:
    """The form. `notice` names what the page has to say first: "csrf"."""
    page = render_template(
        "connections/report.html",
        head=head,
        form=form,
        opened=opened,
        others=_others_drafts(head, desk),
        desk=desk,
        notice=notice,
        today=today(),
        page_has_errors=bool(form.errors),
        limits={
            "largest": LARGEST_COUNT,
            "jumpShare": JUMP_SHARE,
            "jumpHomes": JUMP_HOMES,
            "registerShare": REGISTER_SHARE,
            "unusual": UNUSUAL,
        },
        sentences={code: str(SENTENCES[code]) for code in BROWSER_SENTENCES},
    )
    return compressed(private((page, status)))


def clash_page(
    desk: Desk, head: ReportHead, typed: Typed, *, base_number: int, key: str
) -> Response:
    """Mine beside theirs, field by field, with nothing lost; status 409."""
    rows: list[GridRow] = grid_rows(db.session(), head)
    page = render_template(
        "connections/clash.html",
        head=head,
        desk=desk,
        key=key,
        clash=clash(
            rows,
            mine=typed,
            theirs=typed_of_version(head),
            base=typed_of_version(head, base_number),
        ),
        page_has_errors=True,
    )
    return private((page, 409))
