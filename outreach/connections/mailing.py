"""E-mails about reports, written to the outbox with the decision that they tell of."""

from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

from outreach.connections.queries.recipients import Recipient, recipients_of
from outreach.connections.queries.review import VersionHead
from outreach.mail.commands import enqueue
from outreach.mail.rules import NewMessage
from outreach.mail.texts import mail_text
from outreach.settings import Settings


def tell_returned(session: Session, head: VersionHead, *, note: str, now: datetime) -> None:
    """Tell whoever submitted the version, or else the association's contacts, that it came back."""
    for recipient in recipients_of(session, head, on=now.date()):
        enqueue(session, _returned(head, recipient, note=note), now=now)


def _returned(head: VersionHead, recipient: Recipient, *, note: str) -> NewMessage:
    settings: Settings = current_app.extensions["outreach_settings"]
    address = f"{settings.base_url}/reports/{head.association_id}/{head.reference_date}"
    text = mail_text(
        "report_returned",
        locale=recipient.locale,
        head=head,
        note=note,
        name=recipient.name,
        link=address,
    )
    return NewMessage(
        kind="report_returned",
        recipient=recipient.email,
        subject=text.subject,
        body=text.body,
        once_key=f"report_returned:{head.id}:{recipient.email}",
    )
