"""Whose business an event of the record is: by the object that was changed."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, literal, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from outreach.accounts.models import User
from outreach.accounts.rules import Reach
from outreach.accounts.scopes import manageable
from outreach.associations.models import (
    Association,
    AssociationContact,
    Commitment,
    ServedVillage,
    Succession,
)
from outreach.connections.flag_models import ValueFlag
from outreach.connections.link_models import ReportLink
from outreach.connections.models import ConnectionReport, ReportVersion
from outreach.connections.reminder_models import Reminder
from outreach.database.audit import AuditEvent
from outreach.exchange.models import ImportRun, ImportVersion
from outreach.places.models import Municipality, Village
from outreach.places.service_models import ServicePoint, StrategicNode
from outreach.questions.models import FigureQuestion
from outreach.training.models import Organisation, OrganisationContact, Programme, Venue
from outreach.training.session_models import TrainingSession

ROUND = "reporting_round"
_WHOSE = '"association_id": '


def visible(reach: Reach) -> ColumnElement[bool]:
    """The events that the person may read: administrators all, staff those of their counties.

    What is said of a round as such is for all staff; what is said of an association in it is for
    the staff of its county. Kinds that are not named here are for administrators alone.
    """
    if reach.is_administrator:
        return true()
    counties = sorted(reach.counties)
    associations = select(Association.id).where(Association.county_code.in_(counties))
    others = {
        **_of_counties(counties),
        "user": select(_text(User.id)).where(manageable(reach)),
        "import_run": _imports(associations),
    }
    return or_(
        of_associations(associations),
        and_(AuditEvent.object_type == ROUND, ~_said().contains(_WHOSE)),
        *(_one_of(kind, ids) for kind, ids in others.items()),
    )


def _of_counties(counties: Sequence[str]) -> dict[str, Select[str]]:
    """What lies in the counties, and what is of the organisations that work there."""
    municipalities = select(Municipality.code).where(Municipality.county_code.in_(counties))
    villages = select(Village.id).where(Village.municipality_code.in_(municipalities))
    organisations = select(Organisation.id).where(Organisation.county_code.in_(counties))
    return {
        "village": select(Village.code).where(Village.municipality_code.in_(municipalities)),
        "figure_question": _part(FigureQuestion.id, FigureQuestion.village_id, villages),
        "venue": _part(Venue.id, Venue.village_id, villages),
        "service_point": select(ServicePoint.code).where(
            ServicePoint.municipality_code.in_(municipalities)
        ),
        "strategic_node": select(StrategicNode.node).where(
            StrategicNode.municipality_code.in_(municipalities)
        ),
        "programme": select(_text(Programme.id)).where(Programme.county_code.in_(counties)),
        "organisation": _part(Organisation.id, Organisation.id, organisations),
        "organisation_contact": _part(
            OrganisationContact.id, OrganisationContact.organisation_id, organisations
        ),
        "training_session": _part(
            TrainingSession.id, TrainingSession.organisation_id, organisations
        ),
    }


def _imports(associations: Select[int]) -> Select[str]:
    """Files that were sent for one of the associations, or that made a version of its report."""
    made = (
        select(ImportVersion.run_id)
        .join(ReportVersion, ReportVersion.id == ImportVersion.version_id)
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .where(ConnectionReport.association_id.in_(associations))
    )
    return select(_text(ImportRun.id)).where(
        or_(ImportRun.association_id.in_(associations), ImportRun.id.in_(made))
    )


def of_associations(associations: Select[int]) -> ColumnElement[bool]:
    """The events of associations and of all that belongs to them."""
    report = (
        select(_text(ReportVersion.id))
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .where(ConnectionReport.association_id.in_(associations))
    )
    flag = (
        select(_text(ValueFlag.id))
        .join(ReportVersion, ReportVersion.id == ValueFlag.version_id)
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .where(ConnectionReport.association_id.in_(associations))
    )
    parts: Mapping[str, Select[str]] = {
        "association": select(_text(Association.id)).where(Association.id.in_(associations)),
        "association_contact": _part(
            AssociationContact.id, AssociationContact.association_id, associations
        ),
        "served_village": _part(ServedVillage.id, ServedVillage.association_id, associations),
        "commitment": _part(Commitment.id, Commitment.association_id, associations),
        "report_version": report,
        "value_flag": flag,
        "report_link": _part(ReportLink.id, ReportLink.association_id, associations),
        "reminder": _part(Reminder.id, Reminder.association_id, associations),
        "succession": select(_text(Succession.id)).where(
            or_(Succession.association_id.in_(associations), Succession.into_id.in_(associations))
        ),
    }
    return or_(*(_one_of(kind, ids) for kind, ids in parts.items()), _in_a_round(associations))


def _in_a_round(associations: Select[int]) -> ColumnElement[bool]:
    """What was done to one of the associations in a round: its number stands in the facts."""
    number = literal(_WHOSE) + _text(Association.id)
    is_named = (
        select(Association.id)
        .where(
            Association.id.in_(associations),
            or_(_said().contains(number + ","), _said().contains(number + "}")),
        )
        .correlate(AuditEvent)
        .exists()
    )
    return and_(AuditEvent.object_type == ROUND, is_named)


def _said() -> ColumnElement[str]:
    before = func.coalesce(AuditEvent.before, "", type_=String)
    return before + func.coalesce(AuditEvent.after, "", type_=String)


def _one_of(kind: str, ids: Select[str]) -> ColumnElement[bool]:
    return and_(AuditEvent.object_type == kind, AuditEvent.object_id.in_(ids))


def _part(
    key: InstrumentedAttribute[int], owner: InstrumentedAttribute[int], owners: Select[int]
) -> Select[str]:
    return select(_text(key)).where(owner.in_(owners))


def _text(key: InstrumentedAttribute[int]) -> ColumnElement[str]:
    return cast(key, String)
