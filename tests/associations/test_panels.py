"""What the pages of places show of the register, and who hears of a change of service."""

import pytest
from flask import Blueprint, Flask, render_template
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.associations import listeners
from outreach.associations.listeners import ServedChanged
from outreach.places import panels
from outreach.places.models import Village
from outreach.places.rules import MunicipalityPlace, VillagePlace
from tests import factories
from tests.associations.pages import as_staff, send

KARLSKRONA = MunicipalityPlace("1080", "Karlskrona", "10", "Blekinge län")
TEMPLATES = {"associations/village_panel.html", "associations/municipality_panel.html"}


def place(village: Village) -> VillagePlace:
    return VillagePlace(village.id, village.code, village.name, "1080", "Karlskrona", "10")


def shown(app: Flask, found: list[panels.ShownPanel]) -> str:
    """Our own panel of those found, as it is printed."""
    with app.test_request_context():
        own = [panel for panel in found if panel.template in TEMPLATES]
        return "".join(render_template(panel.template, panel=panel.content) for panel in own)


def village_panels(app: Flask, session: Session, village: Village) -> str:
    """Our panel on the page of a village, as a visitor finds it."""
    with app.test_request_context():
        return shown(app, panels.of_village(app, session, place=place(village)))


def municipality_panels(app: Flask, session: Session) -> str:
    """The same on the page of a municipality."""
    with app.test_request_context():
        return shown(app, panels.of_municipality(app, session, place=KARLSKRONA))


def test_a_villages_page_links_to_who_serves_it(app: Flask, session: Session) -> None:
    village = factories.village(session)
    held = factories.association(session, "Byns Fiber", serving=[village])
    text = village_panels(app, session, village)
    assert f'<a href="/associations/{held.id}">Byns Fiber</a>' in text


def test_a_village_of_two_says_that_networks_may_overlap(app: Flask, session: Session) -> None:
    village = factories.village(session)
    for name in ("Ett", "Två"):
        factories.association(session, name, serving=[village])
    text = village_panels(app, session, village)
    assert "2 föreningar betjänar orten: näten kan överlappa." in text


def test_a_village_of_none_says_so(app: Flask, session: Session) -> None:
    text = village_panels(app, session, factories.village(session))
    assert "Ingen fiberförening i registret betjänar orten i dag." in text


def test_a_municipalitys_page_lists_its_associations(app: Flask, session: Session) -> None:
    villages = [factories.village(session, "Aby"), factories.village(session, "Öby")]
    factories.association(session, "Byns Fiber", serving=villages)
    text = municipality_panels(app, session)
    assert (text.count("Byns Fiber"), text.index("Aby") < text.index("Öby")) == (1, True)


def test_a_municipality_without_associations_has_no_panel(app: Flask, session: Session) -> None:
    factories.municipality(session)
    assert municipality_panels(app, session) == ""


def test_who_listens_hears_of_a_change_of_service(session: Session) -> None:
    heard: list[ServedChanged] = []
    room = Blueprint("room", __name__)
    listeners.on_served_changed(room, lambda _session, change: heard.append(change))
    other = Flask("other")
    other.register_blueprint(room)
    change = ServedChanged((1,), at=factories.NOW)
    listeners.tell(other, session, change=change)
    assert heard == [change]


def test_adding_a_village_tells_who_listens(
    app: Flask, session: Session, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[int, ...]] = []
    ears = [(ServedChanged, lambda _session, change: heard.append(change.village_ids))]
    monkeypatch.setitem(app.extensions, "outreach_association_listeners", ears)
    held, village = factories.association(session), factories.village(session)
    as_staff(client, session)
    fields: dict[str, str | list[str]] = {"village": village.code, "valid_from": "2025-01-01"}
    send(client, f"/associations/{held.id}/villages/new?q=byn", fields)
    assert heard == [(village.id,)]
