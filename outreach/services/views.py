"""One service point or strategic node at a time: added, changed, closed or assessed anew by staff.

The lists are the places' own; what a form stores goes by the rules that files go by.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Generic, TypeVar

from flask import Blueprint, Response, flash, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach
from outreach.accounts.rules import RoleName
from outreach.associations.views.asking import author
from outreach.associations.views.saving import Stored, basis, save_entry
from outreach.database.versions import check_version
from outreach.days import today
from outreach.extensions import db
from outreach.places.commands.services import ByHand, hold, save_node, save_service_point
from outreach.places.queries.outlines import village_shape
from outreach.places.queries.pages import village_place
from outreach.places.queries.services import (
    NodeRow,
    ServiceFilter,
    ServicePointRow,
    nodes,
    service_points,
)
from outreach.places.service_models import ServicePoint, StrategicNode
from outreach.places.service_rules import NodeEntry, NodeProperty, ServicePointEntry
from outreach.services.forms import (
    NodeForm,
    ServicePointForm,
    texts_of_node,
    texts_of_service,
    written_position,
)
from outreach.services.queries import handled
from outreach.training.queries.names import municipality_names
from outreach.web.access import only, open_to
from outreach.web.answers import see_other
from outreach.web.asking import asked_text, sent_version

STAFF = only(RoleName.ADMINISTRATOR, RoleName.REGIONAL_STAFF)
Page = tuple[str, int]
R = TypeVar("R", ServicePointRow, NodeRow)
F = TypeVar("F", ServicePointForm, NodeForm)
E = TypeVar("E", ServicePointEntry, NodeEntry)

blueprint = Blueprint("services", __name__)


@blueprint.app_template_global("may_change_point")
def may_change_point(municipality_code: str | None = None) -> bool:
    """Whether this reader handles service points and nodes: anywhere, or in a municipality."""
    reach = current_reach()
    if municipality_code is None:
        return reach.is_administrator or bool(reach.counties)
    return reach.staffs_county(municipality_code[:2])


@dataclass(frozen=True, slots=True)
class _Sort(Generic[R, F, E]):
    """Service points, or nodes: what differs between the two."""

    form: type[F]
    table: type[ServicePoint] | type[StrategicNode]
    one: Callable[[Session, int], list[R]]
    entry: Callable[[F, R | None], E | None]
    texts: Callable[[R], dict[str, str]]
    store: Callable[[Session, E, ByHand], Stored]
    list_endpoint: str
    list_name: LazyString
    heading: LazyString
    change: LazyString


_EVERYTHING = ServiceFilter()
_SERVICES = _Sort(
    ServicePointForm,
    ServicePoint,
    lambda session, key: service_points(
        session, _EVERYTHING, only=key, within=handled(current_reach())
    ),
    lambda form, row: form.entry(row, _municipalities()),
    texts_of_service,
    save_service_point,
    "places.services",
    lazy_gettext("Service points"),
    lazy_gettext("Add a service point"),
    lazy_gettext("Change the service point"),
)
_NODES = _Sort(
    NodeForm,
    StrategicNode,
    lambda session, key: nodes(
        session, _EVERYTHING, on=today(), only=key, within=handled(current_reach())
    ),
    lambda form, row: form.entry(row, _municipalities(), today=today()),
    texts_of_node,
    save_node,
    "places.strategic_nodes",
    lazy_gettext("Strategic nodes"),
    lazy_gettext("Add a strategic node"),
    lazy_gettext("Assess the strategic node"),
)


@blueprint.get("/places/services/new")
@open_to(STAFF)
def new_service() -> Page:
    """An empty form, in the village that the address names."""
    return _empty(_SERVICES)


@blueprint.post("/places/services/new")
@open_to(STAFF)
def add_service() -> Response | Page:
    """Add a service point."""
    return _store(_SERVICES, None)


@blueprint.get("/places/services/<key:point_id>/edit")
@open_to(STAFF)
def edit_service(point_id: int) -> Page:
    """The form with what is known."""
    return _filled(_SERVICES, point_id)


@blueprint.post("/places/services/<key:point_id>/edit")
@open_to(STAFF)
def update_service(point_id: int) -> Response | Page:
    """Store what the form says; a day of closing closes it."""
    return _store(_SERVICES, _own(_SERVICES, point_id))


@blueprint.get("/places/nodes/new")
@open_to(STAFF)
def new_node() -> Page:
    """An empty form, in the village that the address names."""
    return _empty(_NODES)


@blueprint.post("/places/nodes/new")
@open_to(STAFF)
def add_node() -> Response | Page:
    """Add a strategic node."""
    return _store(_NODES, None)


@blueprint.get("/places/nodes/<key:node_id>/edit")
@open_to(STAFF)
def edit_node(node_id: int) -> Page:
    """The form with the newest assessment."""
    return _filled(_NODES, node_id)


@blueprint.post("/places/nodes/<key:node_id>/edit")
@open_to(STAFF)
def update_node(node_id: int) -> Response | Page:
    """Store an assessment: of a new day beside the earlier ones, of the same day in its place."""
    return _store(_NODES, _own(_NODES, node_id))


def _municipalities() -> dict[str, str]:
    """Those that the person handles."""
    named = municipality_names(db.session())
    return {code: name for code, name in named if may_change_point(code)}


def _own(of: _Sort[R, F, E], key: int) -> R:
    found = of.one(db.session(), key)
    if not found:
        raise NotFound
    return found[0]


def _empty(of: _Sort[R, F, E]) -> Page:
    place = village_place(db.session(), asked_text("village"))
    texts = {"source": str(gettext("The region"))}
    if place is not None:
        shape = village_shape(db.session(), place.id)
        middle = None if shape is None else shape.middle
        texts["municipality"] = place.municipality_code
        if middle is not None:
            # Metres of a village's middle would only pretend to know where in it.
            texts["position"] = written_position(round(middle.y), round(middle.x))
    return _page(of, of.form(data=texts), None, status=HTTPStatus.OK)


def _filled(of: _Sort[R, F, E], key: int) -> Page:
    row = _own(of, key)
    return _page(of, of.form(data=of.texts(row)), row, status=HTTPStatus.OK)


def _store(of: _Sort[R, F, E], row: R | None) -> Response | Page:
    form = of.form(request.form)
    entry, by = of.entry(form, row), author()

    def act(session: Session, entry: E) -> Stored | None:
        if row is not None:
            hold(session, of.table, row.id)
            stored = of.one(session, row.id)
            if not stored:
                return None
            check_version(sent_version(), stored=stored[0].version)
        return of.store(session, entry, ByHand(by.reach.user_id, by.at, row.id if row else None))

    outcome = save_entry(form, entry, act)
    if entry is None or outcome.key is None:
        again = None if row is None else _own(of, row.id)
        return _page(of, form, again, status=outcome.status)
    flash(gettext("%(name)s is saved.", name=entry.name), "success")
    return see_other(url_for(of.list_endpoint, q=entry.name))


def _page(of: _Sort[R, F, E], form: F, row: R | None, *, status: int) -> Page:
    municipalities = _municipalities()
    form.offer(municipalities)

    def theirs(stored: R) -> F:
        filled = of.form(data=of.texts(stored))
        filled.offer(municipalities)
        return filled

    rests = basis(form, row, status, of=of.table.__tablename__, theirs=theirs)
    page = render_template(
        "services/form.html",
        form=form,
        row=row,
        conflict=rests.conflict,
        list_name=of.list_name,
        heading_words=of.change if row else of.heading,
        back_href=url_for(of.list_endpoint),
        properties=[form[one] for one in NodeProperty] if isinstance(form, NodeForm) else [],
        held_version=rests.version,
    )
    return page, status
