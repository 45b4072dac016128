"""The name under which a version was submitted."""

from sqlalchemy import ColumnElement, func, select

from outreach.accounts.models import User
from outreach.connections.link_models import ReportLink
from outreach.connections.models import ReportVersion


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
