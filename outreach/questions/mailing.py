"""E-mails about questions, written to the outbox with the event that they tell of."""

from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

from outreach.accounts.queries import reporters_of, staff_of
from outreach.mail.commands import enqueue
from outreach.mail.rules import NewMessage
from outreach.mail.texts import mail_text
from outreach.questions.follow import follow_token
from outreach.questions.queries.handling import QuestionFacts
from outreach.questions.rules import QuestionState
from outreach.questions.wording import MEASURES, STATES
from outreach.settings import settings_of

TO_ASKER = "question_step"
TO_ASSOCIATION = "question_to_answer"


def tell_asker(
    session: Session,
    facts: QuestionFacts,
    *,
    state: QuestionState,
    words: str | None,
    now: datetime,
) -> None:
    """Tell whoever asked how far their question has come, if they left an address."""
    if facts.asker_email is None:
        return
    settings = settings_of(current_app)
    token = follow_token(str(current_app.secret_key), facts.submission_key)
    text = mail_text(
        TO_ASKER,
        locale=facts.locale,
        facts=facts,
        state=state.value,
        states=STATES,
        measures=MEASURES,
        words=words,
        link=f"{settings.base_url}/questions/follow/{token}",
    )
    message = NewMessage(
        kind=TO_ASKER,
        recipient=facts.asker_email,
        subject=text.subject,
        body=text.body,
        is_secret=True,
        once_key=f"question:{facts.id}:{state.value}:{now.isoformat()}",
    )
    enqueue(session, message, now=now)


def tell_who_answers(session: Session, facts: QuestionFacts, *, now: datetime) -> None:
    """Tell those who report for the village's associations, or else the county's staff."""
    reporters = {
        one.user_id: one for whose in facts.associations for one in reporters_of(session, whose.id)
    }
    receivers = list(reporters.values()) or staff_of(session, facts.county_code)
    for one in receivers:
        text = mail_text(
            TO_ASSOCIATION,
            locale=one.locale,
            facts=facts,
            measures=MEASURES,
            name=one.name,
            link=f"{settings_of(current_app).base_url}/questions/{facts.id}",
        )
        message = NewMessage(
            kind=TO_ASSOCIATION,
            recipient=one.email,
            subject=text.subject,
            body=text.body,
            once_key=f"question:{facts.id}:to:{one.user_id}",
        )
        enqueue(session, message, now=now)
