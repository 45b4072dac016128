"""What pages of places show of the register, and the mark that says demonstration."""

from dataclasses import dataclass

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from outreach.associations.queries.demonstration import has_demonstration
from outreach.associations.queries.served import ServingRow, serving, serving_municipality
from outreach.associations.views.blueprint import blueprint
from outreach.database import data_version
from outreach.days import today
from outreach.extensions import db
from outreach.places import panels
from outreach.places.rules import MunicipalityPlace, VillagePlace
from outreach.web import kept

_KEY = "demonstration"


@dataclass(frozen=True, slots=True)
class ServingInMunicipality:
    """An association and the villages of one municipality that it serves."""

    association_id: int
    name: str
    villages: list[ServingRow]


class Demonstration:
    """True in a template where the register holds demonstration associations.

    Asked only where a page needs it, and known until the published data change. On a page about a
    database that is away it is False: a banner must never break an error page.
    """

    def __bool__(self) -> bool:
        """Whether pages must say that association figures are demonstration."""
        session = db.session()
        try:
            version = data_version.current(session)
            return kept.fact(_KEY, version, build=lambda: has_demonstration(session))
        except SQLAlchemyError:
            current_app.logger.warning("the demonstration mark could not be read")
            return False


@blueprint.app_context_processor
def _mark() -> dict[str, Demonstration]:
    return {"demonstration": Demonstration()}


def _served_by(session: Session, village: VillagePlace) -> list[ServingRow]:
    return serving(session, on=today(), village_ids=[village.id])


def _associations(
    session: Session, municipality: MunicipalityPlace
) -> list[ServingInMunicipality] | None:
    found: dict[int, ServingInMunicipality] = {}
    for row in serving_municipality(session, municipality.code, on=today()):
        held = found.setdefault(
            row.association_id,
            ServingInMunicipality(row.association_id, row.association_name, []),
        )
        held.villages.append(row)
    return list(found.values()) or None


panels.on_village(blueprint, order=30, load=_served_by, template="associations/village_panel.html")
panels.on_municipality(
    blueprint, order=30, load=_associations, template="associations/municipality_panel.html"
)
