"""What the worker removes of questions when it is no longer needed."""

from sqlalchemy.orm import Session

from outreach.database import transaction
from outreach.mail.commands import forget_recipients
from outreach.questions.mailing import TO_ASKER


def forget_askers(session: Session) -> int:
    """Take the askers' addresses out of e-mails that are sent or given up; how many."""
    with transaction(session):
        return forget_recipients(session, TO_ASKER)
