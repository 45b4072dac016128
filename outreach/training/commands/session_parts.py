"""What is entered of a session put into its rows, and its rows as facts for the record."""

from collections.abc import Iterable

from outreach.associations.commands.recording import Fact
from outreach.training.queries.choosing import Place
from outreach.training.rules import SessionEntry
from outreach.training.session_models import (
    SessionCheck,
    SessionCount,
    SessionTopic,
    TrainingSession,
)


def apply(held: TrainingSession, entry: SessionEntry, *, place: Place) -> None:
    """Put what is entered into a session and its parts."""
    held.organisation_id = entry.organisation_id
    held.programme_id = entry.programme_id
    held.village_id = place.village_id
    held.venue_id = place.venue_id
    held.state = entry.state
    held.day = entry.day
    held.starts_at = entry.starts_at
    held.ends_at = entry.ends_at
    held.form = entry.form
    held.title = entry.title
    held.invitation = entry.invitation
    held.head_count = entry.head_count
    held.learners = entry.learners
    held.first_timers = entry.first_timers
    held.leaders = entry.leaders
    held.volunteers = entry.volunteers
    held.volunteer_minutes = entry.volunteer_minutes
    held.waiting_list = entry.waiting_list
    held.before_answered = entry.before_answered
    held.after_answered = entry.after_answered
    held.notes = entry.notes
    _apply_parts(held, entry)


def _apply_parts(held: TrainingSession, entry: SessionEntry) -> None:
    """Rows that stay are changed and not made anew, as two rows of one key can't be at once."""
    topics = {row.area: row for row in held.topics}
    held.topics = [topics.get(area) or SessionTopic(area=area) for area in entry.topics]
    counts = {(row.who, row.age_group, row.sex): row for row in held.counted}
    held.counted = []
    for one in entry.counted:
        row = counts.get((one.who, one.age, one.sex))
        row = row or SessionCount(who=one.who, age_group=one.age, sex=one.sex)
        row.people = one.people
        held.counted.append(row)
    checks = {row.area: row for row in held.checks}
    held.checks = []
    for check in entry.checks:
        kept = checks.get(check.area) or SessionCheck(area=check.area)
        kept.before_managed, kept.after_managed = check.before, check.after
        held.checks.append(kept)


def facts_of(held: TrainingSession) -> dict[str, Fact]:
    """What the record of changes keeps of a session."""
    facts: dict[str, Fact] = {
        "organisation_id": held.organisation_id,
        "programme_id": held.programme_id,
        "village_id": held.village_id,
        "venue_id": held.venue_id,
        "state": held.state,
        "day": held.day,
        "starts_at": held.starts_at.isoformat("minutes") if held.starts_at else None,
        "ends_at": held.ends_at.isoformat("minutes") if held.ends_at else None,
        "form": held.form,
        "title": held.title,
        "invitation": held.invitation,
        "head_count": held.head_count,
        "learners": held.learners,
        "first_timers": held.first_timers,
        "leaders": held.leaders,
        "volunteers": held.volunteers,
        "volunteer_minutes": held.volunteer_minutes,
        "waiting_list": held.waiting_list,
        "before_answered": held.before_answered,
        "after_answered": held.after_answered,
        "notes": held.notes,
        "topics": " ".join(sorted(row.area.value for row in held.topics)) or None,
    }
    facts["counted"] = _written(
        f"{row.who}/{row.age_group}/{row.sex}={row.people}" for row in held.counted
    )
    facts["checks"] = _written(
        f"{row.area}={row.before_managed}/{row.after_managed}" for row in held.checks
    )
    return facts


def _written(parts: Iterable[str]) -> str | None:
    return " ".join(sorted(parts)) or None
