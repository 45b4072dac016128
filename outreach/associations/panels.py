"""What features above show on an association's page, without the register knowing those features.

    panels.on_association(blueprint, order=20, load=links, template="connections/link_panel.html")

`load(session, facts, may)` returns whatever the template needs, or None where there is nothing to
show to whoever has these rights. The template finds it as `panel` and the association as
`association`, opens with a `<section>` and an `<h2>`, and asks the database for nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from flask import Blueprint, Flask
from sqlalchemy.orm import Session

from outreach.associations.queries.one import AssociationFacts, Rights

Load: TypeAlias = Callable[[Session, AssociationFacts, Rights], object | None]
_KEY = "outreach_association_panels"


@dataclass(frozen=True, slots=True)
class ShownPanel:
    """A panel's content, ready to be included by the association's page."""

    template: str
    content: object


def on_association(blueprint: Blueprint, *, order: int, load: Load, template: str) -> None:
    """Show a panel on every association's page of the applications that get this blueprint."""
    blueprint.record(lambda state: _offered(state.app.extensions).append((order, template, load)))


def of_association(
    app: Flask, session: Session, facts: AssociationFacts, *, may: Rights
) -> list[ShownPanel]:
    """The panels that have something to say about this association, in their order."""
    ordered = sorted(_offered(app.extensions), key=lambda panel: panel[:2])
    loaded = ((template, load(session, facts, may)) for _, template, load in ordered)
    return [ShownPanel(template, content) for template, content in loaded if content is not None]


def _offered(
    extensions: dict[str, list[tuple[int, str, Load]]],
) -> list[tuple[int, str, Load]]:
    return extensions.setdefault(_KEY, [])
