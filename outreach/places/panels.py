"""What other features show on a place's page, without places knowing those features.

A feature above places offers a panel beside its blueprint:

    panels.on_village(blueprint, order=20, load=figures, template="connections/panel.html")

`load(session, village)` returns whatever the template needs, or None where there is nothing to
show. The template finds it as `panel` and the place as `place`, opens with a `<section>` and an
`<h2>`, and asks the database for nothing. Panels stand in the order of their numbers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import Blueprint, Flask
from flask.sansio.blueprints import BlueprintSetupState
from sqlalchemy.orm import Session

from outreach.places.rules import MunicipalityPlace, VillagePlace

P = TypeVar("P")
_KEY = "outreach_place_panels"


@dataclass(frozen=True, slots=True)
class Panel(Generic[P]):
    """One offered panel: its place in the row, how its content is read, and what prints it."""

    order: int
    template: str
    load: Callable[[Session, P], object | None]


@dataclass(frozen=True, slots=True)
class ShownPanel:
    """A panel's content, ready to be included by the place's page."""

    template: str
    content: object


@dataclass(frozen=True, slots=True)
class _Offered:
    village: list[Panel[VillagePlace]]
    municipality: list[Panel[MunicipalityPlace]]


def on_village(
    blueprint: Blueprint,
    *,
    order: int,
    load: Callable[[Session, VillagePlace], object | None],
    template: str,
) -> None:
    """Show a panel on every village's page of the applications that get this blueprint."""
    panel = Panel(order, template, load)
    blueprint.record(lambda state: _offered(_app(state)).village.append(panel))


def on_municipality(
    blueprint: Blueprint,
    *,
    order: int,
    load: Callable[[Session, MunicipalityPlace], object | None],
    template: str,
) -> None:
    """Show a panel on every municipality's page of the applications that get this blueprint."""
    panel = Panel(order, template, load)
    blueprint.record(lambda state: _offered(_app(state)).municipality.append(panel))


def of_village(app: Flask, session: Session, *, place: VillagePlace) -> list[ShownPanel]:
    """The panels that have something to say about this village, in their order."""
    return _shown(_offered(app).village, session, place=place)


def of_municipality(app: Flask, session: Session, *, place: MunicipalityPlace) -> list[ShownPanel]:
    """The panels that have something to say about this municipality, in their order."""
    return _shown(_offered(app).municipality, session, place=place)


def _shown(panels: list[Panel[P]], session: Session, *, place: P) -> list[ShownPanel]:
    ordered = sorted(panels, key=lambda panel: (panel.order, panel.template))
    loaded = ((panel.template, panel.load(session, place)) for panel in ordered)
    return [ShownPanel(template, content) for template, content in loaded if content is not None]


def _app(state: BlueprintSetupState) -> Flask:
    if not isinstance(state.app, Flask):
        raise TypeError("panels belong to a Flask application")
    return state.app


def _offered(app: Flask) -> _Offered:
    found = app.extensions.setdefault(_KEY, _Offered([], []))
    if not isinstance(found, _Offered):
        raise TypeError(f"{_KEY} is taken")
    return found
