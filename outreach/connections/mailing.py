"""E-mails about reports, written to the outbox with the decision that they tell of."""

from flask import current_app
from sqlalchemy.orm import Session

from outreach.connections.commands.links import LinkFor, Maker, give_key
from outreach.connections.queries.recipients import Recipient, recipients_of
from outreach.connections.queries.review import VersionHead
from outreach.days import swedish_day
from outreach.mail.commands import enqueue
from outreach.mail.rules import NewMessage
from outreach.mail.texts import mail_text
from outreach.settings import settings_of


def personal_address(secret: str) -> str:
    """Where a personal link leads: whoever knows the secret may report there."""
    return f"{settings_of(current_app).base_url}/l/{secret}"


def tell_returned(session: Session, head: VersionHead, *, note: str, by: Maker) -> None:
    """Tell whoever submitted the version, or else the association's contacts, that it came back.

    A contact gets a personal link with it, as they have no account to open the report by.
    """
    for recipient in recipients_of(session, head, on=swedish_day(by.at)):
        link = _link(session, head, recipient, by=by)
        enqueue(session, _returned(head, recipient, note=note, link=link), now=by.at)


def _link(session: Session, head: VersionHead, recipient: Recipient, *, by: Maker) -> str | None:
    if recipient.contact_id is None:
        return None
    wanted = LinkFor(
        round_id=head.round_id,
        due_date=head.due_date,
        association_id=head.association_id,
        contact_id=recipient.contact_id,
        contact_name=recipient.name,
    )
    return personal_address(give_key(session, wanted, by=by))


def _returned(
    head: VersionHead, recipient: Recipient, *, note: str, link: str | None
) -> NewMessage:
    """The message; one with a personal link in it is removed when it has been sent."""
    account = (
        f"{settings_of(current_app).base_url}/reports/{head.association_id}/{head.reference_date}"
    )
    text = mail_text(
        "report_returned",
        locale=recipient.locale,
        head=head,
        note=note,
        name=recipient.name,
        link=link or account,
        is_personal=link is not None,
    )
    return NewMessage(
        kind="report_returned",
        recipient=recipient.email,
        subject=text.subject,
        body=text.body,
        is_secret=link is not None,
        once_key=f"report_returned:{head.id}:{recipient.email}",
    )
