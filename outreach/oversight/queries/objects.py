"""What the objects of the record are called, and what leads to their pages."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    String,
    cast,
    column,
    func,
    literal,
    null,
    select,
    table,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

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
from outreach.exchange.models import ImportRun
from outreach.maturity.models import SurveyLink, SurveyRound
from outreach.places.models import County, Municipality, Village
from outreach.places.service_models import ServicePoint, StrategicNode
from outreach.questions.models import FigureQuestion
from outreach.training.models import Organisation, OrganisationContact, Programme, Venue
from outreach.training.session_models import TrainingSession

Key = tuple[str, str]
"""Kind of object, and its number or code as the record has it."""
_Text = InstrumentedAttribute[str] | ColumnElement[str]
_Arm = Select[str, str, str | None, str | None, date | None, str]


@dataclass(frozen=True, slots=True)
class Named:
    """What an object is called, and whose or of which day it is.

    `page` is the number or code that its page goes by, which may be another object's: a contact
    stands on the page of the association. None for an object that no longer exists.
    """

    name: str | None
    of: str | None
    day: date | None
    page: str | None


def names_of(session: Session, keys: Collection[Key]) -> dict[Key, Named]:
    """The names of the objects that still exist; one statement, however many and whatever kinds."""
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for kind, object_id in keys:
        ids[kind].add(object_id)
    arms = [
        _arm(kind).where(_one_of(kind, wanted))
        for kind, wanted in sorted(ids.items())
        if kind in _KEYS
    ]
    if not arms:
        return {}
    rows = session.execute(arms[0] if len(arms) == 1 else union_all(*arms))
    return {(row[0], row[1]): Named(*row[2:]) for row in rows}


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
_KEYS: Mapping[str, InstrumentedAttribute[int] | InstrumentedAttribute[str] | ColumnClause[int]] = {
    "association": Association.id,
    "association_contact": AssociationContact.id,
    "served_village": ServedVillage.id,
    "commitment": Commitment.id,
    "report_version": ReportVersion.id,
    "reporting_round": ReportingRound.id,
    "succession": Succession.id,
    "report_link": ReportLink.id,
    "reminder": Reminder.id,
    "value_flag": ValueFlag.id,
    "import_run": ImportRun.id,
    "figure_question": FigureQuestion.id,
    "user": User.id,
    "organisation": Organisation.id,
    "programme": Programme.id,
    "organisation_contact": OrganisationContact.id,
    "training_session": TrainingSession.id,
    "survey_round": SurveyRound.id,
    "survey_link": SurveyLink.id,
    "address_count": _COUNT.c.id,
    "profile_text": _TEXT.c.id,
    "profile_edition": _EDITION.c.id,
    "venue": Venue.id,
    "county": County.code,
    "municipality": Municipality.code,
    "village": Village.code,
    "service_point": ServicePoint.code,
    "strategic_node": StrategicNode.node,
    "village_by_id": Village.id,
}
_BY_CODE = frozenset({"county", "municipality", "village", "service_point", "strategic_node"})
_Into = aliased(Association)


def _key(kind: str) -> ColumnElement[str]:
    return cast(_KEYS[kind], String)


def _one_of(kind: str, ids: Collection[str]) -> ColumnElement[bool]:
    """By the key itself and not by its text, which no index knows."""
    if kind in _BY_CODE:
        return _KEYS[kind].in_(sorted(ids))
    return _KEYS[kind].in_(sorted(int(one) for one in ids if one.isascii() and one.isdigit()))


def _arm(kind: str) -> _Arm:
    """The select of one kind: kind, key, name, whose, day, what its page goes by."""
    of_association = Association.name
    page = cast(Association.id, String)
    arms: Mapping[str, _Arm] = {
        "association": _select(kind, Association.name),
        "association_contact": _select(
            kind, AssociationContact.name, of=of_association, page=page
        ).join(Association, Association.id == AssociationContact.association_id),
        "served_village": _select(kind, Village.name, of=of_association, page=page)
        .join(Village, Village.id == ServedVillage.village_id)
        .join(Association, Association.id == ServedVillage.association_id),
        "commitment": _select(kind, Commitment.title, of=of_association).join(
            Association, Association.id == Commitment.association_id
        ),
        "report_version": _select(kind, of_association, day=ReportingRound.reference_date)
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .join(Association, Association.id == ConnectionReport.association_id)
        .join(ReportingRound, ReportingRound.id == ConnectionReport.round_id),
        "reporting_round": _select(kind, None, day=ReportingRound.reference_date),
        "succession": _select(kind, of_association, of=_Into.name, page=page)
        .join(Association, Association.id == Succession.association_id)
        .outerjoin(_Into, _Into.id == Succession.into_id),
        "report_link": _select(kind, ReportLink.contact_name, of=of_association, page=page).join(
            Association, Association.id == ReportLink.association_id
        ),
        "reminder": _select(kind, of_association, page=cast(Reminder.round_id, String)).join(
            Association, Association.id == Reminder.association_id
        ),
        "value_flag": _select(
            kind, Village.name, of=of_association, page=cast(ValueFlag.version_id, String)
        )
        .join(Village, Village.id == ValueFlag.village_id)
        .join(ReportVersion, ReportVersion.id == ValueFlag.version_id)
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .join(Association, Association.id == ConnectionReport.association_id),
        "import_run": _select(kind, ImportRun.file_name),
        "figure_question": _select(kind, Village.name).join(
            Village, Village.id == FigureQuestion.village_id
        ),
        "user": _select(kind, User.name),
        "organisation": _select(kind, Organisation.name),
        "programme": _select(kind, Programme.name),
        "organisation_contact": _select(
            kind,
            OrganisationContact.name,
            of=Organisation.name,
            page=cast(Organisation.id, String),
        ).join(Organisation, Organisation.id == OrganisationContact.organisation_id),
        "training_session": _select(kind, Organisation.name, day=TrainingSession.day).join(
            Organisation, Organisation.id == TrainingSession.organisation_id
        ),
        "survey_round": _select(kind, County.name, day=SurveyRound.reference_date).join(
            County, County.code == SurveyRound.county_code
        ),
        "survey_link": _select(
            kind, SurveyLink.label, of=County.name, day=SurveyRound.reference_date
        )
        .join(SurveyRound, SurveyRound.id == SurveyLink.round_id)
        .join(County, County.code == SurveyRound.county_code),
        "address_count": _select(kind, _COUNT.c.file_name, of=of_association).join(
            Association, Association.id == _COUNT.c.association_id
        ),
        "profile_text": _select(kind, func.coalesce(County.name, Municipality.name))
        .outerjoin(County, County.code == _TEXT.c.area_code)
        .outerjoin(Municipality, Municipality.code == _TEXT.c.area_code),
        "profile_edition": _select(kind, _EDITION.c.area_name, day=_EDITION.c.reference_date),
        "venue": _select(kind, Venue.name),
        "county": _select(kind, County.name),
        "municipality": _select(kind, Municipality.name),
        "village": _select(kind, Village.name),
        "service_point": _select(kind, ServicePoint.name),
        "strategic_node": _select(kind, StrategicNode.name),
        "village_by_id": _select(kind, Village.name),
    }
    return arms[kind]


def _select(
    kind: str,
    name: _Text | None,
    *,
    of: _Text | None = None,
    day: InstrumentedAttribute[date] | ColumnElement[date] | None = None,
    page: ColumnElement[str] | None = None,
) -> _Arm:
    return select(
        literal(kind).label("kind"),
        _key(kind).label("key"),
        (cast(null(), String) if name is None else name).label("name"),
        (cast(null(), String) if of is None else of).label("of"),
        (cast(null(), Date) if day is None else day).label("day"),
        (_key(kind) if page is None else page).label("page"),
    ).select_from(_from(kind))


def _from(kind: str) -> FromClause:
    found = _KEYS[kind].table
    if found is None:
        raise LookupError(kind)
    return found
