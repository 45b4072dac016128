"""Where the record's kinds of objects stand in the database, and what says their name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Label,
    Select,
    SQLColumnExpression,
    String,
    cast,
    column,
    func,
    null,
    select,
    table,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from outreach.accounts.models import User
from outreach.associations.models import (
    Association,
    AssociationContact,
    Commitment,
    ServedVillage,
    Succession,
)
from outreach.connections.flag_models import ValueFlag
from outreach.connections.link_models import ReportLink
from outreach.connections.models import ConnectionReport, ReportingRound, ReportVersion
from outreach.connections.reminder_models import Reminder
from outreach.database import Base
from outreach.exchange.models import ImportRun
from outreach.maturity.models import SurveyLink, SurveyRound
from outreach.places.models import County, Municipality, Village
from outreach.places.service_models import ServicePoint, StrategicNode
from outreach.questions.models import FigureQuestion
from outreach.training.models import Organisation, OrganisationContact, Programme, Venue
from outreach.training.session_models import TrainingSession

Id: TypeAlias = InstrumentedAttribute[int] | InstrumentedAttribute[str] | ColumnClause[int]
_Join: TypeAlias = tuple[type[Base], ColumnElement[bool]]
Arm: TypeAlias = Select[str, str, str | None, str | None, date | None, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of object: its key, its name, whose or of which day it is, what its page goes by.

    The page goes by the key where nothing else is said. `joins` lead to what the others need.
    """

    key: Id
    name: SQLColumnExpression[str] | None
    joins: tuple[_Join, ...] = ()
    of: SQLColumnExpression[str] | None = None
    day: SQLColumnExpression[date] | None = None
    page: Id | None = None

    def select(self, kind: Label[str]) -> Arm:
        """The kind, key, name, whose, day and page of all its objects."""
        found: Arm = select(
            kind,
            cast(self.key, String).label("key"),
            (cast(null(), String) if self.name is None else self.name).label("name"),
            (cast(null(), String) if self.of is None else self.of).label("of"),
            (cast(null(), Date) if self.day is None else self.day).label("day"),
            cast(self.key if self.page is None else self.page, String).label("page"),
        ).select_from(self._table())
        for target, on in self.joins:
            found = found.outerjoin(target, on)
        return found

    def _table(self) -> FromClause:
        if self.key.table is None:
            raise LookupError(self.key)
        return self.key.table


# Of rooms beside and above this one, which it doesn't know: what is needed of their tables.
_COUNT = table(
    "address_count",
    column("id", Integer),
    column("file_name", String),
    column("association_id", Integer),
)
_TEXT = table("profile_text", column("id", Integer), column("area_code", String))
_EDITION = table(
    "profile_edition",
    column("id", Integer),
    column("area_name", String),
    column("reference_date", Date),
)
_Into = aliased(Association)


def _association(key: InstrumentedAttribute[int] | ColumnClause[int]) -> _Join:
    return Association, Association.id == key


def _village(key: InstrumentedAttribute[int]) -> _Join:
    return Village, Village.id == key


def _county(key: InstrumentedAttribute[str] | ColumnClause[str]) -> _Join:
    return County, County.code == key


def _organisation(key: InstrumentedAttribute[int]) -> _Join:
    return Organisation, Organisation.id == key


_REPORT: tuple[_Join, ...] = (
    (ConnectionReport, ConnectionReport.id == ReportVersion.report_id),
    _association(ConnectionReport.association_id),
)

KINDS: Mapping[str, Kind] = {
    "association": Kind(Association.id, Association.name),
    "association_contact": Kind(
        AssociationContact.id,
        AssociationContact.name,
        (_association(AssociationContact.association_id),),
        of=Association.name,
        page=Association.id,
    ),
    "served_village": Kind(
        ServedVillage.id,
        Village.name,
        (_village(ServedVillage.village_id), _association(ServedVillage.association_id)),
        of=Association.name,
        page=Association.id,
    ),
    "commitment": Kind(
        Commitment.id,
        Commitment.title,
        (_association(Commitment.association_id),),
        of=Association.name,
    ),
    "report_version": Kind(
        ReportVersion.id,
        Association.name,
        (*_REPORT, (ReportingRound, ReportingRound.id == ConnectionReport.round_id)),
        day=ReportingRound.reference_date,
    ),
    "reporting_round": Kind(ReportingRound.id, None, day=ReportingRound.reference_date),
    "succession": Kind(
        Succession.id,
        Association.name,
        (_association(Succession.association_id), (_Into, _Into.id == Succession.into_id)),
        of=_Into.name,
        page=Association.id,
    ),
    "report_link": Kind(
        ReportLink.id,
        ReportLink.contact_name,
        (_association(ReportLink.association_id),),
        of=Association.name,
        page=Association.id,
    ),
    "reminder": Kind(
        Reminder.id,
        Association.name,
        (_association(Reminder.association_id),),
        page=Reminder.round_id,
    ),
    "value_flag": Kind(
        ValueFlag.id,
        Village.name,
        (
            _village(ValueFlag.village_id),
            (ReportVersion, ReportVersion.id == ValueFlag.version_id),
            *_REPORT,
        ),
        of=Association.name,
        page=ValueFlag.version_id,
    ),
    "import_run": Kind(ImportRun.id, ImportRun.file_name),
    "figure_question": Kind(
        FigureQuestion.id, Village.name, (_village(FigureQuestion.village_id),)
    ),
    "user": Kind(User.id, User.name),
    "organisation": Kind(Organisation.id, Organisation.name),
    "programme": Kind(Programme.id, Programme.name),
    "organisation_contact": Kind(
        OrganisationContact.id,
        OrganisationContact.name,
        (_organisation(OrganisationContact.organisation_id),),
        of=Organisation.name,
        page=Organisation.id,
    ),
    "training_session": Kind(
        TrainingSession.id,
        Organisation.name,
        (_organisation(TrainingSession.organisation_id),),
        day=TrainingSession.day,
    ),
    "survey_round": Kind(
        SurveyRound.id,
        County.name,
        (_county(SurveyRound.county_code),),
        day=SurveyRound.reference_date,
    ),
    "survey_link": Kind(
        SurveyLink.id,
        SurveyLink.label,
        ((SurveyRound, SurveyRound.id == SurveyLink.round_id), _county(SurveyRound.county_code)),
        of=County.name,
        day=SurveyRound.reference_date,
    ),
    "address_count": Kind(
        _COUNT.c.id,
        _COUNT.c.file_name,
        (_association(_COUNT.c.association_id),),
        of=Association.name,
    ),
    "profile_text": Kind(
        _TEXT.c.id,
        func.coalesce(County.name, Municipality.name),
        (
            _county(_TEXT.c.area_code),
            (Municipality, Municipality.code == _TEXT.c.area_code),
        ),
    ),
    "profile_edition": Kind(_EDITION.c.id, _EDITION.c.area_name, day=_EDITION.c.reference_date),
    "venue": Kind(Venue.id, Venue.name),
    "county": Kind(County.code, County.name),
    "municipality": Kind(Municipality.code, Municipality.name),
    "village": Kind(Village.code, Village.name),
    "service_point": Kind(ServicePoint.code, ServicePoint.name),
    "strategic_node": Kind(StrategicNode.node, StrategicNode.name),
    "village_by_id": Kind(Village.id, Village.name),
}
