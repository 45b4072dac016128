"""The record of changes as a page and as a file."""

from collections.abc import Iterator, Mapping
from datetime import date

from flask import Response, render_template, request
from flask_babel import gettext

from outreach.accounts.current import current_reach
from outreach.days import SWEDEN, end_of_day, start_of_day
from outreach.extensions import db
from outreach.oversight import wording
from outreach.oversight.queries.events import PAGE_SIZE, Event, EventFilter, all_events, events
from outreach.oversight.value_words import value_words
from outreach.oversight.views.blueprint import STAFF, blueprint
from outreach.web.access import open_to
from outreach.web.answers import unkept
from outreach.web.asking import address, asked_number, whole_number
from outreach.web.csv_files import Cell, csv_response

ASKED = ("person", "kind", "object", "action", "since", "until", "association")
LONGEST = 80


@blueprint.get("/changes")
@open_to(STAFF)
def changes() -> Response:
    """Who did what when, the newest first; the next page begins after the last event of this."""
    asked = _asked()
    found = events(
        db.session(),
        _filter(asked),
        reach=current_reach(),
        before=asked_number("before"),
        size=PAGE_SIZE + 1,
    )
    rows = found[:PAGE_SIZE]
    page = render_template(
        "oversight/changes.html",
        rows=rows,
        asked=asked,
        only=_only(asked, rows),
        kinds=wording.KINDS,
        actions=wording.ACTIONS,
        said=value_words,
        is_filtered=bool(asked),
        is_first="before" not in request.args,
        newest_href=address("oversight.changes", asked),
        older_href=address("oversight.changes", asked | {"before": str(rows[-1].id)})
        if len(found) > PAGE_SIZE
        else None,
        csv_href=address("oversight.changes_csv", asked),
    )
    return unkept(page)


@blueprint.get("/changes.csv")
@open_to(STAFF)
def changes_csv() -> Response:
    """The same, all of it, sent as it is read."""
    header = [
        gettext("Number"),
        gettext("When"),
        gettext("Who"),
        gettext("What"),
        gettext("Kind"),
        gettext("Object"),
        gettext("Name"),
        gettext("Field"),
        gettext("Before"),
        gettext("After"),
    ]
    found = all_events(db.session(), _filter(_asked()), reach=current_reach())
    fields = wording.field_names()
    rows = (row for event in found for row in _lines(event, fields))
    return unkept(csv_response("changes.csv", header, rows))


def _lines(event: Event, fields: Mapping[str, str]) -> Iterator[list[Cell]]:
    """One line for each changed field, and one for an event without any."""
    start: list[Cell] = [
        event.id,
        event.at.astimezone(SWEDEN).isoformat(timespec="seconds"),
        event.by or gettext("the program"),
        str(wording.ACTIONS.get(event.action, event.action)),
        str(wording.KINDS.get(event.kind, event.kind)),
        event.object_id,
        _name(event),
    ]
    if not event.changes:
        yield [*start, None, None, None]
    for change in event.changes:
        erased = gettext("erased") if change.is_erased else None
        name = fields.get(change.field, change.field)
        before, after = (
            erased if value is None else value_words(event.kind, change.field, value)
            for value in (change.before, change.after)
        )
        yield [*start, name, before, after]


def _name(event: Event) -> str | None:
    named = event.named
    if named is None:
        return None
    day = named.day.isoformat() if named.day else None
    return ", ".join(part for part in (named.name, named.of, day) if part)


def _asked() -> dict[str, str]:
    texts = {name: " ".join(request.args.get(name, "").split())[:LONGEST] for name in ASKED}
    return {name: text for name, text in texts.items() if text and text.isprintable()}


def _only(asked: dict[str, str], rows: list[Event]) -> Event | None:
    """The one object that was asked for, as its newest event names it."""
    return rows[0] if rows and asked.get("kind") and asked.get("object") else None


def _filter(asked: dict[str, str]) -> EventFilter:
    since, until = _day(asked.get("since")), _day(asked.get("until"))
    return EventFilter(
        person=asked.get("person", ""),
        kind=asked.get("kind", ""),
        object_id=asked.get("object", ""),
        action=asked.get("action", ""),
        since=start_of_day(since) if since else None,
        until=end_of_day(until) if until else None,
        association_id=whole_number(asked.get("association")),
    )


def _day(text: str | None) -> date | None:
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if date(1990, 1, 1) <= found <= date(2999, 1, 1) else None
