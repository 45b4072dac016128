"""A stored session as the texts of its form."""

from datetime import time

from outreach.training.forms.session_fields import BREAKDOWN
from outreach.training.queries.one_session import SessionFacts

Texts = dict[str, str | list[str]]


def texts_of(row: SessionFacts) -> Texts:
    """What the form shows of a stored session; an unknown count is an empty field."""
    texts: Texts = {
        "organisation": str(row.organisation_id),
        "state": row.state.value,
        "date": row.day.isoformat(),
        "starts_at": _clock(row.starts_at),
        "ends_at": _clock(row.ends_at),
        "place": place_value(row),
        "programme": _number(row.programme_id),
        "form": row.form.value if row.form else "",
        "topics": [area.value for area in row.topics],
        "title": row.title or "",
        "invitation": row.invitation or "",
        "head_count": _number(row.head_count),
        "first_timers": _number(row.first_timers),
        "leaders": _number(row.leaders),
        "volunteers": _number(row.volunteers),
        "volunteer_hours": _hours(row.volunteer_minutes),
        "waiting_list": _number(row.waiting_list),
        "before_answered": _number(row.before_answered),
        "after_answered": _number(row.after_answered),
        "notes": row.notes or "",
    }
    for name, kind in BREAKDOWN.items():
        texts[name] = _number(row.counted.get(kind))
    for area, (before, after) in row.checks.items():
        texts[f"before_{area.value}"] = _number(before)
        texts[f"after_{area.value}"] = _number(after)
    return texts


def place_value(row: SessionFacts) -> str:
    """A session's place as the list of places names it."""
    if row.place.venue_id is not None:
        return f"venue:{row.place.venue_id}"
    return f"village:{row.place.village_code}" if row.place.village_code else ""


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _clock(value: time | None) -> str:
    return value.strftime("%H:%M") if value else ""


def _hours(minutes: int | None) -> str:
    if minutes is None:
        return ""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")
