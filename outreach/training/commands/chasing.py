"""Who looks after a session's gaps, the end (asked, won't answer), and asking again."""

from sqlalchemy.orm import Session

from outreach.associations.commands.recording import Author, refuse_broken
from outreach.database.audit import Facts, record
from outreach.rules import RuleBroken
from outreach.training.queries.names import assignees
from outreach.training.queries.reaching import reachable_session
from outreach.training.rules import NOTES_MAXIMUM, text_rules
from outreach.training.session_models import SessionChase, TrainingSession


def assign_session(
    session: Session, session_id: int, assignee_id: int | None, *, by: Author
) -> TrainingSession | None:
    """Give the gaps of a session to a person, or to nobody; None outside the author's reach.

    Raises RuleBroken for a person who does not handle the author's organisations.
    """
    held = reachable_session(session, session_id, reach=by.reach)
    if held is None:
        return None
    if assignee_id is not None and assignee_id not in dict(assignees(session, by.reach)):
        raise RuleBroken("assignee", "not_an_assignee")
    chase = _chase(session, session_id)
    chase.assignee_id = assignee_id
    after = {} if assignee_id is None else {"assignee_id": assignee_id}
    return _noted(session, held, "gap_assigned", after=after, by=by)


def end_chase(
    session: Session, session_id: int, note: str, *, by: Author, details_are_meant: bool = False
) -> TrainingSession | None:
    """Note that the organiser was asked and won't answer; the gap itself stays unknown.

    None outside the author's reach. Raises RuleBroken for an empty note or one with personal data.
    """
    held = reachable_session(session, session_id, reach=by.reach)
    if held is None:
        return None
    if not note:
        raise RuleBroken("note", "missing")
    refuse_broken(
        text_rules("note", note, longest=NOTES_MAXIMUM, details_are_meant=details_are_meant)
    )
    chase = _chase(session, session_id)
    chase.note, chase.ended_at, chase.ended_by_id = note, by.at, by.reach.user_id
    return _noted(session, held, "gap_unanswered", after={"note": note}, by=by)


def ask_again(session: Session, session_id: int, *, by: Author) -> TrainingSession | None:
    """Ask about a session that was asked about no more; None outside the author's reach.

    What was said stands in the record. Nothing happens where it is asked about.
    """
    held = reachable_session(session, session_id, reach=by.reach)
    if held is None:
        return None
    chase = session.get(SessionChase, session_id)
    if chase is None or chase.ended_at is None:
        return held
    note = chase.note
    chase.note = chase.ended_at = chase.ended_by_id = None
    return _noted(session, held, "gap_asked_again", before={"note": note}, by=by)


def _noted(
    session: Session,
    held: TrainingSession,
    action: str,
    *,
    by: Author,
    before: Facts | None = None,
    after: Facts | None = None,
) -> TrainingSession:
    """The session, with what was done about its gaps on record."""
    of = ("training_session", held.id)
    record(session, action, of=of, user_id=by.reach.user_id, at=by.at, before=before, after=after)
    session.flush()
    return held


def _chase(session: Session, session_id: int) -> SessionChase:
    chase = session.get(SessionChase, session_id)
    if chase is None:
        chase = SessionChase(session_id=session_id)
        session.add(chase)
    return chase
