"""The names under which a version was submitted, and taken back."""

from sqlalchemy import ColumnElement, String, cast, func, select

from outreach.accounts.models import User
from outreach.connections.link_models import ReportLink
from outreach.connections.models import ReportVersion
from outreach.database.audit import AuditEvent


def submitter_name() -> ColumnElement[str | None]:
    """The user's name, or the name of the contact whose link it came by, as it was then."""
    user = (
        select(User.name)
        .where(User.id == ReportVersion.submitted_by_id)
        .correlate(ReportVersion)
        .scalar_subquery()
    )
    contact = (
        select(ReportLink.contact_name)
        .where(ReportLink.id == ReportVersion.submitted_via_link_id)
        .correlate(ReportVersion)
        .scalar_subquery()
    )
    return func.coalesce(user, contact)


def withdrawer_name() -> ColumnElement[str | None]:
    """The name of the user who took the version back, as the record of changes has it."""
    return (
        select(User.name)
        .join(AuditEvent, AuditEvent.user_id == User.id)
        .where(
            ReportVersion.withdrawn_at.is_not(None),
            AuditEvent.object_type == "report_version",
            AuditEvent.object_id == cast(ReportVersion.id, String),
            AuditEvent.action == "withdrawn",
        )
        .correlate(ReportVersion)
        .limit(1)
        .scalar_subquery()
    )
