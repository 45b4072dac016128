"""Count files of addresses in the worker: read, count, keep the sums, remove the file."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from flask_babel import force_locale
from sqlalchemy.orm import Session

from outreach.accounts.queries import reach_of
from outreach.addresses import spool
from outreach.addresses.commands import claim, finish, tell
from outreach.addresses.counting import count
from outreach.addresses.points import open_addresses
from outreach.addresses.queries import Counting, counting_by_id, spooled, zones_around
from outreach.addresses.rules import Counted, CountState
from outreach.addresses.wording import file_sentence
from outreach.addresses.zones import Zones
from outreach.database import transaction
from outreach.database.transaction import reading, unhurried
from outreach.exchange.queries.places import reported_places
from outreach.files.faults import FileRefused

Clock: TypeAlias = Callable[[], datetime]


def count_all(session: Session, folder: Path, *, clock: Clock) -> int:
    """Count all files that wait; how many."""
    done = 0
    while count_next(session, folder, clock=clock):
        done += 1
    return done


def count_next(session: Session, folder: Path, *, clock: Clock) -> bool:
    """Count the file that waits longest; whether there was one."""
    with transaction(session):
        claimed = claim(session, at=clock())
    if claimed is None:
        return False
    with reading(session):
        counting = counting_by_id(session, claimed)
    place = spool.place_of(folder, counting.spool_name)
    with force_locale(counting.locale):
        try:
            counted = _counted(session, counting, place, clock)
        except FileNotFoundError:
            _end(session, counting, CountState.LOST)
        except FileRefused as refused:
            _end(session, counting, CountState.UNREADABLE, message=file_sentence(refused))
        else:
            _end(session, counting, CountState.COUNTED, counted=counted)
    place.unlink(missing_ok=True)
    return True


def tidy(session: Session, folder: Path) -> int:
    """Remove files that no counting needs any more; how many."""
    with reading(session):
        needed = spooled(session)
    return spool.sweep(folder, needed=needed)


def _counted(session: Session, counting: Counting, place: Path, clock: Clock) -> Counted:
    with reading(session):
        unhurried(session)
        reach = reach_of(session, counting.user_id)
        reported = reported_places(
            session, counting.round_id, reach=reach, association_id=counting.association_id
        )
        zones, unknown = zones_around(
            session, {each.village_id for each in reported}, on=counting.reference_date
        )

    def told(bytes_done: int) -> None:
        with transaction(session):
            tell(session, counting.id, bytes_done=bytes_done, at=clock())

    counted = count(open_addresses(place), Zones(zones), tell=told)
    codes = {each.code for each in reported}
    villages = [replace(each, is_reported=each.village.code in codes) for each in counted.villages]
    return replace(counted, villages=villages, without_zone=unknown)


def _end(
    session: Session,
    counting: Counting,
    state: CountState,
    *,
    counted: Counted | None = None,
    message: str | None = None,
) -> None:
    with transaction(session):
        finish(session, counting.id, state, counted=counted, message=message)
