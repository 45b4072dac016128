"""The yearly question to contacts whether they are still the ones to call, and its link."""

from datetime import date, datetime, timedelta

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy.orm import Session

from outreach.associations.models import AssociationContact
from outreach.associations.queries.contacts import Unconfirmed, contact_to_answer, unconfirmed
from outreach.database import transaction
from outreach.mail.commands import enqueue
from outreach.mail.rules import NewMessage
from outreach.mail.texts import mail_text
from outreach.settings import settings_of

VALID = timedelta(days=60)


def ask_contacts(session: Session, *, today: date, now: datetime) -> int:
    """Write to every contact whom nobody has confirmed for a year, once a year; how many."""
    with transaction(session):
        return sum(_ask(session, row, today=today, now=now) for row in unconfirmed(session, today))


def link_for(contact_id: int, email: str) -> str:
    """The address where the contact answers; worthless once the e-mail address is another."""
    return (
        f"{settings_of(current_app).base_url}/still-you/{_serializer().dumps([contact_id, email])}"
    )


def contact_of(session: Session, token: str, *, today: date) -> AssociationContact | None:
    """The contact that a link asks, while the link is good and the person is a contact."""
    try:
        contact_id, email = _serializer().loads(token, max_age=int(VALID.total_seconds()))
    except (BadSignature, ValueError, TypeError):
        return None
    return contact_to_answer(session, int(contact_id), email=str(email), today=today)


def _ask(session: Session, row: Unconfirmed, *, today: date, now: datetime) -> bool:
    years = (today - row.since).days // 365
    text = mail_text(
        "still_you",
        locale=row.locale,
        name=row.name,
        association=row.association,
        link=link_for(row.id, row.email),
        days=VALID.days,
    )
    message = NewMessage(
        kind="still_you",
        recipient=row.email,
        subject=text.subject,
        body=text.body,
        is_secret=True,
        once_key=f"still_you:{row.id}:{row.since}:{years}",
    )
    return enqueue(session, message, now=now) is not None


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="still-you")
