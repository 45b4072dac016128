"""Flask-Security's mails, written to the outbox in the transaction of what they tell of."""

from flask import Response, after_this_request
from flask_security import MailUtil

from outreach.database import transaction
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.mail.commands import enqueue
from outreach.mail.queue import wake_mailer
from outreach.mail.rules import NewMessage
from outreach.mail.texts import split

SECRET_KINDS = frozenset({"reset"})


class OutboxMail(MailUtil):
    """Puts mails in the outbox instead of on the network."""

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: str | tuple[str, str],
        sender: str | tuple[str, str],
        body: str | None,
        html: str | None,
        **kwargs: object,
    ) -> None:
        """Write one mail; its template gives the subject along with the text."""
        kind = template.removeprefix("mail/")
        text = split(body or "")
        message = NewMessage(
            kind=kind,
            recipient=recipient if isinstance(recipient, str) else recipient[1],
            subject=text.subject,
            body=text.body,
            is_secret=kind in SECRET_KINDS,
        )
        enqueue(db.session(), message, now=utc_now())
        after_this_request(_commit_and_wake)


def _commit_and_wake(response: Response) -> Response:
    """Some of Flask-Security's views send mail without committing anything themselves."""
    with transaction(db.session()):
        db.session.flush()
    wake_mailer()
    return response
